package org.medvilam.records.store;

/** A path that leaves the root of its tree; it is never followed. */
public final class UnsafePathException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for a path. */
  public UnsafePathException(String path) {
    super("expected a relative path inside the dataset, found '" + path + "'");
  }
}
