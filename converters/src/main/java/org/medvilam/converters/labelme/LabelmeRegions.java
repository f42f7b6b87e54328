package org.medvilam.converters.labelme;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;

/**
 * The regions of shapes: edge coordinates as they stand.
 *
 * <p>A {@code rectangle} has two opposite corners in any order, a {@code circle} its centre and a
 * point on its rim, a {@code mask} the picture of a crop whose first pixel lies at the rounded
 * first corner.
 */
public final class LabelmeRegions {
  private LabelmeRegions() {}

  /** Returns a box, an outline or a mask. */
  public static List<Region> of(
      Shape shape, int width, int height, Consumer<GeometryException> parts) {
    JsonNode first = shape.value().get(0);
    double[] xy = points(first);
    switch (shape.type()) {
      case "polygon" -> {
        List<Ring> rings = new ArrayList<>();
        shape.value().forEach(p -> rings.add(ShapeNumbers.ring(points(p))));
        return List.of(new Polygon(rings));
      }
      case "rectangle" -> {
        needs(xy.length == 4, "2 corners", xy);
        return List.of(
            new Box(
                Math.min(xy[0], xy[2]),
                Math.min(xy[1], xy[3]),
                Math.max(xy[0], xy[2]),
                Math.max(xy[1], xy[3])));
      }
      case "circle" -> {
        needs(xy.length == 4, "a centre and a rim", xy);
        double radius = Math.hypot(xy[2] - xy[0], xy[3] - xy[1]);
        return List.of(
            Polygon.of(ShapeNumbers.ellipse(new Point(xy[0], xy[1]), radius, radius, 0)));
      }
      case "mask" -> {
        needs(xy.length == 4, "2 corners", xy);
        Mask crop = crop(first.path("mask").asText(""));
        long left = Math.round(xy[0]);
        long top = Math.round(xy[1]);
        return List.of(new MaskRegion(ShapeNumbers.placed(crop, left, top, width, height), false));
      }
      default -> throw ShapeNumbers.unsupported(shape.type());
    }
  }

  private static Mask crop(String base64) {
    try {
      return Pictures.painted(Base64.getDecoder().decode(base64), "mask");
    } catch (IllegalArgumentException e) {
      throw new GeometryException("bad-mask", "expected a picture in Base64, found none");
    } catch (UnreadablePictureException e) {
      throw new GeometryException(e.reason(), e.getMessage());
    }
  }

  private static void needs(boolean right, String expected, double[] xy) {
    if (!right) {
      throw new GeometryException(
          "bad-points", "expected %s, found %s".formatted(expected, Arrays.toString(xy)));
    }
  }

  private static double[] points(JsonNode entry) {
    JsonNode points = entry.path("points");
    double[] xy = new double[2 * points.size()];
    for (int i = 0; i < xy.length; i++) {
      JsonNode number = points.get(i / 2).path(i % 2);
      if (!number.isNumber()) {
        throw new GeometryException(
            "not-a-number", "expected points [x, y], found another form at point " + i / 2);
      }
      xy[i] = number.doubleValue();
    }
    return xy;
  }
}
