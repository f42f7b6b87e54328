package org.medvilam.imaging;

import org.jspecify.annotations.Nullable;

/**
 * A picture or volume that cannot be used; the message names the file, what was expected and what
 * was found.
 */
public abstract class UnreadableMediaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Creates the exception with what a decoder said, if it said anything. */
  protected UnreadableMediaException(String reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns the short stable key. */
  public final String reason() {
    return reason;
  }
}
