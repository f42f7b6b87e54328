package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;

/**
 * Trains a whole small base from nothing, on scenes drawn as it goes or on records of runs.
 *
 * <p>Beside the next-token loss on answers, auxiliary losses ask each patch whether an object
 * covers it and where its edges are; the first steps train the encoder on these alone. And
 * coordinate targets start blurred and sharpen; with the plain loss alone such a network stays on a
 * plateau. The last steps freeze the encoder and teach words. The same options give the same
 * weights on one kind of machine, and a run that was broken off and resumed gives those, too.
 *
 * <pre>{@code
 * Pretraining.of(PretrainingOptions.defaults())
 *     .withCheckpoints(500)
 *     .run(Path.of("base"), Progress.silent());
 * }</pre>
 */
public final class Pretraining {
  private final PretrainingOptions options;
  private final @Nullable JointRecords records;
  private final double sceneShare;
  private final int checkpointEvery;

  private Pretraining(
      PretrainingOptions options,
      @Nullable JointRecords records,
      double sceneShare,
      int checkpointEvery) {
    this.options = options;
    this.records = records;
    this.sceneShare = sceneShare;
    this.checkpointEvery = checkpointEvery;
  }

  /** Prepares a run on drawn scenes. */
  public static Pretraining of(PretrainingOptions options) {
    return new Pretraining(options, null, 1, 0);
  }

  /**
   * Returns this run on records of finished runs, with drawn scenes among them or without.
   *
   * @param value the records
   * @param scenes the part of each batch that is drawn scenes, 0..1
   */
  public Pretraining withRecords(JointRecords value, double scenes) {
    return new Pretraining(options, value, scenes, checkpointEvery);
  }

  /** Returns this run with a state every so many steps to resume from, 0 for none. */
  public Pretraining withCheckpoints(int every) {
    if (every < 0) {
      throw new IllegalArgumentException("The steps must not be negative, but were: " + every);
    }
    return new Pretraining(options, records, sceneShare, every);
  }

  /**
   * Trains a base, scores it on scenes it has not seen and writes it.
   *
   * @param output the base's directory; a base or state that stands there is replaced
   * @param progress hears about each step
   * @return the scores that the card also holds
   * @throws IllegalArgumentException if there is no record, or none that shows the encoder a place
   *     where no scene does
   * @throws TrainingException if the loss stops being a number
   */
  public SceneScores run(Path output, Progress progress) throws IOException {
    CheckpointFiles.checkReplaceable(output);
    return newRun().train(output, progress);
  }

  /**
   * Goes on with a run that was broken off, from the last state it wrote; starts anew where it
   * wrote none, and returns at once where it had ended.
   *
   * @throws CheckpointException if the state is of a run with other options or records
   */
  public SceneScores resume(Path output, Progress progress) throws IOException {
    CheckpointFiles.recover(output);
    CheckpointFiles.checkReplaceable(output);
    PretrainingRun run = newRun();
    SceneScores ended = CheckpointFiles.isCheckpoint(output) ? run.restore(output) : null;
    return ended == null ? run.train(output, progress) : ended;
  }

  private PretrainingRun newRun() {
    return new PretrainingRun(options, records, sceneShare, checkpointEvery);
  }
}
