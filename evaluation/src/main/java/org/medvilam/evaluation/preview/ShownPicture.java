package org.medvilam.evaluation.preview;

/**
 * A picture for a page, or why there is none.
 *
 * @param type media type such as {@code image/jpeg}, empty where there is no picture
 * @param data the encoded picture
 * @param note why it cannot be shown, empty where it can
 */
@SuppressWarnings("ArrayRecordComponent") // written to the page once, and not looked into
public record ShownPicture(String type, byte[] data, String note) {
  /** Returns a picture. */
  public static ShownPicture of(String type, byte[] data) {
    return new ShownPicture(type, data, "");
  }

  /** Returns why there is none. */
  public static ShownPicture none(String note) {
    return new ShownPicture("", new byte[0], note);
  }
}
