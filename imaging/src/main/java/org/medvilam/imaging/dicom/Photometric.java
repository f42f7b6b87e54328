package org.medvilam.imaging.dicom;

/** What the samples of a pixel mean (PS3.3 C.7.6.3.1.2). */
enum Photometric {
  /** Grey; the least value is white. */
  MONOCHROME1(1),
  /** Grey; the least value is black. */
  MONOCHROME2(1),
  /** Index into a palette. */
  PALETTE_COLOR(1),
  /** Red, green, blue. */
  RGB(3),
  /** Brightness and two colour differences of full range. */
  YBR_FULL(3),
  /** The same, colour for every other column only. */
  YBR_FULL_422(3),
  /** What JPEG 2000 makes of RGB when it loses something; its decoders undo it. */
  YBR_ICT(3),
  /** What JPEG 2000 makes of RGB when it loses nothing; its decoders undo it. */
  YBR_RCT(3);

  private final int samples;

  Photometric(int samples) {
    this.samples = samples;
  }

  /** Returns the interpretation of a code string. */
  static Photometric of(String code, String name) {
    for (Photometric photometric : values()) {
      if (photometric.name().equals(code.replace(' ', '_'))) {
        return photometric;
      }
    }
    throw code.isEmpty()
        ? Problem.unreadable(
            name, "expected a photometric interpretation (0028,0004) (PS3.3 C.7.6.3), found none")
        : Problem.unsupported(
            name,
            "expected grey, palette, RGB or YBR_FULL as photometric interpretation (0028,0004),"
                + " found another; convert the file to one of these");
  }

  /** Returns the number of samples of a pixel. */
  int samples() {
    return samples;
  }

  /** Tells whether the samples of a decoded frame are brightness and colour differences. */
  boolean isYbr() {
    return this == YBR_FULL || this == YBR_FULL_422;
  }
}
