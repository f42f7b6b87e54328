package org.medvilam.trainer;

/** Hears about each step of a training run. */
@FunctionalInterface
public interface Progress {
  /** Called after a step. */
  void report(Report report);

  /** Returns one that ignores all reports. */
  static Progress silent() {
    return report -> {};
  }

  /**
   * What is told about a step.
   *
   * @param step the number of steps done
   * @param steps the number of steps in all
   * @param loss the loss of this step, in nats a token
   * @param rate the learning rate of this step
   */
  record Report(int step, int steps, double loss, double rate) {}
}
