package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;

/**
 * Trains the projection of a base on examples, and more where the options say so; every other
 * tensor stays as it is, bit for bit.
 *
 * <p>The loss is the next-token cross-entropy of answers alone. Order, views and dropout of a step
 * depend on the seed and the step's number only, so a resumed run ends in the same bits as one that
 * was never broken off.
 *
 * <pre>{@code
 * FineTuning.of(base, FineTuningOptions.defaults(), examples)
 *     .withValidation(others)
 *     .run(Path.of("checkpoint"), Progress.silent());
 * }</pre>
 */
public final class FineTuning {
  private final VisionLanguageModel base;
  private final FineTuningOptions options;
  private final List<TrainingExample> examples;
  private final List<TrainingExample> validation;
  private final @Nullable FeatureStore features;
  private final @Nullable Path log;
  private final Engine engine;

  private FineTuning(
      VisionLanguageModel base,
      FineTuningOptions options,
      List<TrainingExample> examples,
      List<TrainingExample> validation,
      @Nullable FeatureStore features,
      @Nullable Path log,
      Engine engine) {
    this.base = base;
    this.options = options;
    this.examples = List.copyOf(examples);
    this.validation = List.copyOf(validation);
    this.features = features;
    this.log = log;
    this.engine = engine;
  }

  /**
   * Prepares a run.
   *
   * @param base the base; it is not changed
   * @param options how
   * @param examples the examples
   * @throws IllegalArgumentException if there is no example
   */
  public static FineTuning of(
      VisionLanguageModel base, FineTuningOptions options, List<TrainingExample> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("There is no example to train on.");
    }
    return new FineTuning(base, options, examples, List.of(), null, null, Engine.AUTO);
  }

  /**
   * Returns this run with examples that are not trained on: their loss is followed, and decides
   * when to stop and which projection is kept if the options' patience is above zero.
   */
  public FineTuning withValidation(List<TrainingExample> value) {
    return new FineTuning(base, options, examples, value, features, log, engine);
  }

  /**
   * Returns this run with features computed before. What is not among them is computed by the
   * engine that computed those.
   */
  public FineTuning withFeatures(FeatureStore value) {
    return new FineTuning(base, options, examples, validation, value, log, engine);
  }

  /**
   * Returns this run with a directory that receives every step at once: a table and a file for
   * TensorBoard. The checkpoint holds both without it, as of when it was written.
   */
  public FineTuning withLog(Path value) {
    return new FineTuning(base, options, examples, validation, features, value, engine);
  }

  /** Returns this run computed by another engine than {@link Engine#AUTO}. */
  public FineTuning withEngine(Engine value) {
    return new FineTuning(base, options, examples, validation, features, log, value);
  }

  /**
   * Trains from the base's own projection and writes the checkpoint.
   *
   * @param output the checkpoint's directory; a checkpoint that stands there is replaced
   * @param progress hears about each step
   * @throws TrainingException if the loss stops being a number
   */
  public FineTuningResult run(Path output, Progress progress) throws IOException {
    CheckpointFiles.checkReplaceable(output);
    try (FineTuningRun run = newRun()) {
      return run.train(output, log, progress);
    }
  }

  /**
   * Goes on with a run that was broken off, from the last state it wrote; starts anew where it
   * wrote none, and returns at once where it had ended.
   *
   * @throws CheckpointException if the state was written with another base or engine, other options
   *     or other examples
   */
  public FineTuningResult resume(Path output, Progress progress) throws IOException {
    CheckpointFiles.recover(output);
    CheckpointFiles.checkReplaceable(output);
    try (FineTuningRun run = newRun()) {
      if (CheckpointFiles.isCheckpoint(output) && run.restore(output)) {
        return run.result(output);
      }
      return run.train(output, log, progress);
    }
  }

  private FineTuningRun newRun() {
    return new FineTuningRun(
        base.withOwn(options.trained(), options.seed()),
        engine,
        options,
        examples,
        validation,
        features);
  }
}
