package org.medvilam.imaging;

/**
 * The stored samples of a picture, a row at a time from the top; alpha is left out.
 *
 * <p>Palette entries count as colours of 8 bits. Colours are red, green, blue.
 */
interface PictureRows extends AutoCloseable {
  /** Brightest sample, on the 8-bit scale, that is still background of a mask. */
  int MASK_THRESHOLD = 127;

  /** White on the 8-bit scale. */
  int WHITE_8 = 255;

  int width();

  int height();

  /** Returns 1 for grey and 3 for colour. */
  int channels();

  /** Returns the stored value of black. */
  int black();

  /** Returns the stored value of white. */
  int white();

  /**
   * Reads the next row.
   *
   * @param samples receives {@code width * channels} stored values
   */
  void next(int[] samples);

  /**
   * Reads the next row as part of a mask.
   *
   * @param samples scratch space of {@code width * channels}
   * @param pixels receives 0 for background and another value for foreground
   * @param at where the row starts in {@code pixels}
   * @return the brightest sample on the 8-bit scale
   */
  default int nextMask(int[] samples, byte[] pixels, int at) {
    next(samples);
    int channels = channels();
    int threshold = (int) ((long) MASK_THRESHOLD * (white() - black()) / WHITE_8) + black();
    int brightest = black();
    for (int x = 0; x < width(); x++) {
      int most = samples[x * channels];
      for (int c = 1; c < channels; c++) {
        most = Math.max(most, samples[x * channels + c]);
      }
      pixels[at + x] = (byte) (most > threshold ? 1 : 0);
      brightest = Math.max(brightest, most);
    }
    int range = white() - black();
    return (int) (((long) WHITE_8 * (brightest - black()) + range - 1) / range);
  }

  /** Frees what the decoder holds. */
  @Override
  void close();
}
