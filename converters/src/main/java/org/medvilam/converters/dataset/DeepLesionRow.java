package org.medvilam.converters.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.Table;
import org.medvilam.records.Split;

/**
 * One row of DeepLesion's table.
 *
 * @param fileName name of the picture, as it stands
 * @param number record number; the header is 1
 * @param box four numbers, 1-based, as they stand; empty where there is a problem
 * @param cross ends of the long and of the short axis, x and y in turn, 1-based, as they stand;
 *     empty where there is a problem
 * @param type name of the coarse lesion type
 * @param noisy whether the owners leave the row out
 * @param picture what the row says of its picture, or null where there is a problem
 * @param problem why the row cannot be read, or null
 */
record DeepLesionRow(
    String fileName,
    long number,
    List<Double> box,
    List<Double> cross,
    String type,
    boolean noisy,
    @Nullable Picture picture,
    @Nullable Problem problem) {
  /** Columns that are read. */
  static final List<String> COLUMNS =
      List.of(
          "File_name",
          "Patient_index",
          "Key_slice_index",
          "Measurement_coordinates",
          "Bounding_boxes",
          "Coarse_lesion_type",
          "Possibly_noisy",
          "Slice_range",
          "Spacing_mm_px_",
          "Image_size",
          "DICOM_windows",
          "Train_Val_Test");

  /** The type of every lesion of the training part, which the owners did not tell apart. */
  private static final String UNKNOWN = "unknown";

  private static final Pattern FILE_NAME = Pattern.compile("\\d{6}_\\d{2}_\\d{2}_\\d{3,4}\\.png");
  private static final int STORED_ZERO = 32768;
  private static final Map<Integer, String> TYPES =
      Map.of(
          -1,
          UNKNOWN,
          1,
          "bone",
          2,
          "abdomen",
          3,
          "mediastinum",
          4,
          "liver",
          5,
          "lung",
          6,
          "kidney",
          7,
          "soft tissue",
          8,
          "pelvis");

  /** Types whose standard label is not their name before "lesion". */
  private static final Map<String, String> LABELS =
      Map.of(
          "abdomen", "abdominal lesion",
          "mediastinum", "mediastinal lesion",
          "pelvis", "pelvic lesion");

  private static final Map<Integer, Split> SPLITS =
      Map.of(1, Split.TRAIN, 2, Split.VALIDATION, 3, Split.TEST);

  /**
   * Why a row cannot be used.
   *
   * @param reason short stable key
   * @param detail what was expected and what was found
   */
  record Problem(String reason, String detail) {}

  /**
   * What a row says of its picture.
   *
   * @param patient index of the patient
   * @param split the owners' part
   * @param slice index of the slice in its series, as in the file name
   * @param first index of the first slice that the owners hand out around this one
   * @param last index of the last one
   * @param spacingMm size of a voxel in x, y, z
   * @param width columns
   * @param height rows
   * @param low Hounsfield units shown as black
   * @param high Hounsfield units shown as white
   */
  record Picture(
      int patient,
      Split split,
      int slice,
      int first,
      int last,
      List<Double> spacingMm,
      int width,
      int height,
      double low,
      double high) {

    /** Returns the stored value shown as black: Hounsfield units plus 32768. */
    double storedLow() {
      return low + STORED_ZERO;
    }

    /** Returns the stored value shown as white: Hounsfield units plus 32768. */
    double storedHigh() {
      return high + STORED_ZERO;
    }

    /** Returns in words what rows of one picture must agree in. */
    String key() {
      return "patient %d, %s, slice %d, %dx%d"
          .formatted(patient, split.key(), slice, width, height);
    }
  }

  /** A cell that breaks the format. */
  private static final class CellException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    CellException(String reason, String message) {
      super(message);
      this.reason = reason;
    }
  }

  /** Tells whether a name is that of a picture of the dataset. */
  static boolean isFileName(String name) {
    return FILE_NAME.matcher(name).matches();
  }

  /** Reads a row. */
  static DeepLesionRow of(Table.Row cells) {
    String fileName = cells.get("File_name");
    if (cells.problem() != null) {
      return broken(fileName, cells.number(), "wrong-columns", cells.problem());
    }
    try {
      String type = choice(cells, "Coarse_lesion_type", TYPES, "unknown-type");
      boolean noisy = choice(cells, "Possibly_noisy", Map.of(0, false, 1, true), "bad-number");
      List<Double> box = numbers(cells, "Bounding_boxes", 4);
      List<Double> cross = numbers(cells, "Measurement_coordinates", 8);
      Picture picture = picture(cells);
      return new DeepLesionRow(fileName, cells.number(), box, cross, type, noisy, picture, null);
    } catch (CellException e) {
      return broken(fileName, cells.number(), e.reason, e.getMessage());
    }
  }

  /** Returns a row that cannot be read. */
  private static DeepLesionRow broken(String fileName, long number, String reason, String detail) {
    Problem problem = new Problem(reason, detail);
    return new DeepLesionRow(fileName, number, List.of(), List.of(), UNKNOWN, false, null, problem);
  }

  private static Picture picture(Table.Row cells) {
    List<Double> size = numbers(cells, "Image_size", 2);
    List<Double> window = numbers(cells, "DICOM_windows", 2);
    int width = size.get(0).intValue();
    int height = size.get(1).intValue();
    List<Double> range = numbers(cells, "Slice_range", 2);
    if (width < 1 || height < 1 || width != size.get(0) || height != size.get(1)) {
      throw bad("Image_size", "two whole numbers of at least 1", cells.get("Image_size"));
    }
    if (window.get(1) <= window.get(0)) {
      throw bad("DICOM_windows", "a lower and a greater number", cells.get("DICOM_windows"));
    }
    return new Picture(
        whole(cells, "Patient_index"),
        choice(cells, "Train_Val_Test", SPLITS, "unknown-split"),
        whole(cells, "Key_slice_index"),
        range.get(0).intValue(),
        range.get(1).intValue(),
        numbers(cells, "Spacing_mm_px_", 3),
        width,
        height,
        window.get(0),
        window.get(1));
  }

  private static <T> T choice(
      Table.Row cells, String column, Map<Integer, T> choices, String reason) {
    T chosen = choices.get(whole(cells, column));
    if (chosen == null) {
      throw new CellException(
          reason,
          "expected one of %s in %s, found '%s'"
              .formatted(choices.keySet().stream().sorted().toList(), column, cells.get(column)));
    }
    return chosen;
  }

  private static int whole(Table.Row cells, String column) {
    double number = numbers(cells, column, 1).get(0);
    if (number != (int) number) {
      throw bad(column, "a whole number", cells.get(column));
    }
    return (int) number;
  }

  private static List<Double> numbers(Table.Row cells, String column, int count) {
    String cell = cells.get(column);
    List<Double> numbers = new ArrayList<>();
    for (String word : cell.split(",", -1)) {
      try {
        numbers.add(Double.parseDouble(word.strip()));
      } catch (NumberFormatException e) {
        throw bad(column, count == 1 ? "a number" : count + " numbers", cell);
      }
    }
    if (numbers.size() != count) {
      throw new CellException(
          "wrong-length",
          "expected %d numbers in %s, found %d: '%s'"
              .formatted(count, column, numbers.size(), cell));
    }
    if (!numbers.stream().allMatch(Double::isFinite)) {
      throw bad(column, "finite numbers", cell);
    }
    return numbers;
  }

  private static CellException bad(String column, String expected, String cell) {
    return new CellException(
        "bad-number", "expected %s in %s, found '%s'".formatted(expected, column, cell));
  }

  /** Returns why the row gives no finding, or null. */
  @Nullable Problem unusable() {
    return problem == null && noisy
        ? new Problem(
            "possibly-noisy", "expected Possibly_noisy 0, found 1; the owners leave such rows out")
        : problem;
  }

  /** Returns the standard label of a lesion of this type, or null where the type is not known. */
  @Nullable String typedLabel() {
    return type.equals(UNKNOWN) ? null : LABELS.getOrDefault(type, type + " lesion");
  }

  /** Returns the position in the table. */
  String position() {
    return "row " + number;
  }
}
