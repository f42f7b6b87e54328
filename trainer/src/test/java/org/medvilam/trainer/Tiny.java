package org.medvilam.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.medvilam.trainer.nn.Activation;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.VisionConfig;
import org.medvilam.trainer.text.Tokenizer;

/** A base and examples small enough for unit tests. */
final class Tiny {
  static final int SIZE = 16;

  private Tiny() {}

  static NetworkConfig network() {
    return new NetworkConfig(
        new VisionConfig(SIZE, 8, 1, 16, 1, 2, 24, true, true, Activation.GELU, 1e-5),
        new DecoderConfig(Tokenizer.standard().size(), 16, 2, 4, 2, 24, true, 10_000, 1e-5));
  }

  /** Writes a base made by two pre-training steps and loads it. */
  static VisionLanguageModel base(Path directory, long seed) throws Exception {
    PretrainingOptions options =
        PretrainingOptions.defaults()
            .withNetwork(network(), 2)
            .withSeed(seed)
            .withSteps(2)
            .withHeldOut(0);
    Pretraining.of(options).run(directory, Progress.silent());
    return VisionLanguageModel.load(directory);
  }

  static List<TrainingExample> examples() {
    List<TrainingExample> examples = new ArrayList<>();
    Random random = new Random(3);
    for (int n = 0; n < 4; n++) {
      float[] pixels = new float[SIZE * SIZE];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      String[] answers = {"[100, 200, 300, 400]", "Yes", "[0, 0, 500, 500]", "benign"};
      List<int[]> boxes =
          n == 0
              ? List.of(new int[] {100, 200, 300, 400})
              : n == 2 ? List.of(new int[] {0, 0, 500, 500}) : List.of();
      examples.add(new TrainingExample("e" + n, pixels, "Where is it?", answers[n], boxes));
    }
    return examples;
  }

  static FineTuningOptions options(int steps, double dropout, int checkpointEvery) {
    return FineTuningOptions.defaults()
        .change()
        .steps(steps)
        .batch(3)
        .rate(1e-2)
        .lastRate(1e-4)
        .warmUp(1)
        .dropout(dropout)
        .coordinateSigma(0)
        .checkpointEvery(checkpointEvery)
        .seed(5)
        .build();
  }
}
