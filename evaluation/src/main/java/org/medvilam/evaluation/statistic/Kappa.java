package org.medvilam.evaluation.statistic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Agreement beyond chance on categories. */
public final class Kappa {
  /** What a disagreement between two categories costs. */
  public enum Weights {
    /** Any disagreement costs the same. */
    NONE,
    /** The distance of the categories. */
    LINEAR,
    /** The squared distance of the categories. */
    QUADRATIC;

    private double of(int a, int b) {
      double distance = Math.abs((double) a - b);
      return switch (this) {
        case NONE -> Math.signum(distance);
        case LINEAR -> distance;
        case QUADRATIC -> distance * distance;
      };
    }
  }

  private Kappa() {}

  /**
   * Returns Cohen's kappa, 1 less the observed over the expected cost (Cohen, Psychol. Bull. 1968).
   *
   * @param a the first rater's categories as numbers; their differences are the distances
   * @param b the second rater's categories of the same items
   * @return null where no disagreement is to be expected by chance, since all is of one category
   */
  public static @Nullable Double cohen(int[] a, int[] b, Weights weights) {
    checkPairs(a.length, b.length);
    double observed = 0;
    double expected = 0;
    for (int i = 0; i < a.length; i++) {
      observed += weights.of(a[i], b[i]);
      for (int other : b) {
        expected += weights.of(a[i], other);
      }
    }
    return expected == 0 ? null : 1 - observed * a.length / expected;
  }

  /**
   * Returns Fleiss' kappa (Fleiss, Psychol. Bull. 1971).
   *
   * @param table for each item how many raters chose each category; every row has the same sum, at
   *     least 2
   * @return null where all is of one category, or without items
   */
  public static @Nullable Double fleiss(int[][] table) {
    if (table.length == 0) {
      return null;
    }
    int raters = Arrays.stream(table[0]).sum();
    double[] shares = new double[table[0].length];
    double agreeing = 0;
    for (int[] row : table) {
      if (raters < 2 || Arrays.stream(row).sum() != raters) {
        throw new IllegalArgumentException(
            "expected rows of one sum, at least 2, but were: " + Arrays.deepToString(table));
      }
      for (int c = 0; c < row.length; c++) {
        agreeing += row[c] * (row[c] - 1.0) / (raters * (raters - 1.0));
        shares[c] += row[c] / ((double) raters * table.length);
      }
    }
    double expected = Arrays.stream(shares).map(s -> s * s).sum();
    boolean one = Arrays.stream(shares).filter(s -> s > 0).count() == 1;
    return one ? null : (agreeing / table.length - expected) / (1 - expected);
  }

  /** Checks that two raters judged equally many items. */
  static void checkPairs(int a, int b) {
    if (a != b) {
      throw new IllegalArgumentException(
          "expected equally many ratings of both, but were: %d and %d".formatted(a, b));
    }
  }
}
