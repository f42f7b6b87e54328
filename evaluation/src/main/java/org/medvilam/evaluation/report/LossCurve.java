package org.medvilam.evaluation.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A curve of training loss, drawn in a frame of 1000 x 1000 units.
 *
 * @param path the line as SVG path data
 * @param ticks labels of the vertical axis, from bottom to top
 * @param last the number of the last step
 * @param note what the points are
 * @param description the curve in words
 */
record LossCurve(String path, List<Tick> ticks, String last, String note, String description) {
  private static final int MAX_POINTS = 400;
  private static final int FRAME = 1000;

  /**
   * A label of the vertical axis.
   *
   * @param text the label
   * @param bottom its height above the bottom of the frame in per cent
   * @param y its height in the frame
   */
  record Tick(String text, String bottom, String y) {}

  /** Returns the curve of values, or null if none of them is a number. */
  static @Nullable LossCurve of(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return null;
    }
    int bucket = (values.length + MAX_POINTS - 1) / MAX_POINTS;
    double[] means = means(values, bucket);
    double[] shown = Arrays.stream(means).filter(Double::isFinite).toArray();
    Axis axis = Axis.of(Arrays.stream(shown).min().orElse(0), Arrays.stream(shown).max().orElse(0));
    String note =
        bucket == 1 ? "One point per step" : "Each point is the mean of " + bucket + " steps";
    int lost = values.length - finite.length;
    if (lost > 0) {
      note += "; left out as no numbers: " + Format.count(lost);
    }
    String description =
        String.format(
            Locale.ROOT,
            "Training loss over %,d steps, from %.3g at the first to %.3g at the last.",
            values.length,
            finite[0],
            finite[finite.length - 1]);
    return new LossCurve(
        path(means, axis), axis.ticks(), Format.count(values.length), note, description);
  }

  private static double[] means(double[] values, int bucket) {
    double[] means = new double[(values.length + bucket - 1) / bucket];
    for (int i = 0; i < means.length; i++) {
      int from = i * bucket;
      int to = Math.min(values.length, from + bucket);
      means[i] =
          Arrays.stream(values, from, to).filter(Double::isFinite).average().orElse(Double.NaN);
    }
    return means;
  }

  private static String path(double[] means, Axis axis) {
    StringBuilder path = new StringBuilder();
    boolean down = false;
    for (int i = 0; i < means.length; i++) {
      if (Double.isFinite(means[i])) {
        double x = means.length == 1 ? 0 : FRAME * i / (means.length - 1.0);
        double y = FRAME * (1 - axis.fraction(means[i]));
        path.append(down ? 'L' : 'M').append(Format.coordinate(x)).append(' ');
        path.append(Format.coordinate(y));
      }
      down = Double.isFinite(means[i]);
    }
    return path.toString();
  }

  /** A vertical axis whose ends and ticks are round numbers. */
  private record Axis(double low, double high, double step) {
    static Axis of(double min, double max) {
      double range = max > min ? max - min : Math.max(1e-9, Math.abs(max));
      double power = Math.pow(10, Math.floor(Math.log10(range / 4)));
      double units = range / 4 / power;
      double step = power * (units > 5 ? 10 : units > 2 ? 5 : units > 1 ? 2 : 1);
      double low = Math.floor(min / step) * step;
      double high = Math.ceil(max / step) * step;
      return new Axis(low, high > low ? high : low + step, step);
    }

    double fraction(double v) {
      return (v - low) / (high - low);
    }

    List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      int count = (int) Math.round((high - low) / step);
      int decimals = (int) Math.max(0, -Math.floor(Math.log10(step)));
      for (int i = 0; i <= count; i++) {
        double v = low + i * step;
        ticks.add(
            new Tick(
                String.format(Locale.ROOT, "%." + decimals + "f", v),
                Format.coordinate(100 * fraction(v)),
                Format.coordinate(FRAME * (1 - fraction(v)))));
      }
      return ticks;
    }
  }
}
