package org.medvilam.converters.item;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.BiFunction;
import org.medvilam.imaging.LabelPicture;
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
    return decode(bytes(root, path), path, Pictures::probe);
  }

  /**
   * Returns a mask of the size of its picture.
   *
   * @throws ItemException {@code missing-file}, {@code size-mismatch}, or the reason of {@link
   *     Pictures#mask}
   */
  public static Mask mask(Store root, String path, PictureInfo picture) throws IOException {
    return sized(decode(bytes(root, path), path, Pictures::mask), path, picture);
  }

  /**
   * Returns a mask of everything that is not black, of the size of its picture.
   *
   * @throws ItemException {@code missing-file}, {@code size-mismatch}, or the reason of {@link
   *     Pictures#painted}
   */
  public static Mask painted(Store root, String path, PictureInfo picture) throws IOException {
    return sized(decode(bytes(root, path), path, Pictures::painted), path, picture);
  }

  /**
   * Returns a picture of label colours, of the size of its picture.
   *
   * @param data the whole file, e.g. of {@link #bytes}
   * @param path its path, for messages
   * @throws ItemException {@code size-mismatch}, or the reason of {@link Pictures#labelColours}
   */
  public static LabelPicture labelColours(byte[] data, String path, PictureInfo picture) {
    LabelPicture labels = decode(data, path, Pictures::labelColours);
    checkSize(labels.width(), labels.height(), path, picture);
    return labels;
  }

  /**
   * Returns a picture of label numbers, of the size of its picture.
   *
   * @throws ItemException {@code missing-file}, {@code size-mismatch}, or the reason of {@link
   *     Pictures#labelNumbers}
   */
  public static LabelPicture labelNumbers(Store root, String path, PictureInfo picture)
      throws IOException {
    LabelPicture labels = decode(bytes(root, path), path, Pictures::labelNumbers);
    checkSize(labels.width(), labels.height(), path, picture);
    return labels;
  }

  /**
   * Returns a whole file.
   *
   * @throws ItemException {@code missing-file}
   */
  public static byte[] bytes(Store root, String path) throws IOException {
    try {
      return root.readAll(path);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new ItemException(path, "missing-file", "expected the file " + path + ", found none");
    }
  }

  private static Mask sized(Mask mask, String path, PictureInfo picture) {
    checkSize(mask.width(), mask.height(), path, picture);
    return mask;
  }

  private static void checkSize(int width, int height, String path, PictureInfo picture) {
    if (width != picture.width() || height != picture.height()) {
      throw new ItemException(
          path,
          "size-mismatch",
          "expected a mask of the picture's size %dx%d, found %dx%d%s"
              .formatted(
                  picture.width(),
                  picture.height(),
                  width,
                  height,
                  PictureCheck.turned(picture, width, height)));
    }
  }

  private static <T> T decode(byte[] data, String path, BiFunction<byte[], String, T> decode) {
    try {
      return decode.apply(data, path);
    } catch (UnreadablePictureException e) {
      throw new ItemException(path, e.reason(), e.getMessage());
    }
  }
}
