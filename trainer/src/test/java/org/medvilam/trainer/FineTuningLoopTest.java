package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.store.LocalStore;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.Safetensors;
import org.medvilam.trainer.nn.Network;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.WireFormat;
import org.tensorflow.framework.Summary;

/** Accumulation, validation, the log, stored features and damaged checkpoints. */
class FineTuningLoopTest {
  @TempDir static Path bases;
  @TempDir Path output;
  private static VisionLanguageModel base;

  @BeforeAll
  static void makeBase() throws Exception {
    base = Tiny.base(bases.resolve("base"), 1);
  }

  @Test
  void testAccumulatedBatchesAreOneLargeBatch() throws Exception {
    FineTuningOptions large = Tiny.options(4, 0.2, 0).change().batch(6).build();
    FineTuningOptions small = large.change().batch(2).accumulate(3).build();
    assertThat(small.examplesPerUpdate()).isEqualTo(6);
    List<Double> whole = tune(large, "large").losses();
    List<Double> parts = tune(small, "small").losses();
    for (int i = 0; i < whole.size(); i++) {
      assertThat(parts.get(i)).as("step %d", i + 1).isCloseTo(whole.get(i), within(1e-5));
    }
    float[] a = projection("large");
    float[] b = projection("small");
    for (int i = 0; i < a.length; i++) {
      assertThat(b[i]).isCloseTo(a[i], within(1e-4f));
    }
  }

  @Test
  void testRunStopsWhenValidationGetsWorseAndKeepsTheBest() throws Exception {
    FineTuningOptions options =
        Tiny.options(40, 0, 0)
            .change()
            .rate(0.5)
            .lastRate(0.5)
            .validateEvery(1)
            .patience(3)
            .build();
    FineTuningResult stopped =
        FineTuning.of(base, options, Tiny.examples().subList(0, 1))
            .withValidation(Tiny.examples().subList(2, 4))
            .run(output.resolve("stopped"), Progress.silent());
    int kept = stopped.keptStep();
    assertThat(stopped.losses()).hasSize(kept + 3);
    assertThat(kept).isLessThan(37);
    FineTuning.of(base, options.withSteps(kept), Tiny.examples().subList(0, 1))
        .run(output.resolve("short"), Progress.silent());
    assertThat(projection("stopped")).isEqualTo(projection("short"));
    History history = History.read(output.resolve("stopped").resolve(History.FILE));
    assertThat(history.rows().get(kept - 1).validationLoss())
        .isLessThan(history.rows().get(kept + 2).validationLoss());
    assertThat(output.resolve("stopped").resolve("best.safetensors")).doesNotExist();
  }

  @Test
  void testRunThatStopsEarlyResumesToTheSameBits() throws Exception {
    FineTuningOptions options =
        Tiny.options(12, 0.2, 3).change().rate(0.2).validateEvery(2).patience(5).build();
    FineTuning tuning =
        FineTuning.of(base, options, Tiny.examples().subList(0, 2))
            .withValidation(Tiny.examples().subList(2, 4));
    FineTuningResult whole = tuning.run(output.resolve("whole"), Progress.silent());
    Path broken = output.resolve("broken");
    assertThatThrownBy(() -> tuning.run(broken, report -> breakOff(report.step(), 11)))
        .hasMessage("broken off");
    FineTuningResult resumed = tuning.resume(broken, Progress.silent());
    assertThat(resumed.keptStep()).isEqualTo(whole.keptStep());
    assertThat(resumed.losses()).isEqualTo(whole.losses());
    assertThat(projection("broken")).isEqualTo(projection("whole"));
    FineTuningResult again = tuning.resume(broken, report -> breakOff(report.step(), 0));
    assertThat(again.losses()).isEqualTo(whole.losses());
  }

  private static void breakOff(int step, int at) {
    if (step >= at) {
      throw new IllegalStateException("broken off");
    }
  }

  @Test
  void testStoppedRunNamesTheLastGoodCheckpoint() throws Exception {
    FineTuningOptions options = Tiny.options(9, 0, 2);
    FineTuning tuning = FineTuning.of(base, options, Tiny.examples());
    assertThatThrownBy(() -> tuning.run(output.resolve("c"), report -> breakOff(report.step(), 5)))
        .hasMessage("broken off");
    VisionLanguageModel model = base.withOwn(Trained.projection(), 0);
    FineTuningState state =
        new FineTuningState(model, Engine.ND4J, Engine.ND4J, options, Tiny.examples(), List.of());
    assertThat(state.lastWritten(output.resolve("c"))).endsWith("c of step 4");
    assertThat(state.lastWritten(output.resolve("none"))).startsWith("no checkpoint");
  }

  @Test
  void testLogHoldsEveryStepForPeopleAndForTensorBoard() throws Exception {
    FineTuningOptions options = Tiny.options(4, 0, 0).change().validateEvery(2).build();
    Path live = output.resolve("live");
    FineTuningResult result =
        FineTuning.of(base, options, Tiny.examples().subList(0, 2))
            .withValidation(Tiny.examples().subList(2, 4))
            .withLog(live)
            .run(output.resolve("c"), Progress.silent());
    assertThat(Files.readAllLines(live.resolve(History.FILE)))
        .hasSize(5)
        .first()
        .isEqualTo("step,loss,rate,gradient_norm,validation_loss,seconds");
    for (String file : List.of(History.FILE, EventFile.FILE)) {
      assertThat(Files.mismatch(live.resolve(file), output.resolve("c").resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
    Map<Long, Map<String, Float>> events = events(live.resolve(EventFile.FILE));
    assertThat(events.keySet()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(events.get(3L)).containsOnlyKeys("train/loss", "train/rate", "train/gradient_norm");
    assertThat(events.get(4L)).containsKey("validation/loss");
    assertThat(events.get(2L).get("train/loss")).isEqualTo(result.losses().get(1).floatValue());
  }

  /** Reads the frames with the message definitions of the tensor library and checks every sum. */
  private static Map<Long, Map<String, Float>> events(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    Map<Long, Map<String, Float>> events = new TreeMap<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(EventFile.maskedCrc(length, 0, 8));
      byte[] message =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(message);
      assertThat(in.getInt()).isEqualTo(EventFile.maskedCrc(message, 0, message.length));
      event(message, events);
    }
    return events;
  }

  private static void event(byte[] message, Map<Long, Map<String, Float>> events)
      throws IOException {
    CodedInputStream fields = CodedInputStream.newInstance(message);
    long step = 0;
    for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 2 -> step = fields.readInt64();
        case 5 -> {
          Map<String, Float> values = new TreeMap<>();
          Summary.parseFrom(fields.readByteArray())
              .getValueList()
              .forEach(v -> values.put(v.getTag(), v.getSimpleValue()));
          events.put(step, values);
        }
        default -> fields.skipField(tag);
      }
    }
  }

  @Test
  void testMaskedChecksumOfAKnownText() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    int plain = 0xE3069283;
    int masked = ((plain >>> 15) | (plain << 17)) + 0xa282ead8;
    assertThat(EventFile.maskedCrc(digits, 0, digits.length)).isEqualTo(masked);
  }

  @Test
  void testStoredFeaturesTrainToTheSameBits() throws Exception {
    FineTuningOptions options = Tiny.options(5, 0, 0);
    List<float[]> pictures = Tiny.examples().stream().map(TrainingExample::pixels).toList();
    Path directory = output.resolve("features");
    LocalStore tree = LocalStore.of(directory);
    int written = FeatureStore.write(tree, 0, base, pictures.subList(0, 3), true);
    assertThat(written).isEqualTo(12);
    assertThatThrownBy(() -> FeatureStore.open(directory, base).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("not a finished checkpoint");
    FeatureStore.finish(tree, base.name(), base.baseSha256(), Engine.AUTO.chosen(), written);
    tune(options, "computed");
    try (FeatureStore store = FeatureStore.open(directory, base)) {
      assertThat(store.find(pictures.get(0))).isNotNull();
      assertThat(store.find(pictures.get(3))).isNull();
      FineTuning.of(base, options, Tiny.examples())
          .withFeatures(store)
          .run(output.resolve("stored"), Progress.silent());
    }
    assertThat(projection("stored")).isEqualTo(projection("computed"));
  }

  /** What is missing from a store is computed as the rest was, whatever computes the steps. */
  @Test
  void testFeaturesOfARunAreOfOneEngine() throws Exception {
    FineTuningOptions options = Tiny.options(4, 0, 2);
    Path directory = output.resolve("of nd4j");
    VisionLanguageModel nd4j = base.withEngine(Engine.ND4J);
    float[] first = Tiny.examples().get(0).pixels();
    int written = FeatureStore.write(LocalStore.of(directory), 0, nd4j, List.of(first), true);
    FeatureStore.finish(
        LocalStore.of(directory), base.name(), base.baseSha256(), Engine.ND4J, written);
    FineTuning tuning = FineTuning.of(base, options, Tiny.examples());
    try (FeatureStore store = FeatureStore.open(directory, base)) {
      assertThat(store.engine()).isEqualTo(Engine.ND4J);
      tuning.withFeatures(store).run(output.resolve("mixed"), Progress.silent());
    }
    assertThat(CheckpointFiles.readCard(output.resolve("mixed")).path("engine").asText())
        .isEqualTo("onnx");
    assertThat(CheckpointFiles.readCard(output.resolve("mixed")).path("features").asText())
        .isEqualTo("nd4j");
    assertThatThrownBy(() -> tuning.resume(output.resolve("mixed"), Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("another engine of features");
    Path card = directory.resolve("card.json");
    Files.writeString(card, Files.readString(card).replace("nd4j", "abacus"));
    assertThatThrownBy(() -> FeatureStore.open(directory, base).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("expected nd4j or onnx");
  }

  @Test
  void testFeaturesOfAnotherBaseAreRefused() throws Exception {
    Path directory = Files.createDirectories(output.resolve("features"));
    FeatureStore.finish(LocalStore.of(directory), base.name(), base.baseSha256(), Engine.ND4J, 0);
    VisionLanguageModel other = Tiny.base(output.resolve("other"), 2);
    assertThatThrownBy(() -> FeatureStore.open(directory, other).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("run 'encode' again");
  }

  @Test
  void testKilledWriterLosesNoCheckpoint() throws Exception {
    tune(Tiny.options(2, 0, 0), "c");
    Files.move(output.resolve("c"), output.resolve(".c.old"));
    Files.createDirectories(output.resolve(".c.tmp"));
    Files.writeString(output.resolve(".c.tmp/model.safetensors"), "half");
    FineTuningResult resumed =
        FineTuning.of(base, Tiny.options(2, 0, 0), Tiny.examples())
            .resume(output.resolve("c"), report -> breakOff(report.step(), 0));
    assertThat(resumed.losses()).hasSize(2);
    assertThat(output).isDirectoryNotContaining("glob:**/.c.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {CheckpointFiles.WEIGHTS, CheckpointFiles.OPTIMISER})
  void testChangedBitIsFound(String file) throws Exception {
    FineTuningOptions options = Tiny.options(2, 0, 0);
    tune(options, "c");
    Path damaged = output.resolve("c").resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[bytes.length - 2] ^= 1;
    Files.write(damaged, bytes);
    FineTuning tuning = FineTuning.of(base, options, Tiny.examples());
    assertThatThrownBy(() -> tuning.resume(output.resolve("c"), Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(file + " is damaged");
    assertThatThrownBy(() -> base.withCheckpoint(output.resolve("c")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is damaged");
  }

  private FineTuningResult tune(FineTuningOptions options, String name) throws Exception {
    return FineTuning.of(base, options, Tiny.examples())
        .run(output.resolve(name), Progress.silent());
  }

  private float[] projection(String name) throws Exception {
    try (Safetensors tensors =
        Safetensors.open(output.resolve(name).resolve(CheckpointFiles.WEIGHTS))) {
      return tensors.read(Network.PROJECTION + ".weight", 16, 16);
    }
  }
}
