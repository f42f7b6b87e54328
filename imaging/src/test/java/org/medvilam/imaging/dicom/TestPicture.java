package org.medvilam.imaging.dicom;

import java.awt.image.Raster;

/** A picture that has flat parts, a gradient, an edge and noise, computed from its coordinates. */
final class TestPicture {
  static final int COLUMNS = 23;
  static final int ROWS = 17;

  private TestPicture() {}

  /** Returns sample values of 0 to {@code white}, row by row, colour by pixel. */
  static int[] samples(int white, int bands) {
    int[] samples = new int[COLUMNS * ROWS * bands];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sample(i / bands % COLUMNS, i / bands / COLUMNS, i % bands, white);
    }
    return samples;
  }

  private static int sample(int x, int y, int band, int white) {
    if (y < 5) {
      return x < 12 ? white / 3 : white - band * white / 8;
    }
    if (x < 9) {
      return white * (x + y + band) / 30;
    }
    return y < 11
        ? white / 2 + (x * 7 + y * 5 + band * 3) % 4
        : (x * x * 31 + y * y * 17 + band * 11) * 997 % (white + 1);
  }

  /** Returns the samples of a raster in the same order. */
  static int[] of(Raster raster) {
    return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
  }
}
