package org.medvilam.converters.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.Table;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;

/**
 * A row of a table of LUNA16.
 *
 * @param table path of the table
 * @param number record number; the header is 1
 * @param x millimetres to the left; 0 where there is a problem, as are the others
 * @param y millimetres to the back
 * @param z millimetres upwards
 * @param diameter in millimetres
 * @param problem why it gives no nodule, or null
 */
record Luna16Row(
    String table,
    long number,
    double x,
    double y,
    double z,
    double diameter,
    @Nullable Problem problem) {
  static final String TABLE = "annotations.csv";
  static final String EXCLUDED = "annotations_excluded.csv";

  private static final List<String> COLUMNS =
      List.of("seriesuid", "coordX", "coordY", "coordZ", "diameter_mm");

  /** What stands in place of a diameter that nobody measured. */
  private static final double UNMEASURED = -1;

  /**
   * Returns the names that a table gives to the columns, of which the first is the series'; upper
   * and lower case are alike.
   */
  static List<String> columns(Table table, String path) throws ListingException {
    List<String> columns = new ArrayList<>();
    for (String column : COLUMNS) {
      List<String> found = table.header().stream().filter(column::equalsIgnoreCase).toList();
      if (found.size() != 1) {
        throw new ListingException(
            path,
            "expected the column %s once, found the header %s"
                .formatted(column, String.join(",", table.header())));
      }
      columns.add(found.get(0));
    }
    return columns;
  }

  /** Reads a row; what is wrong with it becomes its problem. */
  static Luna16Row of(String path, Table.Row cells, List<String> columns) {
    double[] numbers = new double[4];
    Problem problem =
        cells.problem() == null ? null : new Problem("wrong-columns", cells.problem());
    for (int i = 0; i < numbers.length && problem == null; i++) {
      String cell = cells.get(columns.get(i + 1));
      numbers[i] = number(cell);
      if (!Double.isFinite(numbers[i])) {
        String detail = "expected a number in %s, found '%s'".formatted(COLUMNS.get(i + 1), cell);
        problem = new Problem("bad-number", detail);
      }
    }
    if (problem != null) {
      return new Luna16Row(path, cells.number(), 0, 0, 0, 0, problem);
    }
    double diameter = numbers[3];
    Luna16Row row =
        new Luna16Row(path, cells.number(), numbers[0], numbers[1], numbers[2], diameter, null);
    return row.with(row.unusable());
  }

  private static double number(String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private @Nullable Problem unusable() {
    if (excluded()) {
      String size = diameter == UNMEASURED ? "without a diameter" : "of " + diameter + " mm";
      return new Problem(
          diameter == UNMEASURED ? "excluded-without-diameter" : "excluded-finding",
          "expected a nodule, found a finding %s that the owners exclude".formatted(size));
    }
    return diameter > 0
        ? null
        : new Problem("no-diameter", "expected a diameter above 0 mm, found " + diameter);
  }

  /** Returns rows of one series, of which those that repeat or contradict others have a problem. */
  static List<Luna16Row> compared(List<Luna16Row> rows) {
    List<Luna16Row> compared = new ArrayList<>();
    Map<List<Double>, Integer> seen = new HashMap<>();
    for (Luna16Row row : rows) {
      List<Double> point = List.of(row.x, row.y, row.z);
      Integer at = row.problem == null ? seen.putIfAbsent(point, compared.size()) : null;
      if (at == null) {
        compared.add(row);
        continue;
      }
      Luna16Row earlier = compared.get(at);
      boolean same = earlier.diameter == row.diameter;
      Problem problem =
          new Problem(
              same ? "duplicate-row" : "conflicting-rows",
              "expected one row of a point, found %s mm in %s and %s mm in %s"
                  .formatted(earlier.diameter, earlier.source(), row.diameter, row.source()));
      compared.add(row.with(problem));
      if (!same) {
        compared.set(at, earlier.with(problem));
      }
    }
    return compared;
  }

  private Luna16Row with(@Nullable Problem other) {
    return new Luna16Row(table, number, x, y, z, diameter, other);
  }

  /** Tells whether it stands in the table of findings that are no nodules by the owners' rule. */
  boolean excluded() {
    return table.endsWith(EXCLUDED);
  }

  /** Returns where it stands. */
  Source source() {
    return new Source(table, "row " + number);
  }

  /** Returns its rejection. */
  Rejection rejection(Problem why) {
    return new Rejection(
        Luna16.INFO.name(),
        Rejection.Scope.ANNOTATION,
        source().toString(),
        why.reason(),
        why.detail());
  }
}
