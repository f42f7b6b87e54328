package org.medvilam.pipelines.model;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.trainer.Engine;
import org.medvilam.trainer.FeatureStore;
import org.medvilam.trainer.FineTuning;
import org.medvilam.trainer.FineTuningOptions;
import org.medvilam.trainer.FineTuningResult;
import org.medvilam.trainer.RecordExamples;
import org.medvilam.trainer.TrainingExample;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.trainer.checkpoint.CheckpointException;

/** Fine-tunes a base on the training part of a subset. */
public final class FineTune {
  private final VisionLanguageModel base;
  private final PrintStream err;
  private final List<TrainingExample> examples;
  private List<TrainingExample> validation = List.of();
  private @Nullable Path features;
  private @Nullable Path log;
  private Engine engine = Engine.AUTO;

  /** Reads the training examples of a subset; the first picture that cannot be read ends it. */
  public FineTune(VisionLanguageModel base, RunFolder subset, PictureRoots roots, PrintStream err)
      throws IOException {
    this.base = base;
    this.err = err;
    examples = examples("--train", Split.TRAIN, subset, roots, 0);
  }

  /**
   * Reads the examples whose loss is followed.
   *
   * @param limit the most of them, the first by hash of their ids
   */
  public FineTune withValidation(RunFolder run, PictureRoots roots, int limit) throws IOException {
    validation = examples("--validation", Split.VALIDATION, run, roots, limit);
    return this;
  }

  /** Returns the number of training records. */
  public int records() {
    return examples.size();
  }

  /** Takes features from a directory that 'encode' wrote. */
  public FineTune withFeatures(Path directory) {
    features = directory;
    return this;
  }

  /** Writes every step at once to a directory. */
  public FineTune withLog(Path directory) {
    log = directory;
    return this;
  }

  /** Computes the steps with an engine of the user's choice. */
  public FineTune withEngine(Engine value) {
    engine = value;
    return this;
  }

  /**
   * Trains and writes the checkpoint.
   *
   * @param resume whether to go on from the checkpoint that is there
   */
  public FineTuningResult run(FineTuningOptions options, Path output, boolean resume)
      throws IOException {
    err.printf("engine      %s%n", describe(options));
    FineTuning tuning =
        FineTuning.of(base, options, examples).withValidation(validation).withEngine(engine);
    if (log != null) {
      tuning = tuning.withLog(log);
    }
    if (features == null) {
      return run(tuning, output, resume);
    }
    try (FeatureStore store = FeatureStore.open(features, base)) {
      return run(tuning.withFeatures(store), output, resume);
    } catch (CheckpointException e) {
      throw new UsageException("--features: " + e.getMessage());
    }
  }

  private String describe(FineTuningOptions options) {
    try {
      return engine.description(options.trained());
    } catch (IllegalStateException e) {
      throw new UsageException("--engine: " + e.getMessage());
    }
  }

  private FineTuningResult run(FineTuning tuning, Path output, boolean resume) throws IOException {
    TrainingLine line = new TrainingLine(err);
    try {
      FineTuningResult result = resume ? tuning.resume(output, line) : tuning.run(output, line);
      line.end(result.losses().size(), examples.size() + " examples");
      return result;
    } catch (CheckpointException e) {
      throw new UsageException("--output: " + e.getMessage());
    }
  }

  private List<TrainingExample> examples(
      String option, Split split, RunFolder run, PictureRoots roots, int limit) throws IOException {
    List<InstructionRecord> pictures = StillPictures.of(option, split, run, limit, err);
    return new RecordExamples(run, roots::of, base.inputSize()).training(pictures);
  }
}
