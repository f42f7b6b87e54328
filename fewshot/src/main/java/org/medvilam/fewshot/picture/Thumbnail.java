package org.medvilam.fewshot.picture;

import org.jspecify.annotations.Nullable;
import org.medvilam.imaging.PictureSummary;

/**
 * A small picture of mean 0 and variance 1, for telling whether two pictures are the same.
 *
 * <p>Normalised so, the mean squared error of two pictures does not depend on brightness, contrast
 * or the number of bits; it equals 2 (1 - r) of their correlation r.
 */
final class Thumbnail {
  /** Number of bytes: one per pixel of {@link PerceptualHash#SIDE} columns and rows. */
  static final int BYTES = PerceptualHash.SIDE * PerceptualHash.SIDE;

  /** Steps of a byte in one standard deviation; values further than 4 of them are cut. */
  private static final double STEPS = 32;

  private Thumbnail() {}

  /**
   * Returns the small picture of a summary, or null where it is blank: its values vary by less than
   * one stored step.
   */
  static byte @Nullable [] of(PictureSummary summary) {
    float[] values = summary.small().values();
    double mean = 0;
    for (float v : values) {
      mean += v;
    }
    mean /= values.length;
    double variance = 0;
    for (float v : values) {
      variance += (v - mean) * (v - mean);
    }
    double deviation = Math.sqrt(variance / values.length);
    if (!(deviation * summary.steps() >= 1)) {
      return null;
    }
    byte[] thumbnail = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      double step = Math.rint(STEPS * (values[i] - mean) / deviation);
      thumbnail[i] = (byte) Math.max(-127, Math.min(127, step));
    }
    return thumbnail;
  }

  /**
   * Returns the mean squared error of two thumbnails, in variances of a picture.
   *
   * @param limit where the error is greater, something greater than the limit may be returned
   */
  static double error(byte[] a, byte[] b, double limit) {
    double scale = STEPS * STEPS * a.length;
    double most = limit * scale;
    int sum = 0;
    for (int y = 0; y < PerceptualHash.SIDE && sum <= most; y++) {
      for (int i = y * PerceptualHash.SIDE; i < (y + 1) * PerceptualHash.SIDE; i++) {
        int d = a[i] - b[i];
        sum += d * d;
      }
    }
    return sum / scale;
  }
}
