package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;

/** Samples that are not packed (PS3.5, sections 8.1.1, 8.2 and annex D). */
final class NativeFrame {
  private NativeFrame() {}

  /** Returns the bits that a frame takes in the file; frames of one-bit samples are not padded. */
  static long bits(PixelFormat format) {
    return format.photometric() == Photometric.YBR_FULL_422
        ? 2L * format.rows() * format.columns() * format.allocated()
        : (long) format.samples() * format.allocated();
  }

  /**
   * Reads a frame.
   *
   * @param data bytes with the byte order of the file
   * @param start offset of the first frame in bytes
   * @param frame number of the frame
   * @param words whether bytes of less than a word are swapped as those of words are
   */
  static void decode(ByteBuffer data, int start, int frame, boolean words, Samples out) {
    PixelFormat format = out.format();
    long first = frame * bits(format);
    int at = (int) (start + first / 8);
    int swap = words ? 1 : 0;
    if (format.photometric() == Photometric.YBR_FULL_422) {
      halfColour(data, start, (int) (first / 8), swap, out);
      return;
    }
    int samples = format.samples();
    for (int i = 0; i < samples; i++) {
      int index = format.planar() ? interleaved(format, i) : i;
      switch (format.allocated()) {
        case 1 -> {
          long bit = first + i;
          int octet = data.get(start + ((int) (bit >> 3) ^ swap));
          out.set(index, octet >> (int) (bit & 7) & 1);
        }
        case 8 -> out.set(index, data.get(start + ((int) (first / 8) + i ^ swap)));
        case 16 -> out.set(index, data.getShort(at + 2 * i));
        case 32 -> {
          if (format.real()) {
            out.set(index, (double) data.getFloat(at + 4 * i));
          } else {
            out.set(index, data.getInt(at + 4 * i));
          }
        }
        default -> out.set(index, data.getDouble(at + 8 * i));
      }
    }
  }

  private static int interleaved(PixelFormat format, int index) {
    int plane = format.rows() * format.columns();
    return index % plane * format.photometric().samples() + index / plane;
  }

  /** Reads pairs of pixels that share their colour, in the order Y, Y, B, R (PS3.3 C.7.6.3.1.2). */
  private static void halfColour(ByteBuffer data, int start, int from, int swap, Samples out) {
    PixelFormat format = out.format();
    if (format.allocated() != 8 || format.columns() % 2 != 0 || format.planar()) {
      throw Problem.unsupported(
          format.name(),
          "expected YBR_FULL_422 with 8 bits, colour by pixel and an even number of columns");
    }
    int pairs = format.rows() * format.columns() / 2;
    for (int i = 0; i < pairs; i++) {
      int at = from + 4 * i;
      for (int k = 0; k < 2; k++) {
        out.set(6 * i + 3 * k, data.get(start + (at + k ^ swap)));
        out.set(6 * i + 3 * k + 1, data.get(start + (at + 2 ^ swap)));
        out.set(6 * i + 3 * k + 2, data.get(start + (at + 3 ^ swap)));
      }
    }
  }
}
