package org.medvilam.imaging.dicom;

/**
 * The bits of entropy-coded data, most significant first, without what is stuffed after FF: a zero
 * byte in JPEG (ITU-T T.81, F.1.2.3), a zero bit in JPEG-LS (T.87, A.1).
 */
final class JpegBits {
  private final byte[] stream;
  private final boolean stuffedBit;
  private final String name;
  private int at;
  private long window;
  private int held;
  private boolean afterFull;

  /**
   * Starts in a stream.
   *
   * @param at where the data start
   * @param stuffedBit whether a bit, not a byte, is stuffed
   * @param name file name, for messages
   */
  JpegBits(byte[] stream, int at, boolean stuffedBit, String name) {
    this.stream = stream;
    this.at = at;
    this.stuffedBit = stuffedBit;
    this.name = name;
  }

  /** Reads up to 32 bits. */
  int read(int count) {
    if (count == 0) {
      return 0;
    }
    fill(count);
    held -= count;
    return (int) (window >>> held & (1L << count) - 1);
  }

  /** Reads zeros and the one after them; returns how many they are, at most the number given. */
  int zeros(int most) {
    int zeros = 0;
    while (read(1) == 0) {
      if (++zeros > most) {
        throw Problem.unreadable(name, "expected a shorter code in a JPEG-LS scan");
      }
    }
    return zeros;
  }

  /** Forgets the bits that are left of a byte and steps over a restart marker (T.81, F.2.2.5). */
  void restart() {
    held = 0;
    boolean marked =
        at + 1 < stream.length && stream[at] == (byte) 0xff && (stream[at + 1] & 0xf8) == 0xd0;
    if (!marked) {
      throw Problem.unreadable(name, "expected a restart marker in a JPEG scan, found none");
    }
    at += 2;
  }

  private void fill(int count) {
    while (held < count) {
      int octet = at < stream.length ? stream[at] & 0xff : 0xff;
      boolean more = at + 1 < stream.length;
      int following = more ? stream[at + 1] & 0xff : 0xff;
      boolean marker = octet == 0xff && (stuffedBit ? following >= 0x80 : following != 0);
      if (marker) {
        throw Problem.truncated(name, "expected more bits in a JPEG scan, found its end");
      }
      at += octet == 0xff && !stuffedBit ? 2 : 1;
      int bits = afterFull && stuffedBit ? 7 : 8;
      window = window << bits | octet & (1 << bits) - 1;
      held += bits;
      afterFull = octet == 0xff;
    }
  }
}
