package org.medvilam.imaging.dicom;

import java.util.Arrays;

/**
 * Decodes sequential DCT streams of 12 bits, which the JDK's decoder does not (ITU-T T.81, process
 * 4: Huffman coding, annex F.2.2; inverse DCT, A.3.3).
 *
 * <p>The inverse DCT is computed in floating point and rounded, so that a sample may differ by one
 * from a decoder that computes in integers. Components have one size; DICOM's 12-bit pictures are
 * grey.
 */
final class JpegExtended {
  private static final int BLOCK = 64;

  /** Where the n-th coefficient of a block lies (A.3.6, figure A.6). */
  private static final int[] ZIGZAG = zigzag();

  /** C(u)/2 times cos((2x+1)u pi/16), at 8x+u (A.3.3). */
  private static final double[] COSINES = cosines();

  private final Samples out;
  private final String name;
  private final int width;
  private final int height;
  private final int bands;
  private final int[][] quantization = new int[4][];
  private final HuffmanTable[] dc = new HuffmanTable[4];
  private final HuffmanTable[] ac = new HuffmanTable[4];
  private final int[] ids;
  private final int[] tables;
  private final int[] predicted;
  private final double[] coefficients = new double[BLOCK];
  private final double[] scratch = new double[BLOCK];
  private int interval;

  private JpegExtended(Samples out) {
    PixelFormat format = out.format();
    this.out = out;
    this.name = format.name();
    this.width = format.columns();
    this.height = format.rows();
    this.bands = format.photometric().samples();
    this.ids = new int[bands];
    this.tables = new int[bands];
    this.predicted = new int[bands];
  }

  /**
   * Decodes a stream.
   *
   * @param stream a stream that {@link JpegHeader} has checked
   */
  static void decode(byte[] stream, Samples out) {
    new JpegExtended(out).decode(stream);
  }

  private void decode(byte[] stream) {
    JpegSegments segments = new JpegSegments(stream, name);
    int decoded = 0;
    int marker = segments.next();
    while (marker != JpegSegments.END_OF_IMAGE) {
      switch (marker) {
        case JpegSegments.QUANTIZATION_TABLES -> quantization(segments);
        case JpegSegments.HUFFMAN_TABLES -> huffman(segments);
        case JpegSegments.RESTART_INTERVAL -> interval = segments.word(0);
        case JpegSegments.EXTENDED_FRAME -> frame(segments);
        case JpegSegments.START_OF_SCAN -> decoded += scan(stream, segments);
        default -> {}
      }
      marker = segments.next();
    }
    if (decoded != bands) {
      throw Problem.unreadable(
          name, "expected %d components in a JPEG stream, found %d".formatted(bands, decoded));
    }
  }

  /** Reads quantization tables (B.2.4.1). */
  private void quantization(JpegSegments segments) {
    int at = 0;
    int length = segments.end() - segments.start();
    while (at < length) {
      int which = segments.octet(at++);
      int width = which > 0x0f ? 2 : 1;
      int[] table = new int[BLOCK];
      for (int k = 0; k < BLOCK; k++) {
        table[ZIGZAG[k]] = width == 2 ? segments.word(at) : segments.octet(at);
        at += width;
      }
      quantization[which & 3] = table;
    }
  }

  /** Reads Huffman tables (B.2.4.2). */
  private void huffman(JpegSegments segments) {
    int at = 0;
    int length = segments.end() - segments.start();
    while (at < length) {
      int which = segments.octet(at++);
      int[] counts = new int[17];
      int total = 0;
      for (int i = 1; i <= 16; i++) {
        counts[i] = segments.octet(at++);
        total += counts[i];
      }
      int[] values = new int[total];
      for (int i = 0; i < total; i++) {
        values[i] = segments.octet(at++);
      }
      (which > 0x0f ? ac : dc)[which & 3] = new HuffmanTable(counts, values, name);
    }
  }

  /** Reads the components of the frame (B.2.2). */
  private void frame(JpegSegments segments) {
    int sampling = segments.octet(7);
    for (int i = 0; i < bands; i++) {
      ids[i] = segments.octet(6 + 3 * i);
      tables[i] = segments.octet(8 + 3 * i) & 3;
      if (segments.octet(7 + 3 * i) != sampling || bands > 1 && sampling != 0x11) {
        throw Problem.unsupported(name, "expected 12-bit JPEG with components of one size");
      }
    }
  }

  /** Decodes a scan and returns the number of its components (B.2.3, F.2.1). */
  private int scan(byte[] stream, JpegSegments segments) {
    int count = segments.octet(0);
    int[] components = new int[count];
    HuffmanTable[] codes = new HuffmanTable[2 * count];
    for (int k = 0; k < count; k++) {
      components[k] = component(segments.octet(1 + 2 * k));
      int which = segments.octet(2 + 2 * k);
      codes[2 * k] = table(dc[which >> 4 & 3]);
      codes[2 * k + 1] = table(ac[which & 3]);
    }
    JpegBits in = new JpegBits(stream, segments.end(), false, name);
    int columns = (width + 7) / 8;
    int blocks = columns * ((height + 7) / 8);
    Arrays.fill(predicted, 0);
    for (int i = 0; i < blocks; i++) {
      if (interval > 0 && i > 0 && i % interval == 0) {
        in.restart();
        Arrays.fill(predicted, 0);
      }
      for (int k = 0; k < count; k++) {
        block(in, codes[2 * k], codes[2 * k + 1], components[k]);
        store(i % columns * 8, i / columns * 8, components[k]);
      }
    }
    return count;
  }

  private int component(int id) {
    for (int i = 0; i < bands; i++) {
      if (ids[i] == id && quantization[tables[i]] != null) {
        return i;
      }
    }
    throw Problem.unreadable(name, "expected a JPEG scan of components with quantization tables");
  }

  private HuffmanTable table(HuffmanTable table) {
    if (table == null) {
      throw Problem.unreadable(name, "expected a Huffman table before a JPEG scan, found none");
    }
    return table;
  }

  /** Decodes and dequantizes the coefficients of a block (F.2.2.1, F.2.2.2). */
  private void block(JpegBits in, HuffmanTable dcCodes, HuffmanTable acCodes, int component) {
    int[] steps = quantization[tables[component]];
    Arrays.fill(coefficients, 0);
    predicted[component] += extended(in, dcCodes.decode(in) & 15);
    coefficients[0] = (double) predicted[component] * steps[0];
    int k = 1;
    while (k < BLOCK) {
      int code = acCodes.decode(in);
      int size = code & 15;
      if (size == 0 && code != 0xf0) {
        return;
      }
      k += code >> 4;
      if (k >= BLOCK) {
        throw Problem.unreadable(name, "expected at most 63 coefficients in a JPEG block");
      }
      int at = ZIGZAG[k++];
      coefficients[at] = size == 0 ? 0 : (double) extended(in, size) * steps[at];
    }
  }

  /** Returns a signed value of a number of bits (F.2.2.1, EXTEND). */
  private static int extended(JpegBits in, int size) {
    if (size == 0) {
      return 0;
    }
    int value = in.read(size);
    return value < 1 << size - 1 ? value + 1 - (1 << size) : value;
  }

  /** Transforms a block back, columns then rows, and stores what lies within the picture. */
  private void store(int left, int top, int component) {
    for (int x = 0; x < 8; x++) {
      for (int y = 0; y < 8; y++) {
        double sum = 0;
        for (int v = 0; v < 8; v++) {
          sum += COSINES[8 * y + v] * coefficients[8 * v + x];
        }
        scratch[8 * y + x] = sum;
      }
    }
    int rows = Math.min(8, height - top);
    int columns = Math.min(8, width - left);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double sum = 2048;
        for (int u = 0; u < 8; u++) {
          sum += COSINES[8 * x + u] * scratch[8 * y + u];
        }
        int value = (int) Math.max(0, Math.min(4095, Math.round(sum)));
        out.set(((top + y) * width + left + x) * bands + component, value);
      }
    }
  }

  private static double[] cosines() {
    double[] cosines = new double[BLOCK];
    for (int x = 0; x < 8; x++) {
      for (int u = 0; u < 8; u++) {
        double scale = u == 0 ? Math.sqrt(0.125) : 0.5;
        cosines[8 * x + u] = scale * Math.cos((2 * x + 1) * u * Math.PI / 16);
      }
    }
    return cosines;
  }

  private static int[] zigzag() {
    int[] order = new int[BLOCK];
    int k = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      for (int i = 0; i <= diagonal; i++) {
        int x = diagonal % 2 == 0 ? i : diagonal - i;
        int y = diagonal - x;
        if (x < 8 && y < 8) {
          order[k++] = 8 * y + x;
        }
      }
    }
    return order;
  }
}
