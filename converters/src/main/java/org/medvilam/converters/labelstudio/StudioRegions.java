package org.medvilam.converters.labelstudio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;

/** The regions of results: percent of the picture's width and height. */
public final class StudioRegions {
  private static final double PERCENT = 100;

  private StudioRegions() {}

  /** Returns a box, an outline or a mask. */
  public static List<Region> of(
      Shape shape, int width, int height, Consumer<GeometryException> parts) {
    JsonNode v = shape.value();
    double turned = v.has("rotation") ? ShapeNumbers.number(v, "rotation") : 0;
    switch (shape.type()) {
      case "rectangle", "rectanglelabels" -> {
        if (turned != 0) {
          throw ShapeNumbers.rotated(turned);
        }
        return List.of(
            Box.ofCornerAndSize(
                part(v, "x", width),
                part(v, "y", height),
                part(v, "width", width),
                part(v, "height", height)));
      }
      case "polygon", "polygonlabels" -> {
        return List.of(Polygon.of(ring(v.path("points"), width, height)));
      }
      case "ellipse", "ellipselabels" -> {
        Point centre = new Point(part(v, "x", width), part(v, "y", height));
        double rx = part(v, "radiusX", width);
        double ry = part(v, "radiusY", height);
        return List.of(Polygon.of(ShapeNumbers.ellipse(centre, rx, ry, turned)));
      }
      case "brush", "brushlabels" -> {
        return List.of(new MaskRegion(BrushRle.decode(bytes(v), width, height), false));
      }
      default -> throw ShapeNumbers.unsupported(shape.type());
    }
  }

  private static double part(JsonNode v, String name, int side) {
    return ShapeNumbers.number(v, name) / PERCENT * side;
  }

  private static Ring ring(JsonNode points, int width, int height) {
    double[] xy = new double[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      xy[2 * i] = points.get(i).path(0).asDouble(Double.NaN) / PERCENT * width;
      xy[2 * i + 1] = points.get(i).path(1).asDouble(Double.NaN) / PERCENT * height;
    }
    return ShapeNumbers.ring(xy);
  }

  private static byte[] bytes(JsonNode v) {
    JsonNode list = v.path("rle");
    if (!v.path("format").asText("rle").equals("rle") || !list.isArray()) {
      throw new GeometryException("bad-rle", "expected a list of bytes, found another form");
    }
    byte[] data = new byte[list.size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) list.get(i).intValue();
    }
    return data;
  }
}
