package org.medvilam.evaluation.statistic;

import org.jspecify.annotations.Nullable;

/** Agreement of two orders. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Returns Kendall's tau-b, which takes ties out of both scales (Kendall, Biometrika 1945).
   *
   * <p>Looks at every pair of items, which suits the hundreds that people rate.
   *
   * @return -1..1; null where one of the two has the same value everywhere
   */
  public static @Nullable Double kendallTauB(double[] x, double[] y) {
    Kappa.checkPairs(x.length, y.length);
    long agreeing = 0;
    long untiedX = 0;
    long untiedY = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        int dx = Double.compare(x[i], x[j]);
        int dy = Double.compare(y[i], y[j]);
        agreeing += (long) dx * dy;
        untiedX += Math.abs(dx);
        untiedY += Math.abs(dy);
      }
    }
    return untiedX == 0 || untiedY == 0
        ? null
        : agreeing / (Math.sqrt((double) untiedX) * Math.sqrt((double) untiedY));
  }
}
