package org.medvilam.evaluation.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts whole numbers exactly; memory grows with different numbers only. */
final class Distribution {
  private static final int BINS = 20;

  /** From this ratio of maximum to median on, bins double in width. */
  private static final int LONG_TAIL = 20;

  private final String name;
  private final String unit;
  private final int scale;
  private final SortedMap<Integer, Long> counts = new TreeMap<>();
  private long n;
  private double sum;

  /**
   * Starts empty.
   *
   * @param scale what values are divided by before they are shown
   */
  Distribution(String name, String unit, int scale) {
    this.name = name;
    this.unit = unit;
    this.scale = scale;
  }

  /** Adds a number, not negative, in {@code 1 / scale} of the unit. */
  void add(int value) {
    counts.merge(value, 1L, Long::sum);
    n++;
    sum += value;
  }

  boolean isEmpty() {
    return n == 0;
  }

  /** Returns the summary; there must be a number. */
  Spread spread() {
    return new Spread(
        name,
        unit,
        n,
        shown(counts.firstKey()),
        shown(quantile(0.05)),
        shown(quantile(0.5)),
        sum / n / scale,
        shown(quantile(0.95)),
        shown(counts.lastKey()),
        bins());
  }

  private double shown(int value) {
    return (double) value / scale;
  }

  /** Returns the least value that a share of all does not exceed. */
  private int quantile(double share) {
    long seen = 0;
    for (Map.Entry<Integer, Long> e : counts.entrySet()) {
      seen += e.getValue();
      if (seen >= share * n) {
        return e.getKey();
      }
    }
    return counts.lastKey();
  }

  private List<Spread.Bin> bins() {
    List<Integer> edges = edges();
    List<Spread.Bin> bins = new ArrayList<>();
    for (int i = 0; i + 1 < edges.size(); i++) {
      long inside =
          counts.subMap(edges.get(i), edges.get(i + 1)).values().stream()
              .mapToLong(Long::longValue)
              .sum();
      bins.add(new Spread.Bin(shown(edges.get(i)), shown(edges.get(i + 1)), inside));
    }
    return bins;
  }

  /** Returns where bins begin, and the end of the last; each holds its first edge alone. */
  private List<Integer> edges() {
    int low = counts.firstKey();
    int high = counts.lastKey();
    List<Integer> edges = new ArrayList<>();
    if (high > LONG_TAIL * (long) Math.max(1, quantile(0.5))) {
      edges.add(0);
      for (long edge = 1; edge <= high; edge *= 2) {
        edges.add((int) edge);
      }
      edges.add((int) Math.min(Integer.MAX_VALUE, 2L * edges.get(edges.size() - 1)));
      return edges;
    }
    int step = (int) Math.max(1, Math.ceil((high - low + 1L) / (double) BINS));
    for (long edge = low; edge <= high; edge += step) {
      edges.add((int) edge);
    }
    edges.add(edges.get(edges.size() - 1) + step);
    return edges;
  }
}
