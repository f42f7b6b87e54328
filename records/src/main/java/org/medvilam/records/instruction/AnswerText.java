package org.medvilam.records.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridBox3d;
import org.medvilam.records.geometry.GridPoint;

/**
 * The text forms of answers, both ways: {@code parse(render(x)) = x}.
 *
 * <p>Box: {@code [x1, y1, x2, y2]}, several joined by {@code "; "}. Outline: {@code <BOS> x1,y1 …
 * <EOS>}, several joined by a blank (MedViLaM, section 4.1). 3D box: {@code center at [x, y, z],
 * box length is [a, b, c]} (section 2.1) or six corners (figure 1c).
 */
public final class AnswerText {
  private static final String NUMBER = "\\s*(\\d{1,4}(?:\\.5)?)\\s*";
  private static final Pattern BOX =
      Pattern.compile(
          "\\[\\s*(\\d{1,4})\\s*,\\s*(\\d{1,4})\\s*,\\s*(\\d{1,4})\\s*,\\s*(\\d{1,4})\\s*]");
  private static final Pattern OUTLINE = Pattern.compile("<BOS>\\s([^<]*)<EOS>");
  private static final Pattern POINT = Pattern.compile("(\\d{1,4}),(\\d{1,4})");
  private static final Pattern CENTRE =
      Pattern.compile(
          "center at \\[%1$s,%1$s,%1$s], box length is \\[%1$s,%1$s,%1$s]".formatted(NUMBER));
  private static final Pattern CORNERS =
      Pattern.compile("\\[%1$s,%1$s,%1$s,%1$s,%1$s,%1$s]".formatted(NUMBER));

  private AnswerText() {}

  /** Renders the one kind of region that an answer lists. */
  public static String of(
      List<GridBox> boxes,
      List<List<GridPoint>> outlines,
      List<GridBox3d> boxes3d,
      List<GridPoint> points) {
    List<String> parts = new ArrayList<>();
    if (!boxes.isEmpty()) {
      parts.add(boxes(boxes));
    }
    if (!outlines.isEmpty()) {
      parts.add(outlines(outlines));
    }
    if (!boxes3d.isEmpty()) {
      parts.add(centres(boxes3d));
    }
    for (GridPoint p : points) {
      parts.add("[" + p.x() + ", " + p.y() + "]");
    }
    return String.join("; ", parts);
  }

  /** Renders boxes. */
  public static String boxes(List<GridBox> boxes) {
    StringBuilder text = new StringBuilder();
    for (GridBox b : boxes) {
      text.append(text.isEmpty() ? "[" : "; [").append(b.x1()).append(", ").append(b.y1());
      text.append(", ").append(b.x2()).append(", ").append(b.y2()).append(']');
    }
    return text.toString();
  }

  /** Renders outlines. */
  public static String outlines(List<List<GridPoint>> outlines) {
    StringBuilder text = new StringBuilder();
    for (List<GridPoint> outline : outlines) {
      text.append(text.isEmpty() ? "<BOS>" : " <BOS>");
      for (GridPoint p : outline) {
        text.append(' ').append(p.x()).append(',').append(p.y());
      }
      text.append(" <EOS>");
    }
    return text.toString();
  }

  /** Renders 3D boxes as centre and length, the default. */
  public static String centres(List<GridBox3d> boxes) {
    StringBuilder text = new StringBuilder();
    for (GridBox3d b : boxes) {
      text.append(text.isEmpty() ? "" : "; ").append("center at [");
      text.append(half(b.x1() + b.x2())).append(", ").append(half(b.y1() + b.y2())).append(", ");
      text.append(half(b.z1() + b.z2())).append("], box length is [").append(b.x2() - b.x1());
      text.append(", ").append(b.y2() - b.y1()).append(", ").append(b.z2() - b.z1()).append(']');
    }
    return text.toString();
  }

  /** Renders 3D boxes as six corners. */
  public static String corners(List<GridBox3d> boxes) {
    StringBuilder text = new StringBuilder();
    for (GridBox3d b : boxes) {
      text.append(text.isEmpty() ? "[" : "; [").append(b.x1()).append(", ").append(b.y1());
      text.append(", ").append(b.z1()).append(", ").append(b.x2()).append(", ").append(b.y2());
      text.append(", ").append(b.z2()).append(']');
    }
    return text.toString();
  }

  /**
   * Reads boxes back, whole or not at all.
   *
   * @return the boxes, or empty if the text is not boxes joined by {@code ;} within 0..1000
   */
  public static Optional<List<GridBox>> parseBoxes(String text) {
    List<GridBox> boxes = new ArrayList<>();
    for (String part : text.strip().split(";", -1)) {
      Matcher m = BOX.matcher(part.strip());
      if (!m.matches() || !inGrid(m)) {
        return Optional.empty();
      }
      boxes.add(new GridBox(integer(m, 1), integer(m, 2), integer(m, 3), integer(m, 4)));
    }
    return Optional.of(List.copyOf(boxes));
  }

  /** Reads outlines back, whole or not at all; each has at least 3 points within 0..1000. */
  public static Optional<List<List<GridPoint>>> parseOutlines(String text) {
    List<List<GridPoint>> outlines = new ArrayList<>();
    Matcher m = OUTLINE.matcher(text);
    int end = 0;
    while (m.find()) {
      Optional<List<GridPoint>> points = parsePoints(m.group(1).strip());
      if (points.isEmpty() || !text.substring(end, m.start()).isBlank()) {
        return Optional.empty();
      }
      outlines.add(points.get());
      end = m.end();
    }
    boolean whole = !outlines.isEmpty() && text.substring(end).isBlank();
    return whole ? Optional.of(List.copyOf(outlines)) : Optional.empty();
  }

  /** Reads 3D boxes back in either form, whole or not at all. */
  public static Optional<List<GridBox3d>> parseBoxes3d(String text) {
    List<GridBox3d> boxes = new ArrayList<>();
    for (String part : text.strip().split(";", -1)) {
      Optional<GridBox3d> box = parseBox3d(part.strip());
      if (box.isEmpty()) {
        return Optional.empty();
      }
      boxes.add(box.get());
    }
    return Optional.of(List.copyOf(boxes));
  }

  private static Optional<GridBox3d> parseBox3d(String part) {
    Matcher corners = CORNERS.matcher(part);
    int[] v = new int[6];
    if (corners.matches()) {
      for (int i = 0; i < 6; i++) {
        v[i] = (int) decimal(corners, i + 1);
      }
    } else {
      Matcher centre = CENTRE.matcher(part);
      if (!centre.matches()) {
        return Optional.empty();
      }
      for (int i = 0; i < 3; i++) {
        v[i] = (int) Math.floor(decimal(centre, i + 1) - decimal(centre, i + 4) / 2);
        v[i + 3] = v[i] + (int) decimal(centre, i + 4);
      }
    }
    for (int coordinate : v) {
      if (coordinate < 0 || coordinate > Grid.MAX) {
        return Optional.empty();
      }
    }
    return Optional.of(new GridBox3d(v[0], v[1], v[2], v[3], v[4], v[5]));
  }

  private static Optional<List<GridPoint>> parsePoints(String text) {
    List<GridPoint> points = new ArrayList<>();
    for (String word : text.split("\\s+", -1)) {
      Matcher m = POINT.matcher(word);
      if (!m.matches() || !inGrid(m)) {
        return Optional.empty();
      }
      points.add(new GridPoint(integer(m, 1), integer(m, 2)));
    }
    return points.size() < 3 ? Optional.empty() : Optional.of(List.copyOf(points));
  }

  private static boolean inGrid(Matcher m) {
    for (int g = 1; g <= m.groupCount(); g++) {
      if (integer(m, g) > Grid.MAX) {
        return false;
      }
    }
    return true;
  }

  private static int integer(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }

  private static double decimal(Matcher m, int group) {
    return Double.parseDouble(m.group(group));
  }

  private static String half(int twice) {
    return twice % 2 == 0 ? Integer.toString(twice / 2) : twice / 2 + ".5";
  }
}
