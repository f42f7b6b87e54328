package org.medvilam.converters.labelled;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.medvilam.records.geometry.EllipseCurve;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Ring;

/** Reads the numbers of shapes; what is no number rejects the shape by name. */
public final class ShapeNumbers {
  private static final int LEAST_NUMBERS = 6;

  private ShapeNumbers() {}

  /**
   * Returns a number, which may be written as text.
   *
   * @throws GeometryException {@code not-a-number}
   */
  public static double number(JsonNode shape, String name) {
    JsonNode node = shape.path(name);
    double value = Double.NaN;
    if (node.isNumber()) {
      value = node.doubleValue();
    } else if (node.isTextual()) {
      value = parsed(node.textValue());
    }
    if (!Double.isFinite(value)) {
      throw new GeometryException(
          "not-a-number", "expected a number %s, found %s".formatted(name, shown(node)));
    }
    return value;
  }

  /** Returns the number that a text writes, or NaN. */
  public static double parsed(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns a whole number of a size, or 0 where there is none. */
  public static int size(JsonNode node) {
    double value = node.isTextual() ? parsed(node.textValue()) : node.asDouble(0);
    return value >= 1 && value <= Integer.MAX_VALUE && value == Math.rint(value) ? (int) value : 0;
  }

  /**
   * Returns the outline of a flat list {@code x1, y1, x2, y2, ...}.
   *
   * @throws GeometryException {@code short-ring} of fewer than three points, {@code odd-ring}
   */
  public static Ring ring(double... xy) {
    if (xy.length < LEAST_NUMBERS) {
      throw new GeometryException(
          "short-ring", "expected an outline of at least 3 points, found " + xy.length / 2);
    }
    return Ring.ofFlat(xy);
  }

  /**
   * Returns the outline of an ellipse.
   *
   * @param degrees rotation, clockwise on screen
   * @throws GeometryException {@code empty-ellipse} where a half axis is not positive
   */
  public static Ring ellipse(Point centre, double rx, double ry, double degrees) {
    if (!(rx > 0 && ry > 0)) {
      throw new GeometryException(
          "empty-ellipse", "expected half axes above 0, found %s and %s".formatted(rx, ry));
    }
    return EllipseCurve.of(centre, rx, ry, degrees);
  }

  /**
   * Returns a crop at its place in a picture; what lies outside is cut off.
   *
   * @param crop the pixels
   * @param left column of the crop's first one
   * @param top row of the crop's first one
   * @throws GeometryException {@code too-large} if the picture has more pixels than a mask may have
   */
  public static Mask placed(Mask crop, long left, long top, int width, int height) {
    if ((long) width * height > Mask.MAX_PIXELS) {
      throw new GeometryException(
          "too-large",
          "expected a picture of at most %d pixels, found %d x %d"
              .formatted(Mask.MAX_PIXELS, width, height));
    }
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < crop.height(); y++) {
      for (int x = 0; x < crop.width(); x++) {
        long column = left + x;
        long row = top + y;
        if (crop.get(x, y) && column >= 0 && column < width && row >= 0 && row < height) {
          pixels[(int) row * width + (int) column] = 1;
        }
      }
    }
    return new Mask(width, height, pixels);
  }

  /** Returns the exception of a shape that has no region of ours, such as a line. */
  public static GeometryException unsupported(String type) {
    return new GeometryException(
        "unsupported-shape",
        "expected a box, an outline or a mask, found '%s'"
            .formatted(type.toLowerCase(Locale.ROOT)));
  }

  /** Returns the exception of a box that does not lie along the axes. */
  public static GeometryException rotated(double degrees) {
    return new GeometryException(
        "rotated-box",
        "expected a box along the axes, found one turned by " + degrees + " degrees");
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
