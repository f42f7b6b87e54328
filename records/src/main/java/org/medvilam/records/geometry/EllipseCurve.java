package org.medvilam.records.geometry;

/** Outlines of ellipses and of RECIST crosses, on their true curve. */
public final class EllipseCurve {
  /** Vertices per outline: the chord error of a 500-pixel radius stays below 0.01 pixel. */
  private static final int VERTICES = 720;

  private EllipseCurve() {}

  /**
   * Returns the outline of an ellipse.
   *
   * @param centre centre in pixels
   * @param rx half axis along x before rotation, in pixels, positive
   * @param ry half axis along y before rotation, in pixels, positive
   * @param degrees rotation, clockwise on screen
   */
  public static Ring of(Point centre, double rx, double ry, double degrees) {
    if (!(rx > 0 && ry > 0)) {
      throw new GeometryException(
          "degenerate-ellipse", "expected positive half axes, found %s and %s".formatted(rx, ry));
    }
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double[] xs = new double[VERTICES];
    double[] ys = new double[VERTICES];
    for (int i = 0; i < VERTICES; i++) {
      double t = 2 * Math.PI * i / VERTICES;
      double u = rx * Math.cos(t);
      double v = ry * Math.sin(t);
      xs[i] = centre.x() + u * cos - v * sin;
      ys[i] = centre.y() + u * sin + v * cos;
    }
    return Ring.of(xs, ys);
  }

  /**
   * Returns the outline of a RECIST cross: four quarter ellipses through the ends of its axes.
   *
   * <p>The axes need not halve each other: each quarter has its own half axes, measured from the
   * point where the two lines cross (the reading of DeepLesion's authors).
   *
   * @param a1 one end of the long axis
   * @param a2 the other end of the long axis
   * @param b1 one end of the short axis
   * @param b2 the other end of the short axis
   * @throws GeometryException {@code degenerate-cross} if the lines are parallel or do not cross
   */
  public static Ring ofRecist(Point a1, Point a2, Point b1, Point b2) {
    Point c = crossing(a1, a2, b1, b2);
    Point[] ends = {a1, b1, a2, b2};
    double[] xs = new double[VERTICES];
    double[] ys = new double[VERTICES];
    int perQuarter = VERTICES / 4;
    for (int i = 0; i < VERTICES; i++) {
      Point from = ends[i / perQuarter];
      Point to = ends[(i / perQuarter + 1) % 4];
      double t = Math.PI / 2 * (i % perQuarter) / perQuarter;
      xs[i] = c.x() + (from.x() - c.x()) * Math.cos(t) + (to.x() - c.x()) * Math.sin(t);
      ys[i] = c.y() + (from.y() - c.y()) * Math.cos(t) + (to.y() - c.y()) * Math.sin(t);
    }
    return Ring.of(xs, ys);
  }

  private static Point crossing(Point a1, Point a2, Point b1, Point b2) {
    double ax = a2.x() - a1.x();
    double ay = a2.y() - a1.y();
    double bx = b2.x() - b1.x();
    double by = b2.y() - b1.y();
    double det = ax * by - ay * bx;
    double t = ((b1.x() - a1.x()) * by - (b1.y() - a1.y()) * bx) / det;
    double s = ((b1.x() - a1.x()) * ay - (b1.y() - a1.y()) * ax) / det;
    if (det == 0 || !(t >= 0 && t <= 1 && s >= 0 && s <= 1)) {
      throw new GeometryException(
          "degenerate-cross",
          "expected two axes that cross, found %s-%s and %s-%s".formatted(a1, a2, b1, b2));
    }
    return new Point(a1.x() + t * ax, a1.y() + t * ay);
  }
}
