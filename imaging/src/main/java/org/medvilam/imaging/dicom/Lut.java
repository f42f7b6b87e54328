package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A lookup table (PS3.3 C.11.1.1, C.11.2.1.1 and C.7.6.3.1.5).
 *
 * @param first input of the first entry; smaller ones take the same, greater ones than the last
 *     input the last
 * @param bits bits of an entry
 * @param entries the table; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // looked up for each pixel
record Lut(int first, int bits, int[] entries) {
  private static final int DESCRIPTOR_BYTES = 6;

  /**
   * Reads a table.
   *
   * @param header the header
   * @param place the elements that hold the table
   * @param descriptorTag tag of number of entries, first input and bits
   * @param dataTag tag of the entries
   * @param signed whether the first input is signed where the file does not say so
   */
  static Lut of(
      DicomHeader header,
      Map<Integer, Element> place,
      int descriptorTag,
      int dataTag,
      boolean signed) {
    Element descriptor = place.get(descriptorTag);
    Element entries = place.get(dataTag);
    if (descriptor == null || descriptor.length() < DESCRIPTOR_BYTES || entries == null) {
      throw Problem.unreadable(
          header.name(),
          "expected a lookup table in %s and %s, found none"
              .formatted(Element.text(descriptorTag), Element.text(dataTag)));
    }
    ByteBuffer data = header.data();
    int count = data.getShort(descriptor.at()) & 0xffff;
    count = count == 0 ? 1 << 16 : count;
    short second = data.getShort(descriptor.at() + 2);
    int bits = data.getShort(descriptor.at() + 4) & 0xffff;
    boolean octets = entries.length() < 2 * count;
    if (bits < 1 || bits > 16 || entries.length() < count || octets && bits > 8) {
      throw Problem.unreadable(
          header.name(),
          "expected a lookup table of %d entries with 1 to 16 bits, found %d bytes and %d bits"
              .formatted(count, entries.length(), bits));
    }
    int[] table = new int[count];
    for (int i = 0; i < count; i++) {
      table[i] = octets ? octet(data, entries, i) : data.getShort(entries.at() + 2 * i) & 0xffff;
    }
    boolean negative = descriptor.vr() == Element.SS || descriptor.vr() != Element.US && signed;
    return new Lut(negative ? second : second & 0xffff, bits, table);
  }

  /** Entries of 8 bits are packed into words, the first in the lower byte of its word. */
  private static int octet(ByteBuffer data, Element entries, int index) {
    int last = entries.length() - 1;
    if (index == last) {
      return data.get(entries.at() + last) & 0xff;
    }
    return data.getShort(entries.at() + (index & ~1)) >> 8 * (index & 1) & 0xff;
  }

  /** Returns the entry of an input. */
  int at(double input) {
    return entries[(int) Math.max(0, Math.min(entries.length - 1, input - first))];
  }
}
