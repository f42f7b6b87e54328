package org.medvilam.converters.via;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;

/** The regions of shapes: pixels of the picture, counted from its corner, as they stand. */
public final class ViaRegions {
  private ViaRegions() {}

  /** Returns a box or an outline; {@code theta} of an ellipse is in radians, clockwise. */
  public static List<Region> of(
      Shape shape, int width, int height, Consumer<GeometryException> parts) {
    JsonNode v = shape.value();
    return switch (shape.type()) {
      case "rect" ->
          List.of(
              Box.ofCornerAndSize(
                  number(v, "x"), number(v, "y"), number(v, "width"), number(v, "height")));
      case "circle" -> ellipse(v, number(v, "r"), number(v, "r"), 0);
      case "ellipse" ->
          ellipse(v, number(v, "rx"), number(v, "ry"), v.has("theta") ? number(v, "theta") : 0);
      case "polygon" -> List.of(Polygon.of(ring(v)));
      default -> throw ShapeNumbers.unsupported(shape.type());
    };
  }

  private static double number(JsonNode shape, String name) {
    return ShapeNumbers.number(shape, name);
  }

  private static List<Region> ellipse(JsonNode v, double rx, double ry, double theta) {
    Point centre = new Point(number(v, "cx"), number(v, "cy"));
    return List.of(Polygon.of(ShapeNumbers.ellipse(centre, rx, ry, Math.toDegrees(theta))));
  }

  private static Ring ring(JsonNode v) {
    JsonNode xs = v.path("all_points_x");
    JsonNode ys = v.path("all_points_y");
    if (xs.size() != ys.size()) {
      throw new GeometryException(
          "odd-ring", "expected as many x as y, found %d and %d".formatted(xs.size(), ys.size()));
    }
    double[] xy = new double[2 * xs.size()];
    for (int i = 0; i < xs.size(); i++) {
      xy[2 * i] = xs.get(i).asDouble(Double.NaN);
      xy[2 * i + 1] = ys.get(i).asDouble(Double.NaN);
    }
    return ShapeNumbers.ring(xy);
  }
}
