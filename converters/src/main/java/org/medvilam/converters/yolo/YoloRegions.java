package org.medvilam.converters.yolo;

import java.util.List;
import java.util.function.Consumer;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;

/** The regions of lines: fractions of the picture's width and height, exactly. */
public final class YoloRegions {
  private YoloRegions() {}

  /** Returns the box around a centre, or the outline of some points. */
  public static List<Region> of(
      Shape shape, int width, int height, Consumer<GeometryException> parts) {
    double[] v = new double[shape.value().size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = shape.value().get(i).doubleValue();
    }
    if (shape.type().equals("box")) {
      return List.of(
          new Box(
              (v[0] - v[2] / 2) * width,
              (v[1] - v[3] / 2) * height,
              (v[0] + v[2] / 2) * width,
              (v[1] + v[3] / 2) * height));
    }
    for (int i = 0; i < v.length; i++) {
      v[i] *= i % 2 == 0 ? width : height;
    }
    return List.of(Polygon.of(ShapeNumbers.ring(v)));
  }
}
