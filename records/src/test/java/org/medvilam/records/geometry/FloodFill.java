package org.medvilam.records.geometry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The components of a mask by brute force: flood fill inside, then from outside for the holes. */
final class FloodFill {
  /** What is known of a component without tracing it. */
  record Part(Box bounds, long pixels, long holePixels) {}

  private FloodFill() {}

  /** Returns the 8-connected components in row order of their first pixel. */
  static List<Part> parts(Mask mask) {
    boolean[][] seen = new boolean[mask.height()][mask.width()];
    List<Part> parts = new ArrayList<>();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y) && !seen[y][x]) {
          parts.add(part(mask, seen, x, y));
        }
      }
    }
    return parts;
  }

  private static Part part(Mask mask, boolean[][] seen, int x, int y) {
    boolean[][] own = new boolean[mask.height() + 2][mask.width() + 2];
    Deque<int[]> open = new ArrayDeque<>();
    open.add(new int[] {x, y});
    seen[y][x] = true;
    long pixels = 0;
    Box bounds = new Box(x, y, x + 1, y + 1);
    while (!open.isEmpty()) {
      int[] p = open.remove();
      pixels++;
      own[p[1] + 1][p[0] + 1] = true;
      bounds = bounds.union(new Box(p[0], p[1], p[0] + 1, p[1] + 1));
      for (int k = 0; k < 9; k++) {
        int nx = p[0] + k % 3 - 1;
        int ny = p[1] + k / 3 - 1;
        if (mask.get(nx, ny) && !seen[ny][nx]) {
          seen[ny][nx] = true;
          open.add(new int[] {nx, ny});
        }
      }
    }
    return new Part(bounds, pixels, enclosed(own));
  }

  /** Returns how many cells outside the component cannot be reached from the border in 4 steps. */
  private static long enclosed(boolean[][] own) {
    int height = own.length;
    int width = own[0].length;
    boolean[][] reached = new boolean[height][width];
    Deque<int[]> open = new ArrayDeque<>();
    open.add(new int[] {0, 0});
    reached[0][0] = true;
    while (!open.isEmpty()) {
      int[] p = open.remove();
      int[][] around = {{p[0] + 1, p[1]}, {p[0] - 1, p[1]}, {p[0], p[1] + 1}, {p[0], p[1] - 1}};
      for (int[] q : around) {
        boolean inside = q[0] >= 0 && q[1] >= 0 && q[0] < width && q[1] < height;
        if (inside && !own[q[1]][q[0]] && !reached[q[1]][q[0]]) {
          reached[q[1]][q[0]] = true;
          open.add(q);
        }
      }
    }
    long enclosed = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        enclosed += own[y][x] || reached[y][x] ? 0 : 1;
      }
    }
    return enclosed;
  }
}
