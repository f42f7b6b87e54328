package org.medvilam.converters.item;

/** An item that gives no sample: it is rejected by name and the run goes on. */
public final class ItemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final String reason;

  /**
   * Creates the exception.
   *
   * @param source file and position, relative to the dataset root
   * @param reason short stable key such as {@code size-mismatch}
   * @param detail what was expected and what was found
   */
  public ItemException(String source, String reason, String detail) {
    super(detail);
    this.source = source;
    this.reason = reason;
  }

  /** Returns file and position. */
  public String source() {
    return source;
  }

  /** Returns the short stable key. */
  public String reason() {
    return reason;
  }
}
