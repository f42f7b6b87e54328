package org.medvilam.converters.voc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.labelled.Regions;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;

/**
 * The regions of objects.
 *
 * <p>Corners are 1-based and inclusive, as the VOC development kit has them, unless the user says
 * that they count from 0. A {@code polygon}, which other tools add, is an outline as it stands.
 *
 * @param zeroBased whether corners count from 0 and end outside
 */
public record VocRegions(boolean zeroBased) implements Regions {
  private static final String PARTS = "parts";
  private static final String POLYGON = "polygon";
  private static final String XMIN = "xmin";

  /** Returns the shape of an object. */
  public static Shape shape(VocObject object) {
    String label = object.name().isEmpty() ? null : object.name();
    @Nullable Ring ring = object.polygon();
    if (!object.hasBox() && ring == null) {
      String detail = "expected one bndbox with xmin, ymin, xmax and ymax, found none";
      return Shape.broken(object.position(), label, new Problem("missing-box", detail));
    }
    Map<String, Object> value = new TreeMap<>();
    value.put(PARTS, object.parts());
    if (ring != null) {
      value.put(POLYGON, ring.flat());
    }
    if (object.hasBox()) {
      value.put(XMIN, object.xmin());
      value.put("ymin", object.ymin());
      value.put("xmax", object.xmax());
      value.put("ymax", object.ymax());
    }
    return Shape.of(object.position(), label, "object", value);
  }

  @Override
  public List<Region> of(Shape shape, int width, int height, Consumer<GeometryException> parts) {
    List<Region> regions = new ArrayList<>();
    JsonNode value = shape.value();
    if (value.has(XMIN)) {
      regions.add(box(value));
    }
    if (value.has(POLYGON)) {
      double[] flat = new double[value.get(POLYGON).size()];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = value.get(POLYGON).get(i).asDouble(Double.NaN);
      }
      regions.add(Polygon.of(ShapeNumbers.ring(flat)));
    }
    for (int i = 1; i <= value.get(PARTS).intValue(); i++) {
      parts.accept(
          new GeometryException(
              "object-part", "expected objects without parts, found part %d".formatted(i)));
    }
    return regions;
  }

  private Box box(JsonNode value) {
    double x1 = value.get(XMIN).doubleValue();
    double y1 = value.get("ymin").doubleValue();
    double x2 = value.get("xmax").doubleValue();
    double y2 = value.get("ymax").doubleValue();
    if (zeroBased) {
      return new Box(x1, y1, x2, y2);
    }
    if (x1 < 1 || y1 < 1) {
      throw new GeometryException(
          "zero-based-box",
          "expected corners that count from 1, found [%s, %s]; if the tool counts from 0, use --zero-based"
              .formatted(x1, y1));
    }
    return Box.ofVoc(x1, y1, x2, y2);
  }
}
