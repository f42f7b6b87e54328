package org.medvilam.records.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Labels the 8-connected components of a mask by runs and union-find.
 *
 * <p>Algorithm: each row is cut into runs of foreground; a run joins the runs of the row above that
 * it touches, corners included (He, Chao, Suzuki: run-based two-scan labelling, 2008).
 */
final class Components {
  /** A component: its first pixel in row order, its pixel count and the box around it. */
  record Component(int firstX, int firstY, long pixels, Box bounds) {}

  private final Mask mask;
  private int[] start = new int[256];
  private int[] end = new int[256];
  private int[] row = new int[256];
  private int[] parent = new int[256];
  private int runs;

  private Components(Mask mask) {
    this.mask = mask;
  }

  /** Returns the components in the order of their first pixel, row by row. */
  static List<Component> of(Mask mask) {
    Components labels = new Components(mask);
    labels.findRuns();
    return labels.collect();
  }

  private void findRuns() {
    int w = mask.width();
    int above = 0;
    for (int y = 0; y < mask.height(); y++) {
      int first = runs;
      int from = mask.nextForeground(0, y);
      while (from < w) {
        int to = mask.nextBackground(from, y);
        add(from, to, y);
        from = mask.nextForeground(to, y);
      }
      join(above, first);
      above = first;
    }
  }

  private void add(int from, int to, int y) {
    if (runs == start.length) {
      start = Arrays.copyOf(start, 2 * runs);
      end = Arrays.copyOf(end, 2 * runs);
      row = Arrays.copyOf(row, 2 * runs);
      parent = Arrays.copyOf(parent, 2 * runs);
    }
    start[runs] = from;
    end[runs] = to;
    row[runs] = y;
    parent[runs] = runs;
    runs++;
  }

  /** Joins the runs of the newest row, {@code first..runs}, with those of the row above. */
  private void join(int above, int first) {
    int a = above;
    for (int b = first; b < runs; b++) {
      while (a < first && (end[a] < start[b] || row[a] != row[b] - 1)) {
        a++;
      }
      for (int k = a; k < first && start[k] <= end[b]; k++) {
        union(k, b);
      }
    }
  }

  private void union(int a, int b) {
    int ra = root(a);
    int rb = root(b);
    parent[Math.max(ra, rb)] = Math.min(ra, rb);
  }

  private int root(int run) {
    int r = run;
    while (parent[r] != r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  }

  private List<Component> collect() {
    long[] pixels = new long[runs];
    int[] left = new int[runs];
    int[] right = new int[runs];
    int[] bottom = new int[runs];
    Arrays.fill(left, Integer.MAX_VALUE);
    for (int i = 0; i < runs; i++) {
      int r = root(i);
      pixels[r] += end[i] - start[i];
      left[r] = Math.min(left[r], start[i]);
      right[r] = Math.max(right[r], end[i]);
      bottom[r] = Math.max(bottom[r], row[i] + 1);
    }
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      if (parent[i] == i) {
        Box bounds = new Box(left[i], row[i], right[i], bottom[i]);
        components.add(new Component(start[i], row[i], pixels[i], bounds));
      }
    }
    return components;
  }
}
