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
    PictureInfo picture = ItemPictures.probe(root, path);
    if (picture.width() != width || picture.height() != height) {
      throw new ItemException(
          path,
          "size-mismatch",
          "expected a picture of the size in the label file %dx%d, found %dx%d"
              .formatted(width, height, picture.width(), picture.height()));
    }
  }
}
