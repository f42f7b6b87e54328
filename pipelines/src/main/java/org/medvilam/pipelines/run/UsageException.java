package org.medvilam.pipelines.run;

/** Something the user can mend; the message says what was expected, what was found, what to do. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public UsageException(String message) {
    super(message);
  }
}
