package org.medvilam.evaluation.count;

import java.util.List;

/**
 * How a number is spread. Quantiles are values that occur.
 *
 * @param name what is measured, per what
 * @param unit its unit
 * @param n how many values
 * @param min the least
 * @param p5 5 of 100 values are not above it
 * @param median half of the values are not above it
 * @param mean arithmetic mean
 * @param p95 95 of 100 values are not above it
 * @param max the greatest
 * @param bins counts between edges, in order; doubling in width where the tail is long
 */
public record Spread(
    String name,
    String unit,
    long n,
    double min,
    double p5,
    double median,
    double mean,
    double p95,
    double max,
    List<Bin> bins) {
  /** Copies the list. */
  public Spread {
    bins = List.copyOf(bins);
  }

  /**
   * Values from an edge on and below the next.
   *
   * @param from first edge, included
   * @param to second edge, not included
   * @param n how many
   */
  public record Bin(double from, double to, long n) {}
}
