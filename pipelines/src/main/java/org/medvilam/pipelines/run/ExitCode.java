package org.medvilam.pipelines.run;

/** What a command ends with. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** More was rejected than allowed; what is good was written. */
  public static final int REJECTED = 1;

  /** The command was called wrongly, or the input is not what it says. */
  public static final int USAGE = 2;

  /** Something broke. */
  public static final int FAILURE = 3;

  private ExitCode() {}
}
