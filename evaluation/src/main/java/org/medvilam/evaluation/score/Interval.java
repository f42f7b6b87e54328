package org.medvilam.evaluation.score;

/**
 * A confidence interval of a proportion.
 *
 * @param low lower end, 0..1
 * @param high upper end, 0..1
 */
public record Interval(double low, double high) {
  private static final double Z_95 = 1.959963984540054;

  /**
   * Returns the 95 % Wilson score interval (Wilson, JASA 1927).
   *
   * @param successes 0..{@code trials}
   * @param trials at least 1
   */
  public static Interval wilson95(long successes, long trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "expected 0 <= successes <= trials and trials >= 1, but were: %d of %d"
              .formatted(successes, trials));
    }
    double n = trials;
    double p = successes / n;
    double z2 = Z_95 * Z_95;
    double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    double half = Z_95 * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    return new Interval(
        successes == 0 ? 0 : Math.max(0, centre - half),
        successes == trials ? 1 : Math.min(1, centre + half));
  }
}
