package org.medvilam.records.geometry;

import java.util.Arrays;

/**
 * A binary picture: which pixels belong to a finding.
 *
 * <p>Row-major, one byte per pixel, 0 for background and anything else for foreground.
 */
public final class Mask {
  /** The largest mask or picture the toolkit decodes: 64 megapixels, e.g. 8192 x 8192. */
  public static final long MAX_PIXELS = 1L << 26;

  private static final byte[] NOTHING = new byte[1 << 10];

  private final int width;
  private final int height;
  private final byte[] pixels;

  /**
   * Wraps pixels without copying them; the caller gives up the array.
   *
   * @param width columns
   * @param height rows
   * @param pixels {@code width * height} values, row by row
   */
  public Mask(int width, int height, byte[] pixels) {
    if (width < 1 || height < 1 || pixels.length != (long) width * height) {
      throw new IllegalArgumentException(
          "pixels must be width x height = %d x %d, but were: %d"
              .formatted(width, height, pixels.length));
    }
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Tells whether the pixel of column {@code x} and row {@code y} is foreground; false outside. */
  public boolean get(int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && pixels[y * width + x] != 0;
  }

  /**
   * Returns the first column of row {@code y} from {@code x} on that is foreground, or the width.
   */
  int nextForeground(int x, int y) {
    int row = y * width;
    return firstSet(row + x, row + width) - row;
  }

  /** Returns the first foreground pixel of a stretch, or its end; compared by whole registers. */
  private int firstSet(int from, int to) {
    for (int at = from; at < to; at += NOTHING.length) {
      int end = Math.min(to, at + NOTHING.length);
      int first = Arrays.mismatch(pixels, at, end, NOTHING, 0, end - at);
      if (first >= 0) {
        return at + first;
      }
    }
    return to;
  }

  /**
   * Returns the first column of row {@code y} from {@code x} on that is background, or the width.
   */
  int nextBackground(int x, int y) {
    int row = y * width;
    int at = x;
    while (at < width && pixels[row + at] != 0) {
      at++;
    }
    return at;
  }

  /** Tells whether no pixel is foreground. */
  public boolean isEmpty() {
    return firstSet(0, pixels.length) == pixels.length;
  }

  /** Returns the number of foreground pixels. */
  public long area() {
    long count = 0;
    for (byte p : pixels) {
      count += p != 0 ? 1 : 0;
    }
    return count;
  }
}
