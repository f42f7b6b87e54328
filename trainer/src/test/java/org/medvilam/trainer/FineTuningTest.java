package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.RandomTensors;
import org.medvilam.trainer.nn.TensorSource;
import org.nd4j.linalg.api.buffer.DataType;

class FineTuningTest {
  @TempDir static Path bases;
  @TempDir Path output;
  private static VisionLanguageModel base;

  @BeforeAll
  static void makeBase() throws Exception {
    base = Tiny.base(bases.resolve("base"), 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"ND4J", "ONNX"})
  void testOnlyTheProjectionChanges(Engine engine) throws Exception {
    Map<String, float[]> before = bits(base);
    Path checkpoint = output.resolve("c");
    tune(engine, Tiny.options(6, 0.1, 0), checkpoint);
    Map<String, float[]> tuned = bits(base.withCheckpoint(checkpoint));
    Map<String, float[]> after = bits(base);
    before.forEach(
        (name, values) -> {
          assertThat(after.get(name)).as("base " + name).isEqualTo(values);
          boolean same = Arrays.equals(tuned.get(name), values);
          assertThat(same).as(name).isEqualTo(!name.startsWith(Network.PROJECTION));
        });
  }

  @Test
  void testLossFallsOnFixedExamples() throws Exception {
    RandomTensors random = new RandomTensors(4, DataType.FLOAT);
    TensorSource responsive =
        (name, initial, shape) ->
            random.tensor(name, initial, shape).muli(name.contains("embed_tokens") ? 20 : 1);
    VisionLanguageModel model =
        VisionLanguageModel.of("random", new Network(Tiny.network(), responsive));
    FineTuningOptions options =
        Tiny.options(120, 0, 0)
            .change()
            .batch(4)
            .rate(2e-2)
            .weightDecay(0)
            .flipHorizontal(false)
            .flipVertical(false)
            .views(1)
            .build();
    List<Double> losses =
        FineTuning.of(model, options, Tiny.examples())
            .run(output.resolve("c"), Progress.silent())
            .losses();
    assertThat(mean(losses.subList(110, 120))).isLessThan(0.8 * mean(losses.subList(0, 5)));
  }

  @ParameterizedTest
  @EnumSource(names = {"ND4J", "ONNX"})
  void testSameSeedSameBits(Engine engine) throws Exception {
    tune(engine, Tiny.options(5, 0.2, 0), output.resolve("a"));
    tune(engine, Tiny.options(5, 0.2, 0), output.resolve("b"));
    assertSameWeights("a", "b");
  }

  @Test
  void testSeedMatters() throws Exception {
    tune(Tiny.options(5, 0, 0), output.resolve("a"));
    tune(Tiny.options(5, 0, 0).withSeed(6), output.resolve("b"));
    assertThat(Files.mismatch(weights("a"), weights("b"))).isNotNegative();
  }

  @ParameterizedTest
  @EnumSource(names = {"ND4J", "ONNX"})
  void testResumeEndsInTheSameBits(Engine engine) throws Exception {
    FineTuningOptions options = Tiny.options(8, 0.2, 3);
    FineTuning tuning = FineTuning.of(base, options, Tiny.examples()).withEngine(engine);
    tuning.run(output.resolve("whole"), Progress.silent());
    Path broken = output.resolve("broken");
    assertThatThrownBy(() -> tuning.run(broken, report -> breakOff(report.step(), 5)))
        .hasMessage("broken off");
    assertThat(CheckpointFiles.readCard(broken).path("metrics").path("steps_done").asInt())
        .isEqualTo(3);
    FineTuningResult resumed = tuning.resume(broken, Progress.silent());
    assertThat(resumed.losses()).hasSize(8);
    assertSameWeights("whole", "broken");
    assertThat(
            Files.mismatch(
                output.resolve("whole").resolve(CheckpointFiles.OPTIMISER),
                broken.resolve(CheckpointFiles.OPTIMISER)))
        .isEqualTo(-1);
  }

  @Test
  void testResumeRefusesOtherOptions() throws Exception {
    tune(Tiny.options(3, 0, 0), output.resolve("c"));
    assertThatThrownBy(
            () ->
                FineTuning.of(base, Tiny.options(4, 0, 0), Tiny.examples())
                    .resume(output.resolve("c"), Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("options");
  }

  @Test
  void testResumeRefusesAnotherEngine() throws Exception {
    FineTuning tuning = FineTuning.of(base, Tiny.options(3, 0, 0), Tiny.examples());
    tuning.withEngine(Engine.ND4J).run(output.resolve("c"), Progress.silent());
    assertThatThrownBy(
            () -> tuning.withEngine(Engine.ONNX).resume(output.resolve("c"), Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("another engine")
        .hasMessageContaining("(nd4j, here onnx)");
  }

  @Test
  void testCheckpointOfAnotherBaseIsRefused() throws Exception {
    tune(Tiny.options(2, 0, 0), output.resolve("c"));
    VisionLanguageModel other = Tiny.base(output.resolve("other"), 2);
    assertThatThrownBy(() -> other.withCheckpoint(output.resolve("c")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("was fine-tuned on medvilam-tiny");
  }

  @Test
  void testCardNamesBaseDataAndOptions() throws Exception {
    tune(Tiny.options(2, 0.1, 0), output.resolve("c"));
    JsonNode card = CheckpointFiles.readCard(output.resolve("c"));
    assertThat(card.path("base").path("sha256").asText()).isEqualTo(base.baseSha256());
    assertThat(card.path("data").path("examples").asInt()).isEqualTo(4);
    assertThat(card.path("options").path("dropout").asDouble()).isEqualTo(0.1);
    assertThat(card.path("metrics").path("steps_done").asInt()).isEqualTo(2);
  }

  @Test
  void testOtherDirectoriesAreNotOverwritten() throws Exception {
    Files.createDirectories(output.resolve("mine"));
    Files.writeString(output.resolve("mine/notes.txt"), "x");
    assertThatThrownBy(() -> tune(Tiny.options(2, 0, 0), output.resolve("mine")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is not a checkpoint");
  }

  @Test
  void testLossThatIsNoNumberStopsTheRun() {
    FineTuningOptions wild =
        Tiny.options(5, 0, 0).change().rate(1).lastRate(1).clipNorm(Double.MAX_VALUE).build();
    VisionLanguageModel broken = base.withOwn(Trained.projection(), 0);
    broken.network().parameters().get(Network.PROJECTION + ".bias").value().assign(Float.NaN);
    assertThatThrownBy(
            () ->
                FineTuning.of(broken, wild, Tiny.examples())
                    .run(output.resolve("c"), Progress.silent()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("at step 1")
        .hasMessageContaining("[e");
  }

  private static void breakOff(int step, int at) {
    if (step == at) {
      throw new IllegalStateException("broken off");
    }
  }

  private static FineTuningResult tune(FineTuningOptions options, Path target) throws Exception {
    return tune(Engine.AUTO, options, target);
  }

  private static FineTuningResult tune(Engine engine, FineTuningOptions options, Path target)
      throws Exception {
    return FineTuning.of(base, options, Tiny.examples())
        .withEngine(engine)
        .run(target, Progress.silent());
  }

  private Path weights(String name) {
    return output.resolve(name).resolve(CheckpointFiles.WEIGHTS);
  }

  private void assertSameWeights(String a, String b) throws Exception {
    assertThat(Files.mismatch(weights(a), weights(b))).isEqualTo(-1);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static Map<String, float[]> bits(VisionLanguageModel model) {
    Map<String, float[]> bits = new LinkedHashMap<>();
    model.tensors().forEach((name, value) -> bits.put(name, value.dup('c').data().asFloat()));
    return bits;
  }
}
