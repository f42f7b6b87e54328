package org.medvilam.converters.labelstudio;

import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Mask;

/**
 * The run lengths of brushes: those of thi.ng/rle-pack over an RGBA picture, whose alpha is the
 * mask.
 *
 * <p>32 bits of count, 5 of word size less one, four times 4 of run size less one; then records: a
 * bit that says whether one word repeats, 2 that choose the run size, the run length less one, and
 * the word or words.
 */
final class BrushRle {
  private static final int CHANNELS = 4;

  private final byte[] data;
  private long bit;

  private BrushRle(byte[] data) {
    this.data = data;
  }

  /**
   * Decodes a mask.
   *
   * @throws GeometryException {@code bad-rle} unless the runs cover a picture of this size exactly
   */
  static Mask decode(byte[] data, int width, int height) {
    long area = (long) width * height;
    if (area > Mask.MAX_PIXELS) {
      throw bad("at most %d pixels".formatted(Mask.MAX_PIXELS), Long.toString(area));
    }
    BrushRle rle = new BrushRle(data);
    long count = rle.read(32);
    if (count != area * CHANNELS) {
      throw bad("a count of " + area * CHANNELS, Long.toString(count));
    }
    byte[] pixels = new byte[(int) area];
    rle.fill(pixels, (int) count);
    return new Mask(width, height, pixels);
  }

  private void fill(byte[] pixels, int count) {
    int word = (int) read(5) + 1;
    int[] sizes = new int[4];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (int) read(4) + 1;
    }
    int at = 0;
    while (at < count) {
      boolean repeats = read(1) == 1;
      long end = at + 1 + read(sizes[(int) read(2)]);
      if (end > count) {
        throw bad("runs over " + count, "more");
      }
      long value = repeats ? read(word) : 0;
      for (; at < end; at++) {
        long v = repeats ? value : read(word);
        if (at % CHANNELS == CHANNELS - 1 && v != 0) {
          pixels[at / CHANNELS] = 1;
        }
      }
    }
  }

  private long read(int bits) {
    long value = 0;
    for (int i = 0; i < bits; i++, bit++) {
      if (bit >= 8L * data.length) {
        throw bad("whole runs", "a break");
      }
      value = value << 1 | data[(int) (bit / 8)] >> (7 - bit % 8) & 1;
    }
    return value;
  }

  private static GeometryException bad(String expected, String found) {
    return new GeometryException("bad-rle", "expected %s, found %s".formatted(expected, found));
  }
}
