package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks the structure of a JPEG 2000 codestream before a decoder sees it (ITU-T T.800, annex A):
 * decoders make a picture of any part of one and say nothing.
 */
final class Jpeg2000Stream {
  private static final int START = 0xff4f;
  private static final int SIZE = 0xff51;
  private static final int TILE_PART = 0xff90;
  private static final int DATA = 0xff93;
  private static final int PACKED_HEADERS = 0xff60;
  private static final int PACKED_TILE_HEADERS = 0xff61;
  private static final int END = 0xffd9;

  /** Second bytes of markers within the data, and the highest one that is no marker. */
  private static final int PACKET_START = 0x91;

  private static final int PACKET_START_LENGTH = 5;
  private static final int PACKET_HEADER_END = 0x92;
  private static final int LAST_DATA = 0x8f;
  private static final int SHORTEST = 45;
  private static final int SHORTEST_PART = 14;
  private static final int JP2_FIRST_BOX = 12;
  private static final int JP2_CODESTREAM = 0x6a703263;

  private final ByteBuffer stream;
  private final String name;

  private Jpeg2000Stream(byte[] stream, String name) {
    this.stream = ByteBuffer.wrap(stream);
    this.name = name;
  }

  /**
   * Returns the codestream of a frame, whole and of the size the DICOM header says.
   *
   * <p>The number of parts of each tile is written anew: encoders may leave it out (A.4.2) and some
   * are wrong by one; the decoder goes by it and leaves out the parts above, the finest.
   *
   * @param frame the bytes of the frame, which may be changed
   */
  static byte[] of(byte[] frame, PixelFormat format) {
    byte[] bytes = unboxed(frame);
    new Jpeg2000Stream(bytes, format.name()).check(format);
    return bytes;
  }

  /** Takes the codestream out of the boxes of a JP2 file, which some writers leave around it. */
  private static byte[] unboxed(byte[] frame) {
    ByteBuffer boxes = ByteBuffer.wrap(frame);
    int at = 0;
    while (at >= 0 && at <= frame.length - 8 && boxes.getInt(0) == JP2_FIRST_BOX) {
      if (boxes.getInt(at + 4) == JP2_CODESTREAM) {
        return Arrays.copyOfRange(frame, at + 8, frame.length);
      }
      at = boxes.getInt(at) < 8 ? -1 : at + boxes.getInt(at);
    }
    return frame;
  }

  private void check(PixelFormat format) {
    if (stream.limit() < SHORTEST || word(0) != START || word(2) != SIZE) {
      throw Problem.unreadable(name, "expected a JPEG 2000 stream in the frame, found none");
    }
    int columns = stream.getInt(8) - stream.getInt(16);
    int rows = stream.getInt(12) - stream.getInt(20);
    int precision = (stream.get(42) & 0x7f) + 1;
    JpegHeader.checkSize(columns, rows, word(40), precision, format);
    checkTiles();
    int first = segments(2, TILE_PART);
    int at = first;
    Map<Integer, Integer> parts = new HashMap<>();
    while (word(at) == TILE_PART) {
      parts.merge(word(at + 4), 1, Integer::sum);
      at = next(at);
    }
    if (word(at) != END) {
      throw Problem.unreadable(
          name, "expected a JPEG 2000 tile-part at byte %d, found %04X".formatted(at, word(at)));
    }
    for (int part = first; part < at; part = next(part)) {
      stream.put(part + 11, (byte) (int) parts.get(word(part + 4)));
      checkData(segments(part, DATA) + 2, next(part));
    }
  }

  /** Steps over the segments of a header and returns where the marker after them stands (A.1). */
  private int segments(int from, int marker) {
    int at = from;
    while (at == from || word(at) != marker) {
      if (word(at) == PACKED_HEADERS || word(at) == PACKED_TILE_HEADERS) {
        throw Problem.unsupported(
            name, "expected JPEG 2000 with its packet headers in place, found them packed");
      }
      if (word(at) == END) {
        throw Problem.unreadable(name, "expected JPEG 2000 tile-parts before the end, found none");
      }
      at += 2 + word(at + 2);
    }
    return at;
  }

  /**
   * Checks that the data of a tile-part hold no marker but those of packets (A.1, B.10.1): where a
   * byte FF follows another, the decoder reads the same bits for ever.
   */
  private void checkData(int from, int to) {
    for (int i = from; i < to; i++) {
      if (stream.get(i) != (byte) 0xff) {
        continue;
      }
      int after = i + 1 < to ? stream.get(i + 1) & 0xff : 0xff;
      if (after == PACKET_START) {
        i += PACKET_START_LENGTH;
      } else if (after > LAST_DATA && after != PACKET_HEADER_END) {
        throw Problem.unreadable(
            name,
            "expected JPEG 2000 data at byte %d, found the marker FF%02X".formatted(i, after));
      }
    }
  }

  /** A tile's number takes 16 bits (A.4.2), whatever the sizes make of it. */
  private void checkTiles() {
    long wide = stream.getInt(24);
    long high = stream.getInt(28);
    boolean few =
        wide > 0
            && high > 0
            && (stream.getInt(8) / wide + 1) * (stream.getInt(12) / high + 1) < 1 << 17;
    if (!few) {
      throw Problem.unreadable(
          name,
          "expected at most 65535 JPEG 2000 tiles, found tiles of %dx%d".formatted(wide, high));
    }
  }

  /** Returns where a tile-part ends (A.4.2). */
  private int next(int at) {
    word(at + 10);
    int length = stream.getInt(at + 6);
    if (length == 0) {
      return lastEnd();
    }
    return length < SHORTEST_PART || length > stream.limit() - at ? stream.limit() : at + length;
  }

  /** Returns where the end marker stands: before at most a byte of padding. */
  private int lastEnd() {
    int last = stream.limit() - 2;
    if (word(last) != END && word(last - 1) != END) {
      throw truncated();
    }
    return word(last) == END ? last : last - 1;
  }

  private int word(int at) {
    if (at < 0 || at > stream.limit() - 2) {
      throw truncated();
    }
    return stream.getShort(at) & 0xffff;
  }

  private RuntimeException truncated() {
    return Problem.truncated(
        name,
        "expected the end of the JPEG 2000 stream (FFD9), found the end of the frame after %d bytes"
            .formatted(stream.limit()));
  }
}
