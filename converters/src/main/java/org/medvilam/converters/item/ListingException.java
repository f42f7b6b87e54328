package org.medvilam.converters.item;

import java.io.IOException;

/**
 * A label file as a whole cannot be used: missing column, broken off, not of its format.
 *
 * <p>The run stops before any conversion, since nothing could tell what is lost.
 */
public final class ListingException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param file path relative to the dataset root
   * @param message what was expected, what was found, and where
   */
  public ListingException(String file, String message) {
    super(file + ": " + message);
  }

  /** Creates the exception with what a parser said. */
  public ListingException(String file, String message, Throwable cause) {
    super(file + ": " + message, cause);
  }
}
