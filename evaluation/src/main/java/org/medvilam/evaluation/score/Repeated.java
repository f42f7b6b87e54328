package org.medvilam.evaluation.score;

/**
 * A figure over runs that differ by chance alone, such as by their seeds.
 *
 * @param mean its mean
 * @param deviation the deviation of the sample, with one degree of freedom taken by the mean
 */
public record Repeated(double mean, double deviation) {
  /**
   * Sums up a figure.
   *
   * @param values at least two
   */
  public static Repeated of(double... values) {
    if (values.length < 2) {
      throw new IllegalArgumentException(
          "A spread needs at least two runs, but there were: " + values.length);
    }
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Repeated(mean, Math.sqrt(squares / (values.length - 1)));
  }
}
