package org.medvilam.records.geometry;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;

/**
 * A point of the pixel-edge frame.
 *
 * @param x distance from the left edge in pixels
 * @param y distance from the top edge in pixels
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"x", "y"})
public record Point(double x, double y) implements Region {
  /** Nearest to the origin first: smaller x²+y², then smaller x, then smaller y. */
  public static final Comparator<Point> BY_DISTANCE_FROM_ORIGIN =
      Comparator.comparingDouble((Point p) -> p.x * p.x + p.y * p.y)
          .thenComparingDouble(Point::x)
          .thenComparingDouble(Point::y);
}
