package org.medvilam.evaluation.prediction;

/** Predictions that do not belong to the records they are scored against. */
public final class PredictionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String recordId;

  /**
   * Creates the exception.
   *
   * @param recordId the first record id that is wrong
   * @param message what was expected, what was found, what to do
   */
  public PredictionException(String recordId, String message) {
    super(message);
    this.recordId = recordId;
  }

  /** Returns the first record id that is wrong. */
  public String recordId() {
    return recordId;
  }
}
