package org.medvilam.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What stands before the data set: preamble, prefix and file meta information (PS3.10, section
 * 7.1), any of which may be missing in files that were not made for interchange.
 *
 * @param uid transfer syntax UID; empty where none is given
 * @param at offset of the first element of the data set
 */
record Preface(String uid, int at) {
  private static final int PREAMBLE = 128;
  private static final byte[] PREFIX = {'D', 'I', 'C', 'M'};
  private static final int META_GROUP = 2;
  private static final Pattern UID = Pattern.compile("[0-9.]{1,64}");

  /** Tells whether a file, or a thousand bytes of its start, are DICOM beyond doubt. */
  static boolean starts(byte[] data) {
    return hasPrefix(data) || startsWithMeta(data) || Encoding.tell(data, 0) != null;
  }

  /** Tells whether a prefix is followed by elements; the letters may also be part of a value. */
  private static boolean hasPrefix(byte[] data) {
    int end = PREAMBLE + PREFIX.length;
    return data.length >= end + 2
        && Arrays.equals(data, PREAMBLE, end, PREFIX, 0, PREFIX.length)
        && (little(data).getShort(end) == META_GROUP || Encoding.tell(data, end) != null);
  }

  /** Tells whether the file starts with the length or the version of the meta information. */
  private static boolean startsWithMeta(byte[] data) {
    if (data.length < 8) {
      return false;
    }
    ByteBuffer bytes = little(data);
    int tag = Encoding.tag(bytes, 0);
    int vr = Encoding.vr(bytes, 4);
    return tag == 0x00020000 && vr == Element.vr("UL") || tag == 0x00020001 && vr == Element.OB;
  }

  /**
   * Reads what stands before the data set of a file that {@link #starts} as DICOM.
   *
   * <p>The meta information ends where its group does: its length is often wrong or absent.
   */
  static Preface of(byte[] data, String name) {
    ByteBuffer bytes = little(data);
    int at = hasPrefix(data) ? PREAMBLE + PREFIX.length : 0;
    String uid = "";
    while (at <= data.length - 8 && bytes.getShort(at) == META_GROUP) {
      int vr = Encoding.vr(bytes, at + 4);
      int header = Encoding.isShort(vr) ? 8 : 12;
      if (at > data.length - header) {
        break;
      }
      int length = header == 8 ? bytes.getShort(at + 6) & 0xffff : bytes.getInt(at + 8);
      int tag = Encoding.tag(bytes, at);
      at += header;
      if (!Encoding.isVr(vr) || length < 0) {
        throw Problem.unreadable(
            name,
            "expected file meta information in Explicit VR Little Endian (PS3.10, 7.1), found %s"
                .formatted(Element.text(tag)));
      }
      if (length > data.length - at) {
        throw Problem.truncated(
            name,
            "expected %d bytes of %s at byte %d, found the end of the file at byte %d"
                .formatted(length, Element.text(tag), at, data.length));
      }
      if (tag == Tag.TRANSFER_SYNTAX_UID) {
        uid = uid(data, at, length, name);
      }
      at += length;
    }
    return new Preface(uid, at);
  }

  private static String uid(byte[] data, int at, int length, String name) {
    String text = new String(data, at, length, StandardCharsets.ISO_8859_1);
    String uid = text.replace('\0', ' ').strip();
    if (!uid.isEmpty() && !UID.matcher(uid).matches()) {
      throw Problem.unreadable(
          name, "expected a UID as transfer syntax (0002,0010), found something else");
    }
    return uid;
  }

  private static ByteBuffer little(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }
}
