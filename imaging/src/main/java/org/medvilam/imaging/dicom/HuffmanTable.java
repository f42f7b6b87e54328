package org.medvilam.imaging.dicom;

/**
 * A Huffman table: the codes of each length are consecutive numbers (ITU-T T.81, annex C and
 * F.2.2.3).
 */
final class HuffmanTable {
  private static final int LONGEST = 16;

  private final String name;
  private final int[] values;

  /** By length: the last code, -1 where there is none, and what to add to it for its value. */
  private final int[] last = new int[LONGEST + 1];

  private final int[] offset = new int[LONGEST + 1];

  /**
   * Makes a table.
   *
   * @param counts number of codes of each length from 1 to 16, at that index
   * @param values what the codes stand for, in order
   * @param name file name, for messages
   */
  HuffmanTable(int[] counts, int[] values, String name) {
    this.name = name;
    this.values = values;
    int code = 0;
    int value = 0;
    for (int length = 1; length <= LONGEST; length++) {
      offset[length] = value - code;
      code += counts[length];
      value += counts[length];
      last[length] = counts[length] == 0 ? -1 : code - 1;
      code <<= 1;
    }
  }

  /** Reads a code and returns what it stands for. */
  int decode(JpegBits in) {
    int code = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code = code << 1 | in.read(1);
      if (code <= last[length]) {
        return values[Math.max(0, code + offset[length])];
      }
    }
    throw Problem.unreadable(name, "expected a Huffman code of the table, found none");
  }
}
