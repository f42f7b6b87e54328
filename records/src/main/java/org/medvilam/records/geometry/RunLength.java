package org.medvilam.records.geometry;

import java.util.Arrays;

/**
 * Run-length codes of masks, each by its owner's name; the order of pixels is never guessed.
 *
 * <p>COCO: runs alternate background and foreground, column by column, 0-based (cocoapi,
 * maskApi.c). Kaggle: pairs of start and length, column by column, 1-based. CheXmask: pairs of
 * start and length, row by row, 1-based.
 */
public final class RunLength {
  private static final String REASON = "bad-rle";

  private RunLength() {}

  /**
   * Decodes COCO counts.
   *
   * @param counts run lengths, background first
   * @param width columns of the mask
   * @param height rows of the mask
   * @throws GeometryException {@code bad-rle} unless the runs cover the mask exactly
   */
  public static Mask fromCocoCounts(long[] counts, int width, int height) {
    checkSum(counts, width, height);
    byte[] pixels = pixels(width, height);
    long at = 0;
    boolean on = false;
    for (long run : counts) {
      if (on) {
        fillColumns(pixels, width, height, at, at + run);
      }
      at += run;
      on = !on;
    }
    return new Mask(width, height, pixels);
  }

  /** Checks the runs before anything of the mask's size is asked for. */
  private static void checkSum(long[] counts, int width, int height) {
    long left = size(width, height);
    for (long run : counts) {
      if (run < 0 || run > left) {
        throw bad("runs that cover %d x %d pixels", width, height, "a run of " + run);
      }
      left -= run;
    }
    if (left != 0) {
      throw bad("runs that cover %d x %d pixels", width, height, left + " fewer");
    }
  }

  /**
   * Decodes COCO's compressed string.
   *
   * <p>Each character holds 6 bits, lowest group first: 5 of data and one that says whether more
   * follow; from the fourth count on the value is the difference to the count two before.
   */
  public static Mask fromCocoString(String text, int width, int height) {
    return fromCocoCounts(cocoCounts(text), width, height);
  }

  /** Returns the counts that a COCO string holds. */
  public static long[] cocoCounts(String text) {
    long[] counts = new long[text.length()];
    int n = 0;
    int i = 0;
    while (i < text.length()) {
      long value = 0;
      int shift = 0;
      boolean more = true;
      while (more) {
        int c = i < text.length() ? text.charAt(i) - 48 : -1;
        if (c < 0 || c > 63 || shift > 30) {
          throw new GeometryException(
              REASON, "expected characters '0' to 'o' in whole groups, found an error at " + i);
        }
        value |= (long) (c & 0x1f) << shift;
        more = (c & 0x20) != 0;
        shift += 5;
        i++;
        if (!more && (c & 0x10) != 0) {
          value |= -1L << shift;
        }
      }
      counts[n] = n > 2 ? value + counts[n - 2] : value;
      n++;
    }
    return Arrays.copyOf(counts, n);
  }

  /** Returns the COCO counts of a mask. */
  public static long[] toCocoCounts(Mask mask) {
    long[] counts = new long[16];
    int n = 0;
    boolean on = false;
    long run = 0;
    for (int x = 0; x < mask.width(); x++) {
      for (int y = 0; y < mask.height(); y++) {
        if (mask.get(x, y) != on) {
          counts = n + 2 > counts.length ? Arrays.copyOf(counts, 2 * counts.length) : counts;
          counts[n++] = run;
          run = 0;
          on = !on;
        }
        run++;
      }
    }
    counts[n++] = run;
    return Arrays.copyOf(counts, n);
  }

  /** Returns COCO's compressed string of some counts. */
  public static String toCocoString(long[] counts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < counts.length; i++) {
      long value = i > 2 ? counts[i] - counts[i - 2] : counts[i];
      boolean more = true;
      while (more) {
        int c = (int) (value & 0x1f);
        value >>= 5;
        more = (c & 0x10) != 0 ? value != -1 : value != 0;
        text.append((char) ((more ? c | 0x20 : c) + 48));
      }
    }
    return text.toString();
  }

  /** Decodes Kaggle's {@code start length start length …}: 1-based, column by column. */
  public static Mask fromKaggle(String text, int width, int height) {
    long[][] runs = runs(text, size(width, height));
    byte[] pixels = pixels(width, height);
    for (long[] run : runs) {
      fillColumns(pixels, width, height, run[0], run[1]);
    }
    return new Mask(width, height, pixels);
  }

  /** Decodes CheXmask's {@code start length start length …}: 1-based, row by row. */
  public static Mask fromCheXmask(String text, int width, int height) {
    long[][] runs = runs(text, size(width, height));
    byte[] pixels = pixels(width, height);
    for (long[] run : runs) {
      Arrays.fill(pixels, (int) run[0], (int) run[1], (byte) 1);
    }
    return new Mask(width, height, pixels);
  }

  /** Returns 0-based, end-exclusive runs of 1-based start and length pairs. */
  private static long[][] runs(String text, int size) {
    String trimmed = text.strip();
    String[] words = trimmed.isEmpty() ? new String[0] : trimmed.split("\\s+");
    if (words.length % 2 != 0) {
      throw new GeometryException(
          REASON, "expected pairs of start and length, found " + words.length + " numbers");
    }
    long[][] runs = new long[words.length / 2][];
    long previous = 0;
    for (int i = 0; i < runs.length; i++) {
      long start = number(words[2 * i]) - 1;
      long end = start + number(words[2 * i + 1]);
      if (start < previous || end < start || end > size) {
        throw new GeometryException(
            REASON,
            "expected ascending runs within %d pixels, found start %s length %s"
                .formatted(size, words[2 * i], words[2 * i + 1]));
      }
      runs[i] = new long[] {start, end};
      previous = end;
    }
    return runs;
  }

  private static long number(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new GeometryException(REASON, "expected whole numbers, found '" + word + "'");
    }
  }

  private static void fillColumns(byte[] pixels, int width, int height, long from, long to) {
    for (long p = from; p < to; p++) {
      pixels[(int) (p % height) * width + (int) (p / height)] = 1;
    }
  }

  private static byte[] pixels(int width, int height) {
    return new byte[size(width, height)];
  }

  private static int size(int width, int height) {
    long size = (long) width * height;
    if (width < 1 || height < 1 || size > Mask.MAX_PIXELS) {
      throw new GeometryException(
          REASON,
          "expected a size of 1 to %d pixels, found %d x %d"
              .formatted(Mask.MAX_PIXELS, width, height));
    }
    return (int) size;
  }

  private static GeometryException bad(String expected, int width, int height, String found) {
    return new GeometryException(
        REASON, "expected " + expected.formatted(width, height) + ", found " + found);
  }
}
