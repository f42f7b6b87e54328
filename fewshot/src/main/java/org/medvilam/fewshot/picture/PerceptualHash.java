package org.medvilam.fewshot.picture;

import java.util.Arrays;
import org.medvilam.imaging.GreyPicture;

/**
 * The DCT hash of a picture: 64 bits that small changes of size, contrast or compression leave
 * alone.
 *
 * <p>The picture, squashed to {@value #SIDE} x {@value #SIDE}, goes through a DCT-II; of the
 * coefficients of frequencies 1 to 8 along each axis, those above their median are one. Frequency 0
 * stays out, as in Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions
 * (2010), section 3.2.1, so brightness and contrast do not matter. Cosines are {@link
 * StrictMath}'s: the hash is the same on every JVM.
 */
final class PerceptualHash {
  /** Columns and rows of the picture that is hashed. */
  static final int SIDE = 32;

  private static final int FREQUENCIES = 8;
  private static final double[][] COSINES = cosines();

  private PerceptualHash() {}

  /**
   * Returns the hash of a picture.
   *
   * @param picture {@value #SIDE} columns and rows
   */
  static long of(GreyPicture picture) {
    double[] coefficients = coefficients(picture.values());
    double[] sorted = coefficients.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = (sorted[half - 1] + sorted[half]) / 2;
    long bits = 0;
    for (double c : coefficients) {
      bits = bits << 1 | (c > median ? 1 : 0);
    }
    return bits;
  }

  private static double[] coefficients(float[] values) {
    double[][] rows = new double[SIDE][FREQUENCIES];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < FREQUENCIES; u++) {
        for (int x = 0; x < SIDE; x++) {
          rows[y][u] += COSINES[u][x] * values[y * SIDE + x];
        }
      }
    }
    double[] out = new double[FREQUENCIES * FREQUENCIES];
    for (int v = 0; v < FREQUENCIES; v++) {
      for (int u = 0; u < FREQUENCIES; u++) {
        for (int y = 0; y < SIDE; y++) {
          out[v * FREQUENCIES + u] += COSINES[v][y] * rows[y][u];
        }
      }
    }
    return out;
  }

  private static double[][] cosines() {
    double[][] cosines = new double[FREQUENCIES][SIDE];
    for (int k = 0; k < FREQUENCIES; k++) {
      for (int i = 0; i < SIDE; i++) {
        cosines[k][i] = StrictMath.cos(Math.PI / SIDE * (i + 0.5) * (k + 1));
      }
    }
    return cosines;
  }
}
