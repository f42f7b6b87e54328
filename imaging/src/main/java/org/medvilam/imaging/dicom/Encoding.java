package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the elements of a data set are written.
 *
 * @param explicit whether each says its value representation (PS3.5, sections 7.1.2 and 7.1.3)
 * @param order byte order (PS3.5, section 7.3)
 */
record Encoding(boolean explicit, ByteOrder order) {
  /** The default (PS3.5, annex A.1). */
  static final Encoding IMPLICIT = new Encoding(false, ByteOrder.LITTLE_ENDIAN);

  /** That of the file meta information, too (PS3.10, section 7.1). */
  static final Encoding EXPLICIT = new Encoding(true, ByteOrder.LITTLE_ENDIAN);

  /** The retired one (PS3.5 2016b, annex A.3). */
  static final Encoding BIG = new Encoding(true, ByteOrder.BIG_ENDIAN);

  /** Value representations with a length of 16 bits; any other has 32 (PS3.5, table 7.1-2). */
  private static final Set<Integer> SHORT =
      vrs(
          "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL",
          "SS", "ST", "TM", "UI", "UL", "US");

  private static final int ELEMENTS_TO_TELL = 3;
  private static final int FIRST_GROUP = 8;
  private static final int LONGEST_TO_TELL = 1 << 10;

  /** Tells whether the length after a value representation takes 16 bits. */
  static boolean isShort(int vr) {
    return SHORT.contains(vr);
  }

  /**
   * Tells the encoding of a data set from its first three elements, where they leave no doubt.
   *
   * <p>A data set starts in group 0008 and its tags ascend (PS3.5, section 7.1). That three
   * elements in a row keep this, with a known value representation each or none at all, is what no
   * other encoding and no other format does.
   *
   * @return the encoding, or null where the bytes are something else
   */
  static @Nullable Encoding tell(byte[] data, int at) {
    for (Encoding encoding : new Encoding[] {EXPLICIT, BIG, IMPLICIT}) {
      if (encoding.fits(ByteBuffer.wrap(data).order(encoding.order), at)) {
        return encoding;
      }
    }
    return null;
  }

  private boolean fits(ByteBuffer data, int start) {
    int at = start;
    int last = 0;
    for (int i = 0; i < ELEMENTS_TO_TELL; i++) {
      if (at > data.limit() - 12) {
        return false;
      }
      int tag = tag(data, at);
      int group = tag >>> 16;
      boolean ascends = i == 0 ? group == FIRST_GROUP : group >= FIRST_GROUP && tag > last;
      int length = explicit ? explicitLength(data, at) : data.getInt(at + 4);
      if (!ascends || length < 0 || length > LONGEST_TO_TELL) {
        return false;
      }
      at += 8 + length;
      last = tag;
    }
    return true;
  }

  private static int explicitLength(ByteBuffer data, int at) {
    int vr = vr(data, at + 4);
    return SHORT.contains(vr) ? data.getShort(at + 6) & 0xffff : -1;
  }

  /** Returns the tag at an offset. */
  static int tag(ByteBuffer data, int at) {
    return data.getShort(at) << 16 | data.getShort(at + 2) & 0xffff;
  }

  /** Returns the value representation at an offset. */
  static int vr(ByteBuffer data, int at) {
    return (data.get(at) & 0xff) << 8 | data.get(at + 1) & 0xff;
  }

  /** Tells whether two bytes can be a value representation, known or yet to come. */
  static boolean isVr(int vr) {
    return letter(vr >> 8) && letter(vr & 0xff);
  }

  private static boolean letter(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static Set<Integer> vrs(String... names) {
    Set<Integer> vrs = new TreeSet<>();
    for (String name : names) {
      vrs.add(Element.vr(name));
    }
    return vrs;
  }
}
