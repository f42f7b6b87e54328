package org.medvilam.trainer;

import java.nio.file.Path;
import java.util.List;

/**
 * What a fine-tuning run gave.
 *
 * @param losses the loss of each step, in nats an answer token
 * @param keptStep the step whose projection is in the checkpoint: the last, or the best on the
 *     validation examples where the run could stop early
 * @param checkpoint the directory of the checkpoint
 * @param seconds the time of training, in seconds
 */
public record FineTuningResult(List<Double> losses, int keptStep, Path checkpoint, double seconds) {
  /** Copies the losses. */
  public FineTuningResult {
    losses = List.copyOf(losses);
  }
}
