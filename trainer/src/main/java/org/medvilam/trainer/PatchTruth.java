package org.medvilam.trainer;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.trainer.scene.Scene;

/** What the patches of a picture show. */
final class PatchTruth {
  private final float[] occupancy;
  private final float[] edges;
  private final float[] looks;

  PatchTruth(float[] occupancy, float[] edges, float[] looks) {
    this.occupancy = occupancy;
    this.edges = edges;
    this.looks = looks;
  }

  /** Returns the part of each patch that objects cover, 0..1; the array is not copied. */
  float[] occupancy() {
    return occupancy;
  }

  /**
   * Returns x1, y1, x2, y2 of the object that covers most of each patch, or is nearest to it, 0..1;
   * the array is not copied.
   */
  float[] edges() {
    return edges;
  }

  /**
   * Returns the covered part of each patch under the look of its object, {@link Scene#LOOKS} values
   * each, all zero where that is not known; the array is not copied.
   */
  float[] looks() {
    return looks;
  }

  /**
   * Reads the boxes or outlines of a record, or returns null where it has none.
   *
   * @param size the side of the picture in pixels
   * @param patch the side of a patch in pixels
   */
  static @Nullable PatchTruth of(InstructionRecord r, int size, int patch) {
    List<Shape> shapes = new ArrayList<>();
    for (GridBox box : r.boxes()) {
      shapes.add(
          new Rectangle2D.Double(
              box.x1(), box.y1(), (double) box.x2() - box.x1(), (double) box.y2() - box.y1()));
    }
    r.polygons().forEach(polygon -> shapes.add(outline(polygon)));
    return shapes.isEmpty() ? null : of(shapes, size, patch);
  }

  private static Shape outline(List<GridPoint> points) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    path.moveTo(points.get(0).x(), points.get(0).y());
    points.subList(1, points.size()).forEach(p -> path.lineTo(p.x(), p.y()));
    path.closePath();
    return path;
  }

  private static PatchTruth of(List<Shape> shapes, int size, int patch) {
    int side = size / patch;
    float[] occupancy = new float[side * side];
    float[] edges = new float[4 * occupancy.length];
    for (int p = 0; p < occupancy.length; p++) {
      int left = p % side * patch;
      int top = p / side * patch;
      Shape owner = null;
      int most = 0;
      for (Shape shape : shapes) {
        int covered = covered(List.of(shape), left, top, size, patch);
        if (covered > most) {
          most = covered;
          owner = shape;
        }
      }
      occupancy[p] = covered(shapes, left, top, size, patch) / (float) (patch * patch);
      Shape told = owner == null ? nearest(shapes, left, top, size, patch) : owner;
      Rectangle2D box = told.getBounds2D();
      edges[4 * p] = (float) (box.getMinX() / Grid.MAX);
      edges[4 * p + 1] = (float) (box.getMinY() / Grid.MAX);
      edges[4 * p + 2] = (float) (box.getMaxX() / Grid.MAX);
      edges[4 * p + 3] = (float) (box.getMaxY() / Grid.MAX);
    }
    return new PatchTruth(occupancy, edges, new float[Scene.LOOKS * occupancy.length]);
  }

  /** Counts the pixels of a patch whose centre lies in any of the shapes. */
  private static int covered(List<Shape> shapes, int left, int top, int size, int patch) {
    int covered = 0;
    for (int i = 0; i < patch * patch; i++) {
      double x = (left + i % patch + 0.5) * Grid.MAX / size;
      int line = i / patch;
      double y = (top + line + 0.5) * Grid.MAX / size;
      covered += shapes.stream().anyMatch(s -> s.contains(x, y)) ? 1 : 0;
    }
    return covered;
  }

  /** Returns the shape whose box is nearest to the centre of a patch. */
  private static Shape nearest(List<Shape> shapes, int left, int top, int size, int patch) {
    double x = (left + patch / 2.0) * Grid.MAX / size;
    double y = (top + patch / 2.0) * Grid.MAX / size;
    Shape nearest = shapes.get(0);
    for (Shape shape : shapes) {
      if (distance(shape, x, y) < distance(nearest, x, y)) {
        nearest = shape;
      }
    }
    return nearest;
  }

  private static double distance(Shape shape, double x, double y) {
    Rectangle2D box = shape.getBounds2D();
    double across = Math.max(0, Math.max(box.getMinX() - x, x - box.getMaxX()));
    double down = Math.max(0, Math.max(box.getMinY() - y, y - box.getMaxY()));
    return Math.hypot(across, down);
  }
}
