package org.medvilam.evaluation.statistic;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.Arrays;
import org.apache.commons.statistics.interval.NormalConfidenceInterval;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.score.Interval;

/**
 * A mean of counts over independent items.
 *
 * @param items number of items
 * @param mean the mean; null without items
 * @param student95 95 % interval by Student's t, cut at 0; null where all items are the same, which
 *     says nothing of how far others would spread
 */
public record Mean(
    int items,
    @Nullable Double mean,
    @JsonFormat(shape = JsonFormat.Shape.ARRAY) @Nullable Interval student95) {
  private static final double ALPHA = 0.05;

  /** Returns the mean of values that cannot be negative. */
  public static Mean of(double[] values) {
    int n = values.length;
    if (n == 0) {
      return new Mean(0, null, null);
    }
    double mean = Arrays.stream(values).sum() / n;
    if (Arrays.stream(values).allMatch(v -> v == values[0])) {
      return new Mean(n, mean, null);
    }
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (n - 1);
    var t = NormalConfidenceInterval.MEAN.fromErrorRate(mean, variance, n, ALPHA);
    return new Mean(n, mean, new Interval(Math.max(0, t.getLowerBound()), t.getUpperBound()));
  }
}
