package org.medvilam.trainer;

import java.nio.file.Path;
import java.util.List;

/**
 * What a fine-tuning run gave.
 *
 * @param losses the loss of each step, in nats an answer token
 * @param checkpoint the directory of the checkpoint
 * @param seconds the time this run took, in seconds
 */
public record FineTuningResult(List<Double> losses, Path checkpoint, double seconds) {
  /** Copies the losses. */
  public FineTuningResult {
    losses = List.copyOf(losses);
  }
}
