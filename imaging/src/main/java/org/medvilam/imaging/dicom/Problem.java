package org.medvilam.imaging.dicom;

import org.medvilam.imaging.UnreadablePictureException;

/** The ways in which a DICOM file cannot be used; texts of the header never get into a message. */
final class Problem {
  private Problem() {}

  /** Something is there and wrong. */
  static UnreadablePictureException unreadable(String name, String message) {
    return new UnreadablePictureException("unreadable-picture", name + ": " + message);
  }

  /** Something is not there. */
  static UnreadablePictureException truncated(String name, String message) {
    return new UnreadablePictureException("truncated-picture", name + ": " + message);
  }

  /** More is declared than the toolkit decodes. */
  static UnreadablePictureException tooLarge(String name, String message) {
    return new UnreadablePictureException("picture-too-large", name + ": " + message);
  }

  /** The file may be well, but nothing here decodes it. */
  static UnreadablePictureException unsupported(String name, String message) {
    return new UnreadablePictureException("unsupported-picture", name + ": " + message);
  }
}
