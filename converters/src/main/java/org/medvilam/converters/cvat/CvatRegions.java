package org.medvilam.converters.cvat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;

/** The regions of shapes: edge coordinates as they stand. */
public final class CvatRegions {
  private CvatRegions() {}

  /** Returns a box, an outline or a mask; the run lengths of a mask go row by row in its crop. */
  public static List<Region> of(
      Shape shape, int width, int height, Consumer<GeometryException> parts) {
    JsonNode v = shape.value();
    double turned = v.has("rotation") ? number(v, "rotation") : 0;
    switch (shape.type()) {
      case "box" -> {
        if (turned != 0) {
          throw ShapeNumbers.rotated(turned);
        }
        return List.of(
            new Box(number(v, "xtl"), number(v, "ytl"), number(v, "xbr"), number(v, "ybr")));
      }
      case "polygon" -> {
        return List.of(Polygon.of(ShapeNumbers.ring(numbers(v.path("points").asText("")))));
      }
      case "ellipse" -> {
        Point centre = new Point(number(v, "cx"), number(v, "cy"));
        return List.of(
            Polygon.of(ShapeNumbers.ellipse(centre, number(v, "rx"), number(v, "ry"), turned)));
      }
      case "mask" -> {
        return List.of(new MaskRegion(mask(v, width, height), false));
      }
      default -> throw ShapeNumbers.unsupported(shape.type());
    }
  }

  private static double number(JsonNode shape, String name) {
    return ShapeNumbers.number(shape, name);
  }

  private static double[] numbers(String text) {
    double[] numbers =
        Pattern.compile("[;,]")
            .splitAsStream(text)
            .filter(s -> !s.isBlank())
            .mapToDouble(ShapeNumbers::parsed)
            .toArray();
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw new GeometryException("not-a-number", "expected numbers, found something else");
      }
    }
    return numbers;
  }

  private static Mask mask(JsonNode v, int width, int height) {
    int columns = ShapeNumbers.size(v.path("width"));
    int rows = ShapeNumbers.size(v.path("height"));
    long area = (long) columns * rows;
    if (area < 1 || area > Mask.MAX_PIXELS) {
      throw new GeometryException(
          "bad-rle", "expected a crop of some size, found %d x %d".formatted(columns, rows));
    }
    byte[] pixels = new byte[(int) area];
    long at = 0;
    byte value = 0;
    for (double run : numbers(v.path("rle").asText(""))) {
      if (run < 0 || run != Math.rint(run) || at + run > area) {
        throw new GeometryException(
            "bad-rle", "expected runs over %d pixels, found one of %s".formatted(area, run));
      }
      Arrays.fill(pixels, (int) at, (int) (at + run), value);
      at += (long) run;
      value = (byte) (1 - value);
    }
    if (at != area) {
      throw new GeometryException(
          "bad-rle", "expected runs over %d pixels, found %d".formatted(area, at));
    }
    Mask crop = new Mask(columns, rows, pixels);
    return ShapeNumbers.placed(
        crop, (long) number(v, "left"), (long) number(v, "top"), width, height);
  }
}
