package org.medvilam.evaluation.score;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * A confidence interval.
 *
 * @param low lower end; at least 0 for a proportion
 * @param high upper end; at most 1 for a proportion
 */
public record Interval(double low, double high) {
  private static final double ALPHA = 0.05;

  /**
   * Returns the 95 % Wilson score interval of a proportion (Wilson, JASA 1927).
   *
   * @param successes 0..{@code trials}
   * @param trials at least 1
   */
  public static Interval wilson95(int successes, int trials) {
    return of(BinomialConfidenceInterval.WILSON_SCORE, successes, trials);
  }

  /**
   * Returns the 95 % Clopper-Pearson interval of a proportion (Biometrika 1934).
   *
   * @param successes 0..{@code trials}
   * @param trials at least 1
   */
  public static Interval clopperPearson95(int successes, int trials) {
    return of(BinomialConfidenceInterval.CLOPPER_PEARSON, successes, trials);
  }

  private static Interval of(BinomialConfidenceInterval method, int successes, int trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "expected 0 <= successes <= trials and trials >= 1, but were: %d of %d"
              .formatted(successes, trials));
    }
    var interval = method.fromErrorRate(trials, successes, ALPHA);
    return new Interval(interval.getLowerBound(), interval.getUpperBound());
  }
}
