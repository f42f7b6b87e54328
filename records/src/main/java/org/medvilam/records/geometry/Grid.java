package org.medvilam.records.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * Normalises native coordinates to the integers 0..1000 of the paper (MedViLaM, section 4.1).
 *
 * <p>The paper states the range only; rounding is half up, x by width and y by height.
 */
public final class Grid {
  /** The largest grid coordinate; it occurs, at the right and bottom edges. */
  public static final int MAX = 1000;

  private Grid() {}

  /**
   * Returns {@code clamp(floor(1000·v/size + 0.5), 0, 1000)}.
   *
   * @param v a coordinate in pixels or voxels
   * @param size the extent of that axis, positive
   */
  public static int normalise(double v, double size) {
    if (!(size > 0)) {
      throw new IllegalArgumentException("size must be positive, but was: " + size);
    }
    if (Double.isNaN(v)) {
      throw new GeometryException("not-a-number", "expected a coordinate, found NaN");
    }
    return (int) Math.max(0, Math.min(MAX, Math.floor(MAX * v / size + 0.5)));
  }

  /** Returns a point in the grid of a {@code width} x {@code height} image. */
  public static GridPoint normalise(Point p, double width, double height) {
    return new GridPoint(normalise(p.x(), width), normalise(p.y(), height));
  }

  /** Returns a box in the grid of a {@code width} x {@code height} image. */
  public static GridBox normalise(Box b, double width, double height) {
    return new GridBox(
        normalise(b.x1(), width),
        normalise(b.y1(), height),
        normalise(b.x2(), width),
        normalise(b.y2(), height));
  }

  /** Returns a 3D box in the grid of a volume, each axis by its own size. */
  public static GridBox3d normalise(Box3d b, double width, double height, double depth) {
    return new GridBox3d(
        normalise(b.x1(), width),
        normalise(b.y1(), height),
        normalise(b.z1(), depth),
        normalise(b.x2(), width),
        normalise(b.y2(), height),
        normalise(b.z2(), depth));
  }

  /** Returns the vertices of a ring in the grid of a {@code width} x {@code height} image. */
  public static List<GridPoint> normalise(Ring ring, double width, double height) {
    List<GridPoint> points = new ArrayList<>(ring.size());
    for (int i = 0; i < ring.size(); i++) {
      points.add(new GridPoint(normalise(ring.x(i), width), normalise(ring.y(i), height)));
    }
    return List.copyOf(points);
  }

  /**
   * Returns an outline of grid points in pixels.
   *
   * @param points the outline in thousandths
   * @param width width of the image in pixels
   * @param height height of the image in pixels
   */
  public static Ring toPixels(List<GridPoint> points, double width, double height) {
    double[] xs = points.stream().mapToDouble(p -> p.x() * width / MAX).toArray();
    double[] ys = points.stream().mapToDouble(p -> p.y() * height / MAX).toArray();
    return Ring.of(xs, ys);
  }
}
