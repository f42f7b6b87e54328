package org.medvilam.trainer.scene;

/** The text of a closed curve as 25 points at equal arc lengths from the one nearest the origin. */
final class Polygons {
  private static final int POINTS = 25;
  private static final int GRID = 1000;

  private Polygons() {}

  /**
   * Writes a curve.
   *
   * @param points x, y pairs in pixels, clockwise on screen
   * @param size the side of the picture in pixels
   */
  static String text(double[] points, int size) {
    int count = points.length / 2;
    int start = 0;
    for (int i = 1; i < count; i++) {
      if (square(points, i) < square(points, start)) {
        start = i;
      }
    }
    double[] lengths = new double[count + 1];
    for (int i = 0; i < count; i++) {
      int from = (start + i) % count;
      int to = (start + i + 1) % count;
      lengths[i + 1] =
          lengths[i]
              + Math.hypot(
                  points[2 * to] - points[2 * from], points[2 * to + 1] - points[2 * from + 1]);
    }
    StringBuilder text = new StringBuilder("<BOS>");
    int at = 0;
    for (int k = 0; k < POINTS; k++) {
      double target = lengths[count] * k / POINTS;
      while (lengths[at + 1] < target) {
        at++;
      }
      double part = (target - lengths[at]) / (lengths[at + 1] - lengths[at]);
      int from = (start + at) % count;
      int to = (start + at + 1) % count;
      text.append(' ').append(grid(points[2 * from], points[2 * to], part, size));
      text.append(',').append(grid(points[2 * from + 1], points[2 * to + 1], part, size));
    }
    return text.append(" <EOS>").toString();
  }

  private static double square(double[] points, int i) {
    return points[2 * i] * points[2 * i] + points[2 * i + 1] * points[2 * i + 1];
  }

  private static int grid(double from, double to, double part, int size) {
    double value = from + part * (to - from);
    return (int) Math.min(GRID, Math.max(0, Math.floor(GRID * value / size + 0.5)));
  }
}
