package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;

class PretrainingStateTest {
  private static final int STEPS = 12;
  private static final PretrainingOptions OPTIONS =
      PretrainingOptions.defaults().withNetwork(Tiny.network(), 3).withSteps(STEPS).withHeldOut(2);

  @TempDir Path folder;

  /** A run that is broken off after a step. */
  private static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Path brokenOff(String name, int every, int after) {
    Path output = folder.resolve(name);
    assertThatThrownBy(
            () ->
                Pretraining.of(OPTIONS)
                    .withCheckpoints(every)
                    .run(
                        output,
                        report -> {
                          if (report.step() == after) {
                            throw new BrokenOff();
                          }
                        }))
        .isInstanceOf(BrokenOff.class);
    return output;
  }

  /** Of twelve steps three are for the encoder alone at first, and three for words at last. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void testBrokenOffRunEndsInTheSameBits(int every) throws Exception {
    Path whole = folder.resolve("whole");
    SceneScores scores = Pretraining.of(OPTIONS).run(whole, Progress.silent());
    for (int after : new int[] {1, 4, 9, 10, 11}) {
      Path output = brokenOff("after-" + after, every, after);
      List<Integer> steps = new ArrayList<>();
      SceneScores resumed =
          Pretraining.of(OPTIONS).resume(output, report -> steps.add(report.step()));
      assertThat(steps).hasSize(STEPS - after / every * every).endsWith(STEPS);
      assertThat(resumed).isEqualTo(scores);
      Path weights = Path.of(CheckpointFiles.WEIGHTS);
      assertThat(Files.mismatch(output.resolve(weights), whole.resolve(weights))).isEqualTo(-1);
      assertThat(loss(output)).isEqualTo(loss(whole));
      assertThat(output.resolve(CheckpointFiles.OPTIMISER)).doesNotExist();
    }
  }

  private static double loss(Path base) throws Exception {
    return CheckpointFiles.readCard(base).path("training").path("loss").asDouble();
  }

  @Test
  void testFinishedRunIsNotTrainedAgain() throws Exception {
    Path output = folder.resolve("base");
    SceneScores scores = Pretraining.of(OPTIONS).run(output, Progress.silent());
    byte[] card = Files.readAllBytes(output.resolve(CheckpointFiles.CARD));
    SceneScores again =
        Pretraining.of(OPTIONS)
            .resume(
                output,
                report -> {
                  throw new AssertionError("step " + report.step());
                });
    assertThat(again).isEqualTo(scores);
    assertThat(output.resolve(CheckpointFiles.CARD)).hasBinaryContent(card);
  }

  @Test
  void testStateIsNoBase() {
    Path output = brokenOff("state", 2, 3);
    assertThatThrownBy(() -> VisionLanguageModel.load(output))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is a base after 2 of 12 steps");
    assertThatThrownBy(() -> VisionLanguageModel.builtIn("medvilam-tiny").withCheckpoint(output))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("'pretrain --resume' goes on with it");
  }

  @Test
  void testOtherOptionsAreNamed() {
    Path output = brokenOff("state", 2, 3);
    assertThatThrownBy(() -> Pretraining.of(OPTIONS.withSeed(7)).resume(output, Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("another seed than it was written with (1, here 7)");
    assertThatThrownBy(
            () -> Pretraining.of(OPTIONS.withSteps(16)).resume(output, Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("(12, here 16)");
  }

  @Test
  void testDamagedStateIsRefused() throws Exception {
    Path output = brokenOff("state", 2, 3);
    Path moments = output.resolve(CheckpointFiles.OPTIMISER);
    byte[] content = Files.readAllBytes(moments);
    content[content.length - 1] ^= 1;
    Files.write(moments, content);
    assertThatThrownBy(() -> Pretraining.of(OPTIONS).resume(output, Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void testFinetunedCheckpointIsNoState() throws Exception {
    VisionLanguageModel base = Tiny.base(folder.resolve("base"), 1);
    Path output = folder.resolve("tuned");
    FineTuning.of(base, Tiny.options(2, 0, 0), Tiny.examples()).run(output, Progress.silent());
    assertThatThrownBy(() -> Pretraining.of(OPTIONS).resume(output, Progress.silent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("kind \"projection\"");
  }
}
