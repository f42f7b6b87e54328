package org.medvilam.converters.item;

import java.io.IOException;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.records.store.Store;

/** Compares pictures with what label files say of them. */
public final class PictureCheck {
  private PictureCheck() {}

  /**
   * Checks that a picture is whole and of the stated size; nothing is decoded.
   *
   * @param path picture, relative to the root
   * @param width columns that the label file states
   * @param height rows that the label file states
   * @throws ItemException {@code missing-file}, {@code size-mismatch}, or what is wrong with the
   *     picture
   */
  public static void sameSize(Store root, String path, int width, int height) throws IOException {
    sameSize(ItemPictures.probe(root, path), path, width, height);
  }

  /**
   * Checks that a picture is of the stated size.
   *
   * @param picture what its header declares
   * @param path its path, for messages
   * @param width columns that the label file states
   * @param height rows that the label file states
   * @throws ItemException {@code size-mismatch}
   */
  public static void sameSize(PictureInfo picture, String path, int width, int height) {
    if (picture.width() != width || picture.height() != height) {
      throw new ItemException(
          path,
          "size-mismatch",
          "expected a picture of the size in the label file %dx%d, found %dx%d%s"
              .formatted(
                  width,
                  height,
                  picture.width(),
                  picture.height(),
                  turned(picture, width, height)));
    }
  }

  /** Says so where labels of a size speak of the picture as stored, not of the upright one. */
  static String turned(PictureInfo picture, int width, int height) {
    boolean asStored = width == picture.storedWidth() && height == picture.storedHeight();
    return picture.orientation().swapsSides() && asStored
        ? "; the picture is stored as %dx%d with EXIF orientation %d, and labels must be of the upright one"
            .formatted(width, height, picture.orientation().exif())
        : "";
  }
}
