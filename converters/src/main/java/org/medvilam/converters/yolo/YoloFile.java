package org.medvilam.converters.yolo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.SmallFiles;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.records.store.Store;

/**
 * The label file of a picture.
 *
 * @param lines its lines that are not blank, each with its place
 */
public record YoloFile(List<Line> lines) {
  private static final int MAX_BYTES = 8 << 20;
  private static final int BOX = 5;
  private static final int QUAD = 9;
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Copies the list. */
  public YoloFile {
    lines = List.copyOf(lines);
  }

  /**
   * A line.
   *
   * @param number its place in the file, counted from 1
   * @param cells class and numbers, as they stand
   */
  public record Line(int number, List<String> cells) {
    /** Copies the list. */
    public Line {
      cells = List.copyOf(cells);
    }

    /** Tells whether the line is an index and at least four fractions. */
    boolean looksRight() {
      return cells.size() >= BOX
          && index() >= 0
          && cells.stream()
              .skip(1)
              .mapToDouble(ShapeNumbers::parsed)
              .allMatch(v -> v >= -0.5 && v <= 1.5);
    }

    /** Tells whether the line is an outline that cannot be a turned box. */
    boolean isOutline() {
      return cells.size() > BOX + 1 && cells.size() % 2 == 1 && cells.size() != QUAD;
    }

    private int index() {
      double value = ShapeNumbers.parsed(cells.get(0));
      return value >= 0 && value == (int) value ? (int) value : -1;
    }
  }

  /**
   * Reads a file.
   *
   * @throws ItemException {@code missing-file} or {@code file-too-large}
   */
  public static YoloFile read(Store root, String path) throws IOException {
    String text = new String(SmallFiles.read(root, path, MAX_BYTES), StandardCharsets.UTF_8);
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.replace("\uFEFF", "").lines().toList()) {
      number++;
      if (!line.isBlank()) {
        lines.add(new Line(number, List.of(BLANKS.split(line.strip(), -1))));
      }
    }
    return new YoloFile(lines);
  }

  /** Tells whether the first line is one of a label file. */
  public boolean looksRight() {
    return !lines.isEmpty() && lines.get(0).looksRight();
  }

  /** Tells whether a line is an outline that cannot be a turned box. */
  public boolean hasOutlines() {
    return lines.stream().anyMatch(Line::isOutline);
  }

  /**
   * Returns the things of the picture.
   *
   * @param names names of the classes
   * @param outlines whether four points are an outline, not a turned box
   */
  public List<Shape> shapes(List<String> names, boolean outlines) {
    return lines.stream().map(l -> shape(l, names, outlines)).toList();
  }

  private static Shape shape(Line line, List<String> names, boolean outlines) {
    String position = "line " + line.number;
    int index = line.index();
    String label = index >= 0 && index < names.size() ? names.get(index) : null;
    int size = line.cells.size();
    if (label == null) {
      String detail =
          "expected a class from 0 to %d, found '%s'".formatted(names.size() - 1, shown(line));
      return Shape.broken(position, null, new Problem("unknown-class", detail));
    }
    if (size == QUAD && !outlines) {
      String detail = "expected a box or an outline, found 4 points: an outline or a turned box";
      return Shape.broken(position, label, new Problem("ambiguous-quad", detail));
    }
    if (size != BOX && !line.isOutline() && size != QUAD) {
      String detail = "expected 5 numbers, or 7 and more in pairs, found " + size;
      return Shape.broken(position, label, new Problem("bad-line", detail));
    }
    double[] numbers = line.cells.stream().skip(1).mapToDouble(ShapeNumbers::parsed).toArray();
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        String detail = "expected numbers, found a cell that is none";
        return Shape.broken(position, label, new Problem("not-a-number", detail));
      }
    }
    return Shape.of(position, label, size == BOX ? "box" : "polygon", numbers);
  }

  private static String shown(Line line) {
    String cell = line.cells.get(0);
    return cell.length() > 20 ? cell.substring(0, 20) + "…" : cell;
  }
}
