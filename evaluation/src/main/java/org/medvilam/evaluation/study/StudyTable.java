package org.medvilam.evaluation.study;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.report.Format;
import org.medvilam.evaluation.score.Interval;
import org.medvilam.evaluation.statistic.Proportion;

/**
 * A table of the result, for the page and for the terminal.
 *
 * @param heading what it is about
 * @param texts how many columns, from the left, are words
 * @param header names of the columns
 * @param rows the rows
 * @param notes how to read it
 */
record StudyTable(
    String heading, int texts, List<String> header, List<Row> rows, List<String> notes) {

  /**
   * A row.
   *
   * @param cells one for each column
   * @param plot a proportion drawn beside them, or null
   */
  record Row(List<String> cells, @Nullable Plot plot) {
    static Row of(String... cells) {
      return new Row(List.of(cells), null);
    }
  }

  /** A proportion and its Wilson interval on a line of 100 units. */
  record Plot(String low, String high, String at) {
    static @Nullable Plot of(Proportion p) {
      Interval interval = p.wilson95();
      return interval == null || p.proportion() == null
          ? null
          : new Plot(
              Format.coordinate(100 * interval.low()),
              Format.coordinate(100 * interval.high()),
              Format.coordinate(100 * p.proportion()));
    }
  }

  /** A cell of the page. */
  record Cell(String text, boolean word) {}

  /** Tells whether rows are drawn. */
  boolean plotted() {
    return rows.stream().anyMatch(r -> r.plot != null);
  }

  /** Returns the names of the columns after the first. */
  List<Cell> columns() {
    return cells(header);
  }

  /** Returns the rows as the page's template takes them. */
  List<Line> lines() {
    return rows.stream().map(r -> new Line(r.cells.get(0), cells(r.cells), r.plot)).toList();
  }

  /** A row of the page: its name, the other cells, and a drawing. */
  record Line(String name, List<Cell> cells, @Nullable Plot plot) {}

  private List<Cell> cells(List<String> row) {
    return IntStream.range(1, row.size()).mapToObj(i -> new Cell(row.get(i), i < texts)).toList();
  }

  /** Returns the table as aligned text. */
  String text() {
    int[] widths = header.stream().mapToInt(String::length).toArray();
    for (Row row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.cells.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder(heading).append('\n');
    line(text, header, widths);
    rows.forEach(row -> line(text, row.cells, widths));
    notes.forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String fill = " ".repeat(widths[i] - cells.get(i).length());
      line.append("  ").append(i < texts ? cells.get(i) + fill : fill + cells.get(i));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
