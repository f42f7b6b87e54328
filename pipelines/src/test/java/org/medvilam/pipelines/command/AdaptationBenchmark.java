package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medvilam.evaluation.score.Evaluation;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.pipelines.model.Evaluate;
import org.medvilam.pipelines.model.FineTune;
import org.medvilam.pipelines.model.Models;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.trainer.FineTuningOptions;
import org.medvilam.trainer.FineTuningResult;
import org.medvilam.trainer.VisionLanguageModel;

/**
 * Measures what twenty shots do: on five seeds, Acc@0.5 of the base, of the base with a random
 * projection, and of the base with the projection fine-tuned, all on the same 300 test records.
 *
 * <p>Arguments: {@code RUN OUTPUT [BASE]}, a finished conversion of phantoms with {@code --tasks
 * localization}, a new directory, and a base.
 */
final class AdaptationBenchmark {
  private static final int SHOTS = 20;
  private static final int TESTED = 300;
  private static final int SEEDS = 5;

  private AdaptationBenchmark() {}

  public static void main(String[] args) throws IOException {
    VisionLanguageModel base = Models.base(args.length > 2 ? args[2] : VisionLanguageModel.TINY);
    List<Double> tuned = new ArrayList<>();
    List<Double> random = new ArrayList<>();
    Evaluate evaluate = null;
    for (int seed = 1; seed <= SEEDS; seed++) {
      Path output = Files.createDirectories(Path.of(args[1]).resolve("seed" + seed));
      Path shots = output.resolve("shots");
      int drawn =
          Medvilam.run(
              "fewshot",
              "--input=" + args[0],
              "--output=" + shots,
              "--shots=" + SHOTS,
              "--seed=" + seed);
      if (drawn != 0) {
        throw new IOException("the subset of seed " + seed + " could not be drawn");
      }
      RunFolder data = RunFolder.open(LocalStore.of(shots));
      PictureRoots roots = new PictureRoots(data, Map.of());
      if (evaluate == null) {
        evaluate = new Evaluate(data, roots, Split.TEST, TESTED, System.err);
        say("zero-shot %.3f", accuracy(evaluate.model("zero-shot", base, output)));
      }
      FineTuningResult result =
          new FineTune(base, data, roots, System.err)
              .run(
                  FineTuningOptions.defaults().withSeed(seed), output.resolve("checkpoint"), false);
      VisionLanguageModel model = base.withCheckpoint(result.checkpoint());
      tuned.add(accuracy(evaluate.model("tuned", model, output)));
      say("seed %d: tuned %.3f, %.0f s", seed, tuned.get(seed - 1), result.seconds());
    }
    say("tuned %s", summary(tuned));
    // A random projection makes the decoder ramble, so that its answers take longest.
    for (int seed = 1; seed <= SEEDS; seed++) {
      Path output = Path.of(args[1]).resolve("seed" + seed);
      VisionLanguageModel model = base.withRandomProjection(seed);
      random.add(accuracy(evaluate.model("random", model, output)));
      say("seed %d: random projection %.3f", seed, random.get(seed - 1));
    }
    say("random projection %s", summary(random));
    System.exit(0);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static double accuracy(Evaluation evaluation) {
    return evaluation.tasks().get(0).overall().accuracy();
  }

  /** Returns the mean and the deviation of a sample. */
  private static String summary(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return String.format(
        Locale.ROOT, "%.3f (deviation %.3f)", mean, Math.sqrt(squares / (values.size() - 1)));
  }
}
