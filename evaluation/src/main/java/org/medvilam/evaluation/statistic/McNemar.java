package org.medvilam.evaluation.statistic;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * McNemar's test of two yes/no judgements of the same items (McNemar, Psychometrika 1947).
 *
 * @param both items that both say yes to
 * @param firstOnly items that the first alone says yes to
 * @param secondOnly items that the second alone says yes to
 * @param neither items that neither says yes to
 * @param p exact two-sided p; null where they never differ
 * @param chiSquare the statistic with Edwards' continuity correction; null where they never differ
 */
public record McNemar(
    int both,
    @JsonProperty("first_only") int firstOnly,
    @JsonProperty("second_only") int secondOnly,
    int neither,
    @Nullable Double p,
    @JsonProperty("chi2_cc") @Nullable Double chiSquare) {

  /** Tests a table. */
  public static McNemar of(int both, int firstOnly, int secondOnly, int neither) {
    int differing = firstOnly + secondOnly;
    if (differing == 0) {
      return new McNemar(both, 0, 0, neither, null, null);
    }
    double excess = Math.max(0, Math.abs(firstOnly - secondOnly) - 1);
    return new McNemar(
        both,
        firstOnly,
        secondOnly,
        neither,
        Proportion.of(firstOnly, differing).signTest(),
        excess * excess / differing);
  }
}
