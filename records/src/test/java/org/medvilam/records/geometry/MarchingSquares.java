package org.medvilam.records.geometry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The outlines of a mask by the definition: marching squares at one half on the padded mask.
 *
 * <p>Slow and simple on purpose, and unlike the code under test: each cell of four pixel centres
 * gives its segments, with the foreground on their right; the segments are linked; loops that run
 * clockwise are outer outlines. Coordinates are doubled, so that all arithmetic is in integers.
 */
final class MarchingSquares {
  /** A point in half pixels. */
  record P(int x, int y) implements Comparable<P> {
    @Override
    public int compareTo(P o) {
      return Comparator.comparingInt((P p) -> p.x * p.x + p.y * p.y)
          .thenComparingInt(P::x)
          .thenComparingInt(P::y)
          .compare(this, o);
    }
  }

  private final Mask mask;
  private final Map<P, P> next = new TreeMap<>();

  private MarchingSquares(Mask mask) {
    this.mask = mask;
  }

  /** Returns every outer outline in canonical form, ordered by first vertex, in pixels. */
  static List<Ring> outer(Mask mask) {
    MarchingSquares squares = new MarchingSquares(mask);
    for (int y = -1; y < mask.height(); y++) {
      for (int x = -1; x < mask.width(); x++) {
        squares.cell(x, y);
      }
    }
    return squares.loops();
  }

  /** Adds the segments of the cell whose top-left corner is the centre of pixel (x, y). */
  private void cell(int x, int y) {
    P[] corner = {centre(x, y), centre(x + 1, y), centre(x + 1, y + 1), centre(x, y + 1)};
    boolean[] on = {mask.get(x, y), mask.get(x + 1, y), mask.get(x + 1, y + 1), mask.get(x, y + 1)};
    List<P> crossings = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      if (on[k] != on[(k + 1) % 4]) {
        crossings.add(middle(corner[k], corner[(k + 1) % 4]));
      }
    }
    if (crossings.size() == 2) {
      int k = on[0] ? 0 : on[1] ? 1 : on[2] ? 2 : 3;
      link(crossings.get(0), crossings.get(1), corner[k], true);
    } else if (crossings.size() == 4) {
      for (int k = 0; k < 4; k++) {
        if (!on[k]) {
          P before = middle(corner[(k + 3) % 4], corner[k]);
          link(before, middle(corner[k], corner[(k + 1) % 4]), corner[k], false);
        }
      }
    }
  }

  /** Links two crossings so that {@code side} lies on the right, or on the left. */
  private void link(P a, P b, P side, boolean right) {
    int cross = (b.x - a.x) * (side.y - a.y) - (b.y - a.y) * (side.x - a.x);
    boolean forwards = cross > 0 == right;
    P old = forwards ? next.put(a, b) : next.put(b, a);
    if (old != null) {
      throw new IllegalStateException("a crossing has two ways on: " + a + " " + b);
    }
  }

  private List<Ring> loops() {
    List<List<P>> outer = new ArrayList<>();
    while (!next.isEmpty()) {
      List<P> loop = new ArrayList<>();
      // The least point left is the least of its loop, so the loop starts in canonical order.
      P at = next.keySet().iterator().next();
      while (at != null && next.containsKey(at)) {
        loop.add(at);
        at = next.remove(at);
      }
      if (twiceArea(loop) > 0) {
        outer.add(loop);
      }
    }
    outer.sort(Comparator.comparing(l -> l.get(0)));
    return outer.stream().map(MarchingSquares::ring).toList();
  }

  private static long twiceArea(List<P> loop) {
    long sum = 0;
    for (int i = 0; i < loop.size(); i++) {
      P a = loop.get(i);
      P b = loop.get((i + 1) % loop.size());
      sum += (long) a.x * b.y - (long) b.x * a.y;
    }
    return sum;
  }

  private static Ring ring(List<P> loop) {
    List<Double> flat = new ArrayList<>();
    int n = loop.size();
    for (int i = 0; i < n; i++) {
      P a = loop.get((i + n - 1) % n);
      P b = loop.get(i);
      P c = loop.get((i + 1) % n);
      boolean straight = c.x - b.x == b.x - a.x && c.y - b.y == b.y - a.y;
      if (i == 0 || !straight) {
        flat.add(b.x / 2.0);
        flat.add(b.y / 2.0);
      }
    }
    return Ring.ofFlat(flat.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static P centre(int x, int y) {
    return new P(2 * x + 1, 2 * y + 1);
  }

  private static P middle(P a, P b) {
    return new P((a.x + b.x) / 2, (a.y + b.y) / 2);
  }
}
