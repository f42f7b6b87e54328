package org.medvilam.imaging.dicom;

/**
 * The marker segments of a JPEG or JPEG-LS stream, in order (ITU-T T.81, annex B; T.87, annex C).
 */
final class JpegSegments {
  static final int START_OF_IMAGE = 0xd8;
  static final int END_OF_IMAGE = 0xd9;
  static final int START_OF_SCAN = 0xda;
  static final int QUANTIZATION_TABLES = 0xdb;
  static final int RESTART_INTERVAL = 0xdd;
  static final int HUFFMAN_TABLES = 0xc4;
  static final int EXTENDED_FRAME = 0xc1;
  static final int LOSSLESS_FRAME = 0xc3;
  static final int JPEG_LS_FRAME = 0xf7;
  static final int JPEG_LS_PARAMETERS = 0xf8;

  private final byte[] stream;
  private final String name;
  private int at = 2;
  private int start;

  /** Starts at the beginning of a stream. */
  JpegSegments(byte[] stream, String name) {
    this.stream = stream;
    this.name = name;
    boolean starts =
        stream.length >= 2 && (stream[0] & 0xff) == 0xff && (stream[1] & 0xff) == START_OF_IMAGE;
    if (!starts) {
      throw Problem.unreadable(name, "expected a JPEG stream in the frame, found none");
    }
  }

  /**
   * Steps to the next segment, over entropy-coded data, and returns its marker.
   *
   * <p>Bytes of a scan whose highest bit is clear after FF are stuffed, in both standards; restart
   * markers carry no segment.
   */
  int next() {
    while (at + 1 < stream.length) {
      int marker = stream[at + 1] & 0xff;
      boolean found =
          (stream[at] & 0xff) == 0xff
              && marker >= 0xc0
              && marker != 0xff
              && (marker < 0xd0 || marker > START_OF_IMAGE);
      at++;
      if (found) {
        at++;
        start = at;
        if (marker != END_OF_IMAGE) {
          at += length();
        }
        return marker;
      }
    }
    throw truncated();
  }

  private int length() {
    if (at + 2 > stream.length) {
      throw truncated();
    }
    int length = (stream[at] & 0xff) << 8 | stream[at + 1] & 0xff;
    if (length < 2 || length > stream.length - at) {
      throw truncated();
    }
    return length;
  }

  /** Returns where the parameters of the segment start. */
  int start() {
    return start + 2;
  }

  /** Returns where the segment ends and, after a scan header, its data start. */
  int end() {
    return at;
  }

  /** Returns a byte of the parameters of the segment. */
  int octet(int index) {
    int position = start + 2 + index;
    if (position >= at) {
      throw Problem.unreadable(
          name,
          "expected at least %d parameters in a JPEG segment, found %d"
              .formatted(index + 1, at - start - 2));
    }
    return stream[position] & 0xff;
  }

  /** Returns two bytes of the parameters of the segment. */
  int word(int index) {
    return octet(index) << 8 | octet(index + 1);
  }

  private RuntimeException truncated() {
    return Problem.truncated(
        name,
        "expected the end of the JPEG stream (FFD9), found the end of the frame after %d bytes"
            .formatted(stream.length));
  }
}
