package org.medvilam.records.store;

/**
 * Storage that fails where a file is, or may be: a disk's error, a server that refuses or does not
 * answer after all that its client tried.
 *
 * <p>It says nothing of the file, so whoever turns what is wrong with a file into a rejection must
 * let it pass. It is no {@link java.io.IOException}, so that code which reads files need not know.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception for a place.
   *
   * @param place the file or folder, as users name it
   * @param cause what the storage or its client said
   */
  public StoreUnavailableException(String place, Exception cause) {
    super(
        "expected an answer of the storage on %s, found: %s; check the storage and the way to it, and start again"
            .formatted(place, firstLine(cause)),
        cause);
  }

  private static String firstLine(Exception cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message).strip();
  }
}
