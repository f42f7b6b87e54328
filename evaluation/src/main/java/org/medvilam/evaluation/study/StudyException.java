package org.medvilam.evaluation.study;

/** A study that cannot be drawn, or a form or key that cannot be scored. */
public final class StudyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message says what was expected, what was found, what to do. */
  public StudyException(String message) {
    super(message);
  }
}
