package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.Safetensors;
import org.medvilam.trainer.nn.Network;

/** What each choice of trained tensors changes, keeps and writes. */
class TrainedTest {
  private static final String LAYER = "language_model.model.layers.";

  @TempDir static Path bases;
  @TempDir Path output;
  private static VisionLanguageModel base;

  @BeforeAll
  static void makeBase() throws Exception {
    base = Tiny.base(bases.resolve("base"), 1);
  }

  static Stream<Trained> all() {
    return Stream.of(
        Trained.projection(), Trained.projectionAndNorms(), Trained.lora(3, 6), Trained.lora(1, 2));
  }

  @ParameterizedTest
  @MethodSource("all")
  void testCheckpointHoldsExactlyWhatChanged(Trained trained) throws Exception {
    Map<String, float[]> before = bits(base);
    Path checkpoint = output.resolve("c");
    tune(options(trained, 0), checkpoint);
    Map<String, float[]> tuned = bits(base.withCheckpoint(checkpoint));
    Map<String, float[]> after = bits(base);
    Set<String> changed = new TreeSet<>();
    tuned.forEach(
        (name, values) -> {
          assertThat(after.get(name)).as("base " + name).isEqualTo(before.get(name));
          if (!Arrays.equals(values, before.get(name))) {
            changed.add(name);
          }
        });
    assertThat(changed).isEqualTo(expected(trained));
    try (Safetensors stored = Safetensors.open(checkpoint.resolve(CheckpointFiles.WEIGHTS))) {
      assertThat(new TreeSet<>(stored.names())).isEqualTo(changed);
    }
    assertThat(CheckpointFiles.readCard(checkpoint).path("kind").asText())
        .isEqualTo(trained.part().toString());
  }

  private static Set<String> expected(Trained trained) {
    Set<String> names = new TreeSet<>();
    names.add(Network.PROJECTION + ".weight");
    names.add(Network.PROJECTION + ".bias");
    for (int layer = 0; layer < 2; layer++) {
      switch (trained.part()) {
        case PROJECTION -> {}
        case PROJECTION_NORM -> {
          names.add(LAYER + layer + ".input_layernorm.weight");
          names.add(LAYER + layer + ".post_attention_layernorm.weight");
          names.add("language_model.model.norm.weight");
        }
        case LORA -> {
          for (String matrix : new String[] {"q_proj", "v_proj"}) {
            names.add(LAYER + layer + ".self_attn." + matrix + ".lora_A.weight");
            names.add(LAYER + layer + ".self_attn." + matrix + ".lora_B.weight");
          }
        }
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("all")
  void testResumeEndsInTheSameBits(Trained trained) throws Exception {
    FineTuningOptions options = options(trained, 3);
    Path whole = output.resolve("whole");
    tune(options, whole);
    Path broken = output.resolve("broken");
    assertThatThrownBy(
            () ->
                FineTuning.of(base, options, Tiny.examples())
                    .run(
                        broken,
                        report -> {
                          if (report.step() == 5) {
                            throw new IllegalStateException("broken off");
                          }
                        }))
        .hasMessage("broken off");
    FineTuning.of(base, options, Tiny.examples()).resume(broken, Progress.silent());
    for (String file : new String[] {CheckpointFiles.WEIGHTS, CheckpointFiles.OPTIMISER}) {
      assertThat(Files.mismatch(whole.resolve(file), broken.resolve(file))).as(file).isEqualTo(-1);
    }
  }

  @Test
  void testAdditionsStartWithoutEffect() {
    VisionLanguageModel own = base.withOwn(Trained.lora(4, 8), 3);
    float[] pixels = Tiny.examples().get(0).pixels();
    assertThat(own.tensors()).hasSizeGreaterThan(base.tensors().size());
    assertThat(own.answer(pixels, "Where is it?")).isEqualTo(base.answer(pixels, "Where is it?"));
  }

  @Test
  void testLoadedAdditionsAnswerAsTheTrainedOnes() throws Exception {
    Path checkpoint = output.resolve("c");
    tune(options(Trained.lora(2, 4), 0), checkpoint);
    VisionLanguageModel first = base.withCheckpoint(checkpoint);
    VisionLanguageModel again = base.withCheckpoint(checkpoint);
    float[] pixels = Tiny.examples().get(1).pixels();
    assertThat(again.answer(pixels, "Where?")).isEqualTo(first.answer(pixels, "Where?"));
    assertThat(again.network().lora().rank()).isEqualTo(2);
  }

  @Test
  void testResumeRefusesAnotherChoice() throws Exception {
    tune(options(Trained.lora(2, 4), 0), output.resolve("c"));
    FineTuning other = FineTuning.of(base, options(Trained.lora(3, 4), 0), Tiny.examples());
    assertThatThrownBy(() -> other.resume(output.resolve("c"), Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("options");
  }

  @Test
  void testCardThatSaysLessThanItsFileHoldsIsRefused() throws Exception {
    Path checkpoint = output.resolve("c");
    tune(options(Trained.projectionAndNorms(), 0), checkpoint);
    ObjectNode card = (ObjectNode) CheckpointFiles.readCard(checkpoint);
    ((ObjectNode) card.path("options").path("trained")).put("part", "projection");
    CheckpointFiles.writeCard(checkpoint, card);
    assertThatThrownBy(() -> base.withCheckpoint(checkpoint))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("norm.weight, which is no part of what its card says was trained");
  }

  @Test
  void testCardWithoutAChoiceMeansTheProjection() throws Exception {
    Path checkpoint = output.resolve("c");
    tune(options(Trained.projection(), 0), checkpoint);
    Map<String, float[]> before = bits(base.withCheckpoint(checkpoint));
    ObjectNode card = (ObjectNode) CheckpointFiles.readCard(checkpoint);
    ((ObjectNode) card.path("options")).remove("trained");
    CheckpointFiles.writeCard(checkpoint, card);
    Map<String, float[]> after = bits(base.withCheckpoint(checkpoint));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, values) -> assertThat(after.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void testRankIsForLoraAlone() {
    assertThatThrownBy(() -> new Trained(Trained.Part.PROJECTION, 4, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Trained.lora(0, 8)).hasMessageContaining("rank of at least 1");
    assertThatThrownBy(() -> Trained.lora(4, 0)).hasMessageContaining("alpha must be positive");
  }

  private static FineTuningOptions options(Trained trained, int checkpointEvery) {
    return Tiny.options(8, 0.2, checkpointEvery).change().trained(trained).build();
  }

  private static void tune(FineTuningOptions options, Path target) throws Exception {
    FineTuning.of(base, options, Tiny.examples()).run(target, Progress.silent());
  }

  private static Map<String, float[]> bits(VisionLanguageModel model) {
    Map<String, float[]> bits = new LinkedHashMap<>();
    model.tensors().forEach((name, value) -> bits.put(name, value.dup('c').data().asFloat()));
    return bits;
  }
}
