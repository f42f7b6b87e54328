package org.medvilam.evaluation.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Ring;

/** Finds boxes and outlines of any number format in an answer, without judging their range. */
final class ForeignAnswer {
  private static final String NUMBER =
      "\\s*(-?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d{1,3})?)\\s*";
  private static final Pattern BOX =
      Pattern.compile(
          "\\[%1$s,%1$s,%1$s,%1$s]|\\(%1$s,%1$s\\)\\s*,\\s*\\(%1$s,%1$s\\)".formatted(NUMBER));
  private static final Pattern OUTLINE = Pattern.compile("<BOS>([^<]*)<EOS>");
  private static final Pattern POINT = Pattern.compile("%1$s,%1$s".formatted(NUMBER));
  private static final int CORNERS = 4;

  private ForeignAnswer() {}

  /** Returns every box written as {@code [x1, y1, x2, y2]} or {@code (x1,y1),(x2,y2)}. */
  static List<Box> boxes(String text) {
    List<Box> boxes = new ArrayList<>();
    Matcher m = BOX.matcher(text);
    while (m.find()) {
      int first = m.group(1) != null ? 1 : 1 + CORNERS;
      boxes.add(
          new Box(
              number(m, first), number(m, first + 1), number(m, first + 2), number(m, first + 3)));
    }
    return boxes;
  }

  /** Returns every outline of at least 3 points written as {@code <BOS> x,y … <EOS>}. */
  static List<Ring> outlines(String text) {
    List<Ring> outlines = new ArrayList<>();
    Matcher m = OUTLINE.matcher(text);
    while (m.find()) {
      Matcher point = POINT.matcher(m.group(1));
      List<Double> flat = new ArrayList<>();
      while (point.find()) {
        flat.add(number(point, 1));
        flat.add(number(point, 2));
      }
      if (flat.size() >= 6) {
        outlines.add(Ring.ofFlat(flat.stream().mapToDouble(Double::doubleValue).toArray()));
      }
    }
    return outlines;
  }

  private static double number(Matcher m, int group) {
    return Double.parseDouble(m.group(group));
  }
}
