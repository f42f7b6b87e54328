package org.medvilam.trainer;

/** A training run that had to stop; the message says at which step and why. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with its message. */
  public TrainingException(String message) {
    super(message);
  }

  /** Makes an exception with its message and what led to it. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
