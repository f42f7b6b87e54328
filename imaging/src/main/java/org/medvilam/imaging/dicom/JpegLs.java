package org.medvilam.imaging.dicom;

import java.util.Arrays;

/**
 * Decodes JPEG-LS, lossless and near-lossless, with any interleaving (ITU-T T.87 | ISO/IEC
 * 14495-1).
 *
 * <p>Each sample is predicted from its neighbours a (left), b (above), c (above left) and d (above
 * right); what the prediction missed is Golomb coded with statistics of the context that the
 * differences of the neighbours choose (annex A.2 to A.6). Where the neighbours are alike, the
 * length of a run is coded instead (annex A.7). Mapping tables, point transforms and restart
 * intervals are refused; DICOM has no use for them.
 */
final class JpegLs {
  private static final int RUN_CONTEXT = 365;

  /** Orders of the lengths of runs (A.2.1, J). */
  private static final int[] ORDERS = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };

  private final Samples out;
  private final String name;
  private final int width;
  private final int height;
  private final int bands;
  private int max;
  private final int[] preset = new int[4];

  /** Parameters of a scan (A.2.1 and C.2.4.1.1). */
  private int near;

  private int range;
  private int bits;
  private int limit;
  private int t1;
  private int t2;
  private int t3;
  private int reset;

  /** Statistics by context: magnitude, bias, correction, number; negatives of the two runs. */
  private final int[] a = new int[RUN_CONTEXT + 2];

  private final int[] b = new int[RUN_CONTEXT];
  private final int[] c = new int[RUN_CONTEXT];
  private final int[] n = new int[RUN_CONTEXT + 2];
  private final int[] negatives = new int[2];
  private final int[] runIndex = new int[3];
  private JpegBits in;

  private JpegLs(Samples out) {
    PixelFormat format = out.format();
    this.out = out;
    this.name = format.name();
    this.width = format.columns();
    this.height = format.rows();
    this.bands = format.photometric().samples();
  }

  /**
   * Decodes a stream.
   *
   * @param stream a stream that {@link JpegHeader} has checked
   */
  static void decode(byte[] stream, Samples out) {
    new JpegLs(out).decode(stream);
  }

  private void decode(byte[] stream) {
    JpegSegments segments = new JpegSegments(stream, name);
    int[] components = new int[bands];
    int decoded = 0;
    int marker = segments.next();
    while (marker != JpegSegments.END_OF_IMAGE) {
      switch (marker) {
        case JpegSegments.JPEG_LS_FRAME -> {
          max = (1 << segments.octet(0)) - 1;
          for (int i = 0; i < bands; i++) {
            components[i] = segments.octet(6 + 3 * i);
          }
        }
        case JpegSegments.JPEG_LS_PARAMETERS -> presets(segments);
        case JpegSegments.RESTART_INTERVAL -> refuse(segments.word(0) > 0, "restart intervals");
        case JpegSegments.START_OF_SCAN -> decoded += scan(stream, segments, components);
        default -> {}
      }
      marker = segments.next();
    }
    if (decoded != bands) {
      throw Problem.unreadable(
          name, "expected %d components in a JPEG-LS stream, found %d".formatted(bands, decoded));
    }
  }

  private void refuse(boolean found, String what) {
    if (found) {
      throw Problem.unsupported(name, "expected a JPEG-LS stream without " + what);
    }
  }

  /** Reads preset coding parameters (C.2.4.1.1). */
  private void presets(JpegSegments segments) {
    refuse(segments.octet(0) != 1, "mapping tables");
    max = segments.word(1) > 0 ? segments.word(1) : max;
    for (int i = 0; i < preset.length; i++) {
      preset[i] = segments.word(3 + 2 * i);
    }
  }

  /** Decodes a scan and returns the number of its components (C.2.3). */
  private int scan(byte[] stream, JpegSegments segments, int[] components) {
    int count = segments.octet(0);
    near = segments.octet(1 + 2 * count);
    int interleave = segments.octet(2 + 2 * count);
    refuse(segments.octet(3 + 2 * count) != 0, "point transform");
    int first = -1;
    for (int i = 0; i < bands; i++) {
      first = components[i] == segments.octet(1) && first < 0 ? i : first;
    }
    boolean whole = count == bands && first == 0 && (bands == 1 || interleave != 0);
    boolean single = count == 1 && first >= 0;
    if (!whole && !single || near > max / 2 || max < 1) {
      throw Problem.unreadable(
          name, "expected one or all %d components in a JPEG-LS scan".formatted(bands));
    }
    initialize();
    in = new JpegBits(stream, segments.end(), true, name);
    if (count > 1 && interleave == 2) {
      bySample();
    } else {
      byLine(first, count);
    }
    return count;
  }

  /** Sets parameters and statistics to their start (A.2.1 and C.2.4.1.1.1). */
  private void initialize() {
    range = (max + 2 * near) / (2 * near + 1) + 1;
    bits = 32 - Integer.numberOfLeadingZeros(range - 1);
    int depth = Math.max(2, 32 - Integer.numberOfLeadingZeros(max));
    limit = 2 * (depth + Math.max(8, depth));
    thresholds();
    reset = preset[3] > 0 ? preset[3] : 64;
    Arrays.fill(a, Math.max(2, (range + 32) / 64));
    Arrays.fill(b, 0);
    Arrays.fill(c, 0);
    Arrays.fill(n, 1);
    Arrays.fill(negatives, 0);
    Arrays.fill(runIndex, 0);
  }

  /** Sets the bounds of the regions of differences, as preset or by the range (C.2.4.1.1.1). */
  private void thresholds() {
    int factor = max >= 128 ? (Math.min(max, 4095) + 128) / 256 : 256 / (max + 1);
    int first = max >= 128 ? factor + 2 + 3 * near : Math.max(2, 3 / factor + 3 * near);
    int second = max >= 128 ? 4 * factor + 3 + 5 * near : Math.max(3, 7 / factor + 5 * near);
    int third = max >= 128 ? 17 * factor + 4 + 7 * near : Math.max(4, 21 / factor + 7 * near);
    t1 = preset[0] > 0 ? preset[0] : clamped(first, near + 1);
    t2 = preset[1] > 0 ? preset[1] : clamped(second, t1);
    t3 = preset[2] > 0 ? preset[2] : clamped(third, t2);
  }

  private int clamped(int value, int least) {
    return value > max || value < least ? least : value;
  }

  /**
   * Decodes components a line at a time, one after the other or interleaved by lines.
   *
   * <p>A line has a sample more on either side: left of it the first of the line above, right of it
   * the last of its own (A.2.1, figure A.1 and the text after it).
   */
  private void byLine(int first, int count) {
    int[][] above = new int[count][width + 2];
    int[][] lines = new int[count][width + 2];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < count; k++) {
        int[] line = lines[k];
        line[0] = above[k][1];
        above[k][width + 1] = above[k][width];
        line(above[k], line, k);
        for (int x = 0; x < width; x++) {
          out.set((y * width + x) * bands + first + k, line[x + 1]);
        }
      }
      int[][] swap = above;
      above = lines;
      lines = swap;
    }
  }

  private void line(int[] above, int[] line, int component) {
    int x = 1;
    while (x <= width) {
      int context = context(above, line, x);
      if (context != 0) {
        line[x] = regular(context, line[x - 1], above[x], above[x - 1]);
        x++;
        continue;
      }
      int run = run(width + 1 - x, component);
      Arrays.fill(line, x, x + run, line[x - 1]);
      x += run;
      if (x <= width) {
        line[x] = interrupted(line[x - 1], above[x], component, true);
        leaveRun(component);
        x++;
      }
    }
  }

  /** Decodes components that are interleaved by samples: a run is one of whole pixels. */
  private void bySample() {
    int[][] above = new int[bands][width + 2];
    int[][] lines = new int[bands][width + 2];
    int[] contexts = new int[bands];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < bands; k++) {
        lines[k][0] = above[k][1];
        above[k][width + 1] = above[k][width];
      }
      int x = 1;
      while (x <= width) {
        boolean alike = true;
        for (int k = 0; k < bands; k++) {
          contexts[k] = context(above[k], lines[k], x);
          alike &= contexts[k] == 0;
        }
        int run = alike ? run(width + 1 - x, 0) : 0;
        for (int k = 0; k < bands; k++) {
          int[] line = lines[k];
          Arrays.fill(line, x, x + run, line[x - 1]);
          if (x + run <= width) {
            int at = x + run;
            line[at] =
                alike
                    ? interrupted(line[at - 1], above[k][at], 0, false)
                    : regular(contexts[k], line[at - 1], above[k][at], above[k][at - 1]);
          }
        }
        if (alike && x + run <= width) {
          leaveRun(0);
        }
        x += run + 1;
      }
      store(lines, y);
      int[][] swap = above;
      above = lines;
      lines = swap;
    }
  }

  private void store(int[][] lines, int y) {
    for (int x = 0; x < width; x++) {
      for (int k = 0; k < bands; k++) {
        out.set((y * width + x) * bands + k, lines[k][x + 1]);
      }
    }
  }

  /**
   * Returns the context of a sample with its sign, 0 for a run (A.3); differences are quantized
   * into nine regions.
   */
  private int context(int[] above, int[] line, int x) {
    int upper = above[x];
    int corner = above[x - 1];
    int q1 = region(above[x + 1] - upper);
    int q2 = region(upper - corner);
    int q3 = region(corner - line[x - 1]);
    return 81 * q1 + 9 * q2 + q3;
  }

  private int region(int difference) {
    if (difference < -near || difference > near) {
      int size = Math.abs(difference);
      int region = size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4;
      return difference < 0 ? -region : region;
    }
    return 0;
  }

  /** Decodes a sample in regular mode (A.4 to A.6). */
  private int regular(int signed, int left, int upper, int corner) {
    int q = Math.abs(signed);
    int sign = signed < 0 ? -1 : 1;
    int predicted = left + upper - corner;
    if (corner >= Math.max(left, upper)) {
      predicted = Math.min(left, upper);
    } else if (corner <= Math.min(left, upper)) {
      predicted = Math.max(left, upper);
    }
    predicted = Math.max(0, Math.min(max, predicted + sign * c[q]));
    int k = order(a[q], n[q]);
    int coded = golomb(k, limit);
    int error = (coded & 1) == 0 ? coded >> 1 : -(coded + 1 >> 1);
    if (near == 0 && k == 0 && 2 * b[q] <= -n[q]) {
      error = -error - 1;
    }
    update(q, error);
    return reconstructed(predicted, sign * error);
  }

  private static int order(int magnitude, int number) {
    int k = 0;
    while (number << k < magnitude && k < 24) {
      k++;
    }
    return k;
  }

  /** Decodes a Golomb code of limited length (A.5.3). */
  private int golomb(int k, int longest) {
    int zeros = in.zeros(longest - bits - 1);
    return zeros < longest - bits - 1 ? zeros << k | in.read(k) : in.read(bits) + 1;
  }

  /** Updates the statistics of a context (A.6). */
  private void update(int q, int error) {
    b[q] += error * (2 * near + 1);
    a[q] += Math.abs(error);
    if (n[q] == reset) {
      a[q] >>= 1;
      b[q] >>= 1;
      n[q] >>= 1;
    }
    n[q]++;
    if (b[q] <= -n[q]) {
      b[q] = Math.max(b[q] + n[q], 1 - n[q]);
      c[q] = Math.max(c[q] - 1, -128);
    } else if (b[q] > 0) {
      b[q] = Math.min(b[q] - n[q], 0);
      c[q] = Math.min(c[q] + 1, 127);
    }
  }

  /** Adds an error to a prediction, modulo the range (A.4.4 and A.4.5). */
  private int reconstructed(int predicted, int error) {
    int step = 2 * near + 1;
    int value = predicted + error * step;
    if (value < -near) {
      value += range * step;
    } else if (value > max + near) {
      value -= range * step;
    }
    return Math.max(0, Math.min(max, value));
  }

  /** Decodes the length of a run, at most what is left of the line (A.7.1). */
  private int run(int left, int component) {
    int run = 0;
    while (in.read(1) == 1) {
      int segment = 1 << ORDERS[runIndex[component]];
      if (segment <= left - run && runIndex[component] < 31) {
        runIndex[component]++;
      }
      run += Math.min(segment, left - run);
      if (run == left) {
        return run;
      }
    }
    run += in.read(ORDERS[runIndex[component]]);
    if (run >= left) {
      throw Problem.unreadable(name, "expected a JPEG-LS run to end within its line");
    }
    return run;
  }

  private void leaveRun(int component) {
    runIndex[component] = Math.max(0, runIndex[component] - 1);
  }

  /**
   * Decodes the sample that ends a run (A.7.2).
   *
   * @param typed whether neighbours that are alike have a context of their own, as they have but
   *     for interleaving by samples
   */
  private int interrupted(int left, int upper, int component, boolean typed) {
    int type = typed && Math.abs(left - upper) <= near ? 1 : 0;
    int q = RUN_CONTEXT + type;
    int k = order(type == 1 ? a[q] + (n[q] >> 1) : a[q], n[q]);
    int coded = golomb(k, limit - ORDERS[runIndex[component]] - 1);
    int doubled = coded + type;
    int map = doubled & 1;
    boolean negative = (k != 0 || 2 * negatives[type] >= n[q]) == (map == 1);
    int error = (doubled + map) / 2 * (negative ? -1 : 1);
    if (error < 0) {
      negatives[type]++;
    }
    a[q] += coded + 1 - type >> 1;
    if (n[q] == reset) {
      a[q] >>= 1;
      n[q] >>= 1;
      negatives[type] >>= 1;
    }
    n[q]++;
    return reconstructed(type == 1 ? left : upper, type == 0 && left > upper ? -error : error);
  }
}
