package org.medvilam.trainer.nn;

/**
 * The learning rate: linear warm-up, then a half cosine down to the final rate.
 *
 * @param peak the rate after warm-up
 * @param last the rate at the last step
 * @param warmUp the steps of the warm-up
 * @param steps all steps, the warm-up included
 */
public record Schedule(double peak, double last, int warmUp, int steps) {
  /** Checks that the warm-up ends before the last step and rates are not negative. */
  public Schedule {
    if (steps < 1 || warmUp < 0 || warmUp >= steps) {
      throw new IllegalArgumentException(
          "Warm-up must be shorter than the " + steps + " steps, but was: " + warmUp);
    }
    if (!(peak > 0) || !(last >= 0) || last > peak) {
      throw new IllegalArgumentException(
          "Rates must satisfy 0 <= final <= peak, but were: " + last + " and " + peak);
    }
  }

  /** Returns the rate of a step counted from zero. */
  public double rate(int step) {
    if (step < warmUp) {
      return peak * (step + 1) / warmUp;
    }
    double done = Math.min(1, (step - warmUp) / (double) Math.max(1, steps - 1 - warmUp));
    return last + (peak - last) * 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
