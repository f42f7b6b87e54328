package org.medvilam.evaluation.statistic;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.commons.statistics.inference.BinomialTest;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.score.Interval;

/**
 * A proportion with its intervals.
 *
 * @param successes 0..{@code trials}
 * @param trials number of trials; the intervals take them as independent
 * @param proportion successes over trials; null without trials, as are the intervals
 * @param wilson95 the 95 % Wilson score interval
 * @param clopperPearson95 the 95 % Clopper-Pearson interval, which is never too narrow
 */
public record Proportion(
    int successes,
    int trials,
    @Nullable Double proportion,
    @JsonFormat(shape = JsonFormat.Shape.ARRAY) @Nullable Interval wilson95,
    @JsonProperty("clopper_pearson95") @JsonFormat(shape = JsonFormat.Shape.ARRAY)
        @Nullable Interval clopperPearson95) {

  /** Returns the proportion of successes. */
  public static Proportion of(int successes, int trials) {
    if (trials == 0 && successes == 0) {
      return new Proportion(0, 0, null, null, null);
    }
    return new Proportion(
        successes,
        trials,
        (double) successes / trials,
        Interval.wilson95(successes, trials),
        Interval.clopperPearson95(successes, trials));
  }

  /** Returns the p of the exact two-sided sign test against one half, or null without trials. */
  public @Nullable Double signTest() {
    return trials == 0
        ? null
        : BinomialTest.withDefaults().test(trials, successes, 0.5).getPValue();
  }
}
