package org.medvilam.converters.item;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.BiFunction;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.store.Store;

/** Reads the pictures of an item; whatever is wrong with one rejects the item by name. */
public final class ItemPictures {
  private ItemPictures() {}

  /**
   * Returns what a picture's header declares; the file is whole.
   *
   * @throws ItemException {@code missing-file}, or the reason of {@link Pictures#probe}
   */
  public static PictureInfo probe(Store root, String path) throws IOException {
    return read(root, path, Pictures::probe);
  }

  /**
   * Returns a mask of the size of its picture.
   *
   * @throws ItemException {@code missing-file}, {@code size-mismatch}, or the reason of {@link
   *     Pictures#mask}
   */
  public static Mask mask(Store root, String path, PictureInfo picture) throws IOException {
    Mask mask = read(root, path, Pictures::mask);
    if (mask.width() != picture.width() || mask.height() != picture.height()) {
      throw new ItemException(
          path,
          "size-mismatch",
          "expected a mask of the picture's size %dx%d, found %dx%d"
              .formatted(picture.width(), picture.height(), mask.width(), mask.height()));
    }
    return mask;
  }

  private static <T> T read(Store root, String path, BiFunction<byte[], String, T> decode)
      throws IOException {
    byte[] data;
    try {
      data = root.readAll(path);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new ItemException(path, "missing-file", "expected the file " + path + ", found none");
    }
    try {
      return decode.apply(data, path);
    } catch (UnreadablePictureException e) {
      throw new ItemException(path, e.reason(), e.getMessage());
    }
  }
}
