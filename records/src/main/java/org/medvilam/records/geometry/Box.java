package org.medvilam.records.geometry;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * An axis-aligned box of the pixel-edge frame; {@code x2} and {@code y2} may equal width and
 * height.
 *
 * @param x1 left edge in pixels
 * @param y1 top edge in pixels
 * @param x2 right edge in pixels
 * @param y2 bottom edge in pixels
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"x1", "y1", "x2", "y2"})
public record Box(double x1, double y1, double x2, double y2) implements Region {

  /** Returns the box of a left-top corner and a size, as COCO, ChestX-ray14 and RSNA write it. */
  public static Box ofCornerAndSize(double x, double y, double width, double height) {
    return new Box(x, y, x + width, y + height);
  }

  /**
   * Returns the box of a classic PASCAL VOC annotation: 1-based corners, both inclusive.
   *
   * <p>The first pixel is 1, so the left edge of the box lies at {@code xmin - 1} and its right
   * edge at {@code xmax}.
   */
  public static Box ofVoc(double xmin, double ymin, double xmax, double ymax) {
    return new Box(xmin - 1, ymin - 1, xmax, ymax);
  }

  /** Returns the width in pixels; negative where the corners are swapped. */
  public double width() {
    return x2 - x1;
  }

  /** Returns the height in pixels; negative where the corners are swapped. */
  public double height() {
    return y2 - y1;
  }

  /** Returns the area in square pixels, zero for an empty box. */
  public double area() {
    return isEmpty() ? 0 : width() * height();
  }

  /** Tells whether the box covers nothing, or holds a value that is no number. */
  @JsonIgnore
  public boolean isEmpty() {
    return !(x2 > x1 && y2 > y1);
  }

  /** Returns the top-left corner. */
  public Point corner() {
    return new Point(x1, y1);
  }

  /**
   * Returns the part of this box inside an image.
   *
   * @param imageWidth image width in pixels
   * @param imageHeight image height in pixels
   * @throws GeometryException {@code empty-box} if nothing of it lies inside
   */
  public Box clampTo(double imageWidth, double imageHeight) {
    Box clamped =
        new Box(
            Math.max(0, Math.min(imageWidth, x1)),
            Math.max(0, Math.min(imageHeight, y1)),
            Math.max(0, Math.min(imageWidth, x2)),
            Math.max(0, Math.min(imageHeight, y2)));
    if (clamped.isEmpty()) {
      throw new GeometryException(
          "empty-box",
          "expected a box that covers part of the %sx%s image, found [%s, %s, %s, %s]"
              .formatted(number(imageWidth), number(imageHeight), x1, y1, x2, y2));
    }
    return clamped;
  }

  /** Returns the smallest box around this one and another. */
  public Box union(Box other) {
    return new Box(
        Math.min(x1, other.x1),
        Math.min(y1, other.y1),
        Math.max(x2, other.x2),
        Math.max(y2, other.y2));
  }

  /**
   * Returns the intersection over union with another box, 0 where neither has an area.
   *
   * <p>Plain double arithmetic, no epsilon and no extra pixel.
   */
  public double iou(Box other) {
    double w = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    double h = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    if (!(w > 0 && h > 0)) {
      return 0;
    }
    double intersection = w * h;
    return intersection / (area() + other.area() - intersection);
  }

  private static String number(double v) {
    return v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
  }
}
