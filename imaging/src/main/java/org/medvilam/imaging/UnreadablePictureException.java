package org.medvilam.imaging;

/**
 * A picture that cannot be used; the message names the file, what was expected and what was found.
 */
public final class UnreadablePictureException extends UnreadableMediaException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param reason short stable key: {@code unreadable-picture}, {@code truncated-picture}, {@code
   *     picture-too-large}, {@code unsupported-picture}, {@code unknown-format}, {@code dim-mask},
   *     {@code too-many-labels}, {@code unexpected-depth} or {@code unexpected-colours}
   * @param message file, what was expected and what was found
   */
  public UnreadablePictureException(String reason, String message) {
    super(reason, message, null);
  }

  /** Creates the exception with what a decoder said. */
  public UnreadablePictureException(String reason, String message, Throwable cause) {
    super(reason, message, cause);
  }
}
