package org.medvilam.imaging;

/**
 * What the header of a picture declares.
 *
 * @param format lower-case format name, e.g. {@code png}
 * @param width columns of the upright picture
 * @param height rows of the upright picture
 * @param orientation how the picture is stored
 */
public record PictureInfo(String format, int width, int height, Orientation orientation) {
  /** Creates the info of a picture that is stored upright. */
  public PictureInfo(String format, int width, int height) {
    this(format, width, height, Orientation.UPRIGHT);
  }

  /** Returns the info of a picture of a stored size. */
  static PictureInfo stored(String format, int width, int height, Orientation orientation) {
    return orientation.swapsSides()
        ? new PictureInfo(format, height, width, orientation)
        : new PictureInfo(format, width, height, orientation);
  }

  /** Returns the columns as stored, before the picture is turned upright. */
  public int storedWidth() {
    return orientation.swapsSides() ? height : width;
  }

  /** Returns the rows as stored, before the picture is turned upright. */
  public int storedHeight() {
    return orientation.swapsSides() ? width : height;
  }
}
