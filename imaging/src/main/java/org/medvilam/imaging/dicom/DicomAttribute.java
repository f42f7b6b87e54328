package org.medvilam.imaging.dicom;

/**
 * The attributes of a DICOM header that can be asked for, with their tags and value representations
 * (PS3.6, section 6).
 *
 * <p>There is none for names, dates and free texts, so that no code can pass them on.
 */
public enum DicomAttribute {
  /** Kind of object, e.g. CT Image Storage. */
  SOP_CLASS_UID(0x00080016, Vr.UI),
  /** The object itself. */
  SOP_INSTANCE_UID(0x00080018, Vr.UI),
  /** Kind of device, e.g. {@code CT}. */
  MODALITY(0x00080060, Vr.CS),
  /** Nominal thickness of a slice in mm. */
  SLICE_THICKNESS(0x00180050, Vr.DS),
  /** Distance of the centres of two slices in mm. */
  SPACING_BETWEEN_SLICES(0x00180088, Vr.DS),
  /** Direction of a radiograph, e.g. {@code PA}. */
  VIEW_POSITION(0x00185101, Vr.CS),
  /** The study. */
  STUDY_INSTANCE_UID(0x0020000d, Vr.UI),
  /** The series. */
  SERIES_INSTANCE_UID(0x0020000e, Vr.UI),
  /** Number of the instance within its series; gives no order in space. */
  INSTANCE_NUMBER(0x00200013, Vr.IS),
  /** Centre of the first voxel in mm: x to the left, y to the back, z to the head (LPS). */
  IMAGE_POSITION_PATIENT(0x00200032, Vr.DS),
  /** Directions of a row and of a column: six cosines (PS3.3 C.7.6.2.1.1). */
  IMAGE_ORIENTATION_PATIENT(0x00200037, Vr.DS),
  /** The frame of reference that the positions share. */
  FRAME_OF_REFERENCE_UID(0x00200052, Vr.UI),
  /** Position along the normal in mm, from an origin of the device's choice. */
  SLICE_LOCATION(0x00201041, Vr.DS),
  /** 1 for grey and palette, 3 for colour. */
  SAMPLES_PER_PIXEL(0x00280002, Vr.US),
  /** What the samples mean, e.g. {@code MONOCHROME2}. */
  PHOTOMETRIC_INTERPRETATION(0x00280004, Vr.CS),
  /** 0 for colour by pixel, 1 for colour by plane. */
  PLANAR_CONFIGURATION(0x00280006, Vr.US),
  /** Frames of the object. */
  NUMBER_OF_FRAMES(0x00280008, Vr.IS),
  /** Rows of a frame. */
  ROWS(0x00280010, Vr.US),
  /** Columns of a frame. */
  COLUMNS(0x00280011, Vr.US),
  /** Distance of the centres of two rows, then of two columns, in mm (PS3.3 10.7.1.3). */
  PIXEL_SPACING(0x00280030, Vr.DS),
  /** Bits that a sample takes. */
  BITS_ALLOCATED(0x00280100, Vr.US),
  /** Bits that a sample uses. */
  BITS_STORED(0x00280101, Vr.US),
  /** The highest bit that a sample uses. */
  HIGH_BIT(0x00280102, Vr.US),
  /** 0 for unsigned, 1 for signed. */
  PIXEL_REPRESENTATION(0x00280103, Vr.US),
  /** Centres of the windows. */
  WINDOW_CENTER(0x00281050, Vr.DS),
  /** Widths of the windows. */
  WINDOW_WIDTH(0x00281051, Vr.DS),
  /** Added to a stored value after {@link #RESCALE_SLOPE}. */
  RESCALE_INTERCEPT(0x00281052, Vr.DS),
  /** Factor of a stored value. */
  RESCALE_SLOPE(0x00281053, Vr.DS),
  /** Shape of the windows: {@code LINEAR}, {@code LINEAR_EXACT} or {@code SIGMOID}. */
  VOI_LUT_FUNCTION(0x00281056, Vr.CS);

  /** How values are written (PS3.5, section 6.2). */
  enum Vr {
    /** Code string. */
    CS,
    /** Decimal string. */
    DS,
    /** Integer string. */
    IS,
    /** Unique identifier. */
    UI,
    /** Unsigned short. */
    US
  }

  private final int tag;
  private final Vr vr;

  DicomAttribute(int tag, Vr vr) {
    this.tag = tag;
    this.vr = vr;
  }

  int tag() {
    return tag;
  }

  Vr vr() {
    return vr;
  }
}
