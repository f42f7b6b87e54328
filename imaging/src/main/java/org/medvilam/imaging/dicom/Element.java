package org.medvilam.imaging.dicom;

/**
 * Where the value of a data element lies (PS3.5, section 7.1).
 *
 * @param tag group and element number
 * @param vr two letters of the value representation as a big-endian number; 0 where none is written
 * @param at offset of the value
 * @param length bytes of the value; {@link #UNDEFINED} where a delimiter ends it
 */
record Element(int tag, int vr, int at, int length) {
  /** The length FFFFFFFF. */
  static final int UNDEFINED = -1;

  /** Value representation of a word string, whose bytes follow the byte order of the file. */
  static final int OW = vr("OW");

  /** Value representation of a byte string. */
  static final int OB = vr("OB");

  /** Value representation of signed shorts. */
  static final int SS = vr("SS");

  /** Value representation of unsigned shorts. */
  static final int US = vr("US");

  /** Value representation of a sequence of items. */
  static final int SQ = vr("SQ");

  /** Value representation of what the writer did not know. */
  static final int UN = vr("UN");

  /** Returns two letters as a number. */
  static int vr(String letters) {
    return letters.charAt(0) << 8 | letters.charAt(1);
  }

  /** Returns a tag as the standard writes it. */
  static String text(int tag) {
    return "(%04X,%04X)".formatted(tag >>> 16, tag & 0xffff);
  }
}
