package org.medvilam.imaging.dicom;

import java.util.HashSet;
import java.util.Set;

/** Tags beside those of {@link DicomAttribute} that decide how pixels are read (PS3.6). */
final class Tag {
  static final int TRANSFER_SYNTAX_UID = 0x00020010;
  static final int RED_PALETTE_DESCRIPTOR = 0x00281101;
  static final int RED_PALETTE_DATA = 0x00281201;
  static final int MODALITY_LUT_SEQUENCE = 0x00283000;
  static final int LUT_DESCRIPTOR = 0x00283002;
  static final int LUT_DATA = 0x00283006;
  static final int VOI_LUT_SEQUENCE = 0x00283010;
  static final int PLANE_POSITION_SEQUENCE = 0x00209113;
  static final int PLANE_ORIENTATION_SEQUENCE = 0x00209116;
  static final int PIXEL_MEASURES_SEQUENCE = 0x00289110;
  static final int FRAME_VOI_LUT_SEQUENCE = 0x00289132;
  static final int PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x00289145;
  static final int SHARED_GROUPS_SEQUENCE = 0x52009229;
  static final int FRAME_GROUPS_SEQUENCE = 0x52009230;
  static final int EXTENDED_OFFSETS = 0x7fe00001;
  static final int FLOAT_PIXELS = 0x7fe00008;
  static final int DOUBLE_PIXELS = 0x7fe00009;
  static final int PIXELS = 0x7fe00010;
  static final int ITEM = 0xfffee000;
  static final int ITEM_END = 0xfffee00d;
  static final int SEQUENCE_END = 0xfffee0dd;

  private static final Set<Integer> KEPT = kept();

  private Tag() {}

  /** Tells whether the value of an element is ever looked at. */
  static boolean isKept(int tag) {
    return KEPT.contains(tag);
  }

  /** Tells whether an element holds the pixels, of whatever kind. */
  static boolean isPixels(int tag) {
    return tag == PIXELS || tag == FLOAT_PIXELS || tag == DOUBLE_PIXELS;
  }

  private static Set<Integer> kept() {
    Set<Integer> kept = new HashSet<>();
    for (DicomAttribute attribute : DicomAttribute.values()) {
      kept.add(attribute.tag());
    }
    for (int colour = 0; colour < 3; colour++) {
      kept.add(RED_PALETTE_DESCRIPTOR + colour);
      kept.add(RED_PALETTE_DATA + colour);
    }
    kept.add(LUT_DESCRIPTOR);
    kept.add(LUT_DATA);
    kept.add(EXTENDED_OFFSETS);
    return kept;
  }
}
