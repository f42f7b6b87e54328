package org.medvilam.records.geometry;

import java.util.Arrays;

/**
 * Follows the boundary of a component along the edges between its pixels and the background.
 *
 * <p>Algorithm: crack following, clockwise on screen with the component on the right. At each
 * corner of the pixel grid the walk turns left where the pixel ahead on the left is foreground (so
 * that pixels touching at a corner stay joined), goes on where only the one on the right is, and
 * else turns right. Each edge walked gives one vertex, its midpoint.
 */
final class OutlineTracer {
  /** Directions in the order right, down, left, up. */
  private static final int[] DX = {1, 0, -1, 0};

  private static final int[] DY = {0, 1, 0, -1};

  /** Pixel ahead on the left of a corner, by direction: column and row offset from the corner. */
  private static final int[] LEFT_X = {0, 0, -1, -1};

  private static final int[] LEFT_Y = {-1, 0, 0, -1};

  private double[] xs = new double[128];
  private double[] ys = new double[128];
  private int count;
  private long twiceArea;

  private OutlineTracer() {}

  static Outline trace(Mask mask, Components.Component c) {
    OutlineTracer tracer = new OutlineTracer();
    tracer.walk(mask, c.firstX(), c.firstY());
    Ring all =
        Ring.of(Arrays.copyOf(tracer.xs, tracer.count), Arrays.copyOf(tracer.ys, tracer.count));
    long enclosed = tracer.twiceArea / 2;
    return new Outline(
        withoutCollinear(all.canonical()), c.bounds(), c.pixels(), enclosed - c.pixels());
  }

  /** Walks from the top edge of the component's first pixel until that edge comes again. */
  private void walk(Mask mask, int firstX, int firstY) {
    int x = firstX;
    int y = firstY;
    int direction = 0;
    do {
      add(x + DX[direction] / 2.0, y + DY[direction] / 2.0);
      int nextX = x + DX[direction];
      int nextY = y + DY[direction];
      twiceArea += (long) x * nextY - (long) nextX * y;
      x = nextX;
      y = nextY;
      int right = (direction + 1) % 4;
      if (mask.get(x + LEFT_X[direction], y + LEFT_Y[direction])) {
        direction = (direction + 3) % 4;
      } else if (!mask.get(x + LEFT_X[right], y + LEFT_Y[right])) {
        direction = right;
      }
    } while (x != firstX || y != firstY || direction != 0);
  }

  private void add(double x, double y) {
    if (count == xs.length) {
      xs = Arrays.copyOf(xs, 2 * count);
      ys = Arrays.copyOf(ys, 2 * count);
    }
    xs[count] = x;
    ys[count++] = y;
  }

  /** Drops the vertices on straight stretches; half-integers are exact, so the test is too. */
  private static Ring withoutCollinear(Ring ring) {
    int n = ring.size();
    double[] x = new double[n];
    double[] y = new double[n];
    int kept = 0;
    for (int i = 0; i < n; i++) {
      int before = (i + n - 1) % n;
      int after = (i + 1) % n;
      double turn =
          (ring.x(i) - ring.x(before)) * (ring.y(after) - ring.y(i))
              - (ring.y(i) - ring.y(before)) * (ring.x(after) - ring.x(i));
      if (i == 0 || turn != 0) {
        x[kept] = ring.x(i);
        y[kept++] = ring.y(i);
      }
    }
    return Ring.of(Arrays.copyOf(x, kept), Arrays.copyOf(y, kept));
  }
}
