package org.medvilam.evaluation.report;

import java.util.Locale;
import org.medvilam.evaluation.score.Interval;
import org.medvilam.evaluation.score.Repeated;

/** Numbers as the tables show them, the same in every locale. */
public final class Format {
  private Format() {}

  /** Returns a fraction as per cent with one decimal. */
  public static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f", 100 * fraction);
  }

  /** Returns a fraction with its deviation as per cent. */
  static String percent(Repeated fraction) {
    return percent(fraction.mean()) + " ± " + percent(fraction.deviation());
  }

  /** Returns an interval of fractions as per cent. */
  public static String percent(Interval interval) {
    return percent(interval.low()) + "–" + percent(interval.high());
  }

  /** Returns an overlap with three decimals. */
  static String iou(double iou) {
    return String.format(Locale.ROOT, "%.3f", iou);
  }

  /** Returns an overlap with its deviation. */
  static String iou(Repeated iou) {
    return iou(iou.mean()) + " ± " + iou(iou.deviation());
  }

  /** Returns an overlap with two decimals, rounded down so that a miss never reads 0.50. */
  static String shortIou(double iou) {
    return String.format(Locale.ROOT, "%.2f", Math.floor(iou * 100) / 100);
  }

  /** Returns a count with commas between thousands. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns a coordinate of a drawing with at most two decimals. */
  public static String coordinate(double v) {
    String text = String.format(Locale.ROOT, "%.2f", v);
    return text.replaceFirst("\\.?0+$", "");
  }
}
