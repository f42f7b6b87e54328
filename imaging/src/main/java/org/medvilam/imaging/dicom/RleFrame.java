package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Frames in runs of bytes (PS3.5, annex G).
 *
 * <p>Each segment holds one byte of every sample of a colour, the most significant first.
 */
final class RleFrame {
  private static final int HEADER = 64;

  private RleFrame() {}

  /** Reads a frame. */
  static void decode(byte[] stream, Samples out) {
    PixelFormat format = out.format();
    if (format.allocated() < 8 || format.real()) {
      throw Problem.unreadable(
          format.name(), "expected RLE of 8, 16 or 32 bits, found another size of samples");
    }
    int colours = format.photometric().samples();
    int octets = format.allocated() / 8;
    int pixels = format.rows() * format.columns();
    int[] starts = starts(stream, colours * octets, format.name());
    byte[][] planes = new byte[octets][pixels];
    for (int c = 0; c < colours; c++) {
      for (int b = 0; b < octets; b++) {
        int segment = c * octets + b;
        unpack(stream, starts[segment], starts[segment + 1], planes[b], format.name());
      }
      for (int i = 0; i < pixels; i++) {
        int bits = 0;
        for (byte[] plane : planes) {
          bits = bits << 8 | plane[i] & 0xff;
        }
        out.set(i * colours + c, bits);
      }
    }
  }

  /** Reads where the segments start, and where the last one ends. */
  private static int[] starts(byte[] stream, int expected, String name) {
    if (stream.length < HEADER) {
      throw Problem.truncated(
          name, "expected an RLE header of 64 bytes, found %d bytes".formatted(stream.length));
    }
    ByteBuffer header = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(0) != expected) {
      throw Problem.unreadable(
          name, "expected %d RLE segments, found %d".formatted(expected, header.getInt(0)));
    }
    int[] starts = new int[expected + 1];
    starts[expected] = stream.length;
    for (int i = expected - 1; i >= 0; i--) {
      starts[i] = header.getInt(4 + 4 * i);
      if (starts[i] < HEADER || starts[i] > starts[i + 1]) {
        throw Problem.unreadable(
            name,
            "expected RLE segment %d to start within bytes %d to %d, found %d"
                .formatted(i, HEADER, starts[i + 1], starts[i]));
      }
    }
    return starts;
  }

  /** Fills a plane from the runs of a segment (PS3.5, annex G.3.2). */
  private static void unpack(byte[] stream, int from, int to, byte[] plane, String name) {
    int at = from;
    int filled = 0;
    while (filled < plane.length) {
      if (at >= to) {
        throw Problem.truncated(
            name, "expected %d bytes in an RLE segment, found %d".formatted(plane.length, filled));
      }
      int code = stream[at++];
      if (code >= 0) {
        int count = Math.min(code + 1, plane.length - filled);
        if (count > to - at) {
          throw Problem.truncated(
              name, "expected %d bytes in an RLE run, found %d".formatted(count, to - at));
        }
        System.arraycopy(stream, at, plane, filled, count);
        at += code + 1;
        filled += count;
      } else if (code != Byte.MIN_VALUE) {
        if (at >= to) {
          throw Problem.truncated(name, "expected a byte to repeat in an RLE run, found its end");
        }
        int end = Math.min(filled + 1 - code, plane.length);
        Arrays.fill(plane, filled, end, stream[at++]);
        filled = end;
      }
    }
  }
}
