package org.medvilam.converters.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.Table;
import org.medvilam.records.geometry.Box;

/**
 * A row of {@code stage_2_train_labels.csv}: one box, or the word that there is none.
 *
 * @param number of the row; the header is 1
 * @param opacity whether {@code Target} says that there is a lung opacity
 * @param box its box in pixels, or null where there is none
 * @param problem why the row cannot be used, or null
 */
record RsnaPneumoniaRow(
    long number, boolean opacity, @Nullable Box box, @Nullable Problem problem) {
  static final String ID = "patientId";
  static final List<String> BOX = List.of("x", "y", "width", "height");
  static final String TARGET = "Target";

  /** A short stable key, and what was expected and found. */
  record Problem(String reason, String detail) {}

  /** Reads a row. */
  static RsnaPneumoniaRow of(Table.Row cells) {
    if (cells.problem() != null) {
      return broken(cells, "wrong-columns", cells.problem());
    }
    String target = cells.get(TARGET);
    if (!target.equals("0") && !target.equals("1")) {
      return broken(
          cells, "bad-number", "expected 0 or 1 in %s, found '%s'".formatted(TARGET, target));
    }
    boolean opacity = target.equals("1");
    List<String> numbers = BOX.stream().map(cells::get).toList();
    boolean blank = numbers.stream().allMatch(String::isEmpty);
    if (opacity == blank) {
      return broken(
          cells,
          "conflicting-cells",
          "expected a box where Target is 1 and none where it is 0, found Target %s and '%s'"
              .formatted(target, String.join(",", numbers)));
    }
    return blank ? new RsnaPneumoniaRow(cells.number(), false, null, null) : ofBox(cells, numbers);
  }

  private static RsnaPneumoniaRow ofBox(Table.Row cells, List<String> numbers) {
    try {
      double[] n = numbers.stream().mapToDouble(Double::parseDouble).toArray();
      Box box = Box.ofCornerAndSize(n[0], n[1], n[2], n[3]);
      if (Double.isFinite(box.x2()) && Double.isFinite(box.y2())) {
        return new RsnaPneumoniaRow(cells.number(), true, box, null);
      }
    } catch (NumberFormatException e) {
      // Ends below, as numbers that are not finite do.
    }
    return broken(
        cells,
        "bad-number",
        "expected numbers in %s, found '%s'"
            .formatted(String.join(", ", BOX), String.join(",", numbers)));
  }

  private static RsnaPneumoniaRow broken(Table.Row cells, String reason, String detail) {
    return new RsnaPneumoniaRow(cells.number(), false, null, new Problem(reason, detail));
  }

  /** Returns the row as one that repeats another. */
  RsnaPneumoniaRow repeating(RsnaPneumoniaRow first) {
    String detail =
        "expected each row once, found in %s what %s says".formatted(position(), first.position());
    return new RsnaPneumoniaRow(number, opacity, box, new Problem("duplicate-row", detail));
  }

  /** Tells whether two rows say the same. */
  boolean same(RsnaPneumoniaRow other) {
    return opacity == other.opacity && (box == null ? other.box == null : box.equals(other.box));
  }

  /** Returns the position in the table. */
  String position() {
    return "row " + number;
  }
}
