package org.medvilam.trainer.checkpoint;

/** A checkpoint that cannot be used; the message is one sentence that says why. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with its sentence. */
  public CheckpointException(String message) {
    super(message);
  }

  /** Makes an exception with its sentence and its cause. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
