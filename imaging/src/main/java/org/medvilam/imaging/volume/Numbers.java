package org.medvilam.imaging.volume;

import java.util.Locale;

/** Numbers as headers state them. */
final class Numbers {
  private Numbers() {}

  /** Returns a product of positive numbers, or the greatest number where it is greater. */
  static long product(long a, long b) {
    return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  /**
   * Parses a decimal number, also those that C prints for no number and infinity.
   *
   * @throws NumberFormatException if it is none
   */
  static double real(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan" -> Double.NaN;
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(word);
    };
  }
}
