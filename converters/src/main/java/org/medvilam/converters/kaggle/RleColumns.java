package org.medvilam.converters.kaggle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table of run lengths; competitions name them differently.
 *
 * @param picture column of the picture's name
 * @param runs column of the run lengths
 * @param label column of the label, or null where there is none
 * @param width column of the picture's columns, or null
 * @param height column of its rows, or null
 * @param pair whether the picture's name ends with {@code _} and the label
 */
public record RleColumns(
    String picture,
    String runs,
    @Nullable String label,
    @Nullable String width,
    @Nullable String height,
    boolean pair) {
  private static final String PAIR = "ImageId_ClassId";
  private static final List<String> PICTURES =
      List.of(PAIR, "ImageId", "image_id", "Image_Label", "img", "image", "filename", "file", "id");
  private static final List<String> RUNS =
      List.of("EncodedPixels", "encoded_pixels", "rle", "rle_mask", "mask_rle", "predicted");
  private static final List<String> LABELS =
      List.of("ClassId", "class_id", "class", "label", "category", "cell_type");

  /**
   * Finds the columns by their names, in any case.
   *
   * @return the columns, or null where the table is of another form
   */
  public static @Nullable RleColumns of(List<String> header) {
    String picture = first(header, PICTURES);
    String runs = first(header, RUNS);
    if (picture == null || runs == null) {
      return null;
    }
    return new RleColumns(
        picture,
        runs,
        first(header, LABELS),
        first(header, List.of("width", "img_width")),
        first(header, List.of("height", "img_height")),
        picture.equalsIgnoreCase(PAIR) || picture.equalsIgnoreCase("Image_Label"));
  }

  private static @Nullable String first(List<String> header, List<String> names) {
    for (String name : names) {
      for (String column : header) {
        if (column.equalsIgnoreCase(name)) {
          return column;
        }
      }
    }
    return null;
  }
}
