package org.medvilam.pipelines.model;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.trainer.FineTuning;
import org.medvilam.trainer.FineTuningOptions;
import org.medvilam.trainer.FineTuningResult;
import org.medvilam.trainer.RecordExamples;
import org.medvilam.trainer.TrainingExample;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.trainer.checkpoint.CheckpointException;

/** Fine-tunes a base on the training part of a subset. */
public final class FineTune {
  private FineTune() {}

  /**
   * Trains and writes the checkpoint.
   *
   * @param resume whether to go on from the checkpoint that is there
   */
  public static FineTuningResult run(
      VisionLanguageModel base,
      RunFolder subset,
      PictureRoots roots,
      FineTuningOptions options,
      Path output,
      boolean resume,
      PrintStream err)
      throws IOException {
    List<TrainingExample> examples = examples(base, subset, roots, err);
    Progress line = new Progress(err);
    org.medvilam.trainer.Progress report =
        r ->
            line.show(
                "trained steps",
                r.step(),
                r.steps(),
                String.format(Locale.ROOT, "loss %.3f, rate %.1e", r.loss(), r.rate()));
    try {
      FineTuningResult result =
          resume
              ? FineTuning.resume(base, options, examples, output, report)
              : FineTuning.run(base, options, examples, output, report);
      line.end("trained steps", result.losses().size(), examples.size() + " examples");
      return result;
    } catch (CheckpointException e) {
      throw new UsageException("--output: " + e.getMessage());
    }
  }

  private static List<TrainingExample> examples(
      VisionLanguageModel base, RunFolder subset, PictureRoots roots, PrintStream err)
      throws IOException {
    List<TrainingExample> examples;
    try {
      long[] others = new long[1];
      subset.forEach(Split.TRAIN, r -> others[0] += StillPictures.are(r) ? 0 : 1);
      StillPictures.sayLeftOut(others[0], err);
      examples =
          new RecordExamples(subset, roots::of, base.inputSize())
              .read(Split.TRAIN, StillPictures::are);
    } catch (UnreadablePictureException e) {
      throw new IOException("a training picture cannot be read: " + e.getMessage(), e);
    }
    if (examples.isEmpty()) {
      throw new UsageException(
          "--train: expected training records in %s, found none".formatted(subset.store().uri()));
    }
    return examples;
  }
}
