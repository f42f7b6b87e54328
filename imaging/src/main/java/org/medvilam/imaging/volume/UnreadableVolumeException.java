package org.medvilam.imaging.volume;

import org.jspecify.annotations.Nullable;
import org.medvilam.imaging.UnreadableMediaException;

/**
 * A volume that cannot be used; the message names the file, what was expected and what was found,
 * and repeats no free text of a header.
 */
public final class UnreadableVolumeException extends UnreadableMediaException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param reason short stable key: {@code missing-file}, {@code unsafe-path}, {@code
   *     unknown-format}, {@code unsupported-volume}, {@code unreadable-volume}, {@code
   *     truncated-volume} or {@code volume-too-large}
   * @param message file, what was expected and what was found
   */
  public UnreadableVolumeException(String reason, String message) {
    this(reason, message, null);
  }

  /** Creates the exception with what a decoder said. */
  public UnreadableVolumeException(String reason, String message, @Nullable Throwable cause) {
    super(reason, message, cause);
  }

  /** A file that breaks the rules of its format. */
  static UnreadableVolumeException broken(String path, String message) {
    return new UnreadableVolumeException("unreadable-volume", path + ": " + message);
  }

  /** A file that keeps the rules of its format and is still none that the toolkit reads. */
  static UnreadableVolumeException unsupported(String path, String message) {
    return new UnreadableVolumeException("unsupported-volume", path + ": " + message);
  }

  static UnreadableVolumeException truncated(String path, String message) {
    return new UnreadableVolumeException("truncated-volume", path + ": " + message);
  }

  static UnreadableVolumeException tooLarge(String path, String message) {
    return new UnreadableVolumeException("volume-too-large", path + ": " + message);
  }
}
