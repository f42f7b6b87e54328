package org.medvilam.records.geometry;

/** A region that has no valid geometry; the message names the rule it breaks. */
public final class GeometryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Creates the exception.
   *
   * @param reason a short stable key such as {@code empty-box}
   * @param message what was expected and what was found
   */
  public GeometryException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns the short stable key of the broken rule. */
  public String reason() {
    return reason;
  }
}
