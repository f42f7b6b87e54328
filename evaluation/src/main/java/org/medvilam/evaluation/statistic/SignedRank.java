package org.medvilam.evaluation.statistic;

import java.util.Arrays;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.jspecify.annotations.Nullable;

/**
 * Wilcoxon's signed-rank test of paired differences, two-sided.
 *
 * <p>Differences of zero are left out, as Wilcoxon did (Biometrics Bulletin 1945).
 *
 * @param pairs number of differences other than zero
 * @param zeros number of differences of zero
 * @param statistic the smaller of the two rank sums; null without pairs
 * @param p two-sided p; null without pairs
 * @param exact whether {@code p} is exact: without ties and with at most {@value #MAX_EXACT} pairs;
 *     else it is the normal approximation with the variance corrected for ties and no continuity
 *     correction
 */
public record SignedRank(
    int pairs, int zeros, @Nullable Double statistic, @Nullable Double p, boolean exact) {
  private static final int MAX_EXACT = 50;

  /** Differences of means that are equal on paper differ in their last bits. */
  private static final double GRAIN = 1e-9;

  /**
   * Tests differences.
   *
   * @param differences one for each pair; those within 1e-9 of each other count as tied
   */
  public static SignedRank of(double[] differences) {
    double[] d =
        Arrays.stream(differences)
            .map(v -> Math.rint(v / GRAIN) * GRAIN)
            .filter(v -> v != 0)
            .toArray();
    int zeros = differences.length - d.length;
    if (d.length == 0) {
      return new SignedRank(0, zeros, null, null, false);
    }
    boolean tied = Arrays.stream(d).map(Math::abs).distinct().count() < d.length;
    boolean exact = !tied && d.length <= MAX_EXACT;
    WilcoxonSignedRankTest.Result result =
        WilcoxonSignedRankTest.withDefaults()
            .with(exact ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
            .with(ContinuityCorrection.DISABLED)
            .test(d);
    double sum = d.length * (d.length + 1.0) / 2;
    double statistic = Math.min(result.getStatistic(), sum - result.getStatistic());
    return new SignedRank(d.length, zeros, statistic, result.getPValue(), exact);
  }
}
