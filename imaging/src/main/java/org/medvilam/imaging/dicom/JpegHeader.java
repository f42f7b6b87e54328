package org.medvilam.imaging.dicom;

/**
 * What the frame header of a JPEG or JPEG-LS stream says (ITU-T T.81, B.2.2; T.87, C.2.2).
 *
 * @param marker the second byte of the start of frame, which names the process
 * @param precision bits per sample
 */
record JpegHeader(int marker, int precision) {
  /**
   * Reads the header of a stream that is of the size the DICOM header says and that has its end.
   */
  static JpegHeader of(byte[] stream, PixelFormat format) {
    JpegSegments segments = new JpegSegments(stream, format.name());
    JpegHeader header = null;
    int marker = segments.next();
    while (marker != JpegSegments.END_OF_IMAGE) {
      if (isFrame(marker) && header == null) {
        check(segments, format);
        header = new JpegHeader(marker, segments.octet(0));
      }
      marker = segments.next();
    }
    if (header == null) {
      throw Problem.unreadable(format.name(), "expected a frame in the JPEG stream, found none");
    }
    return header;
  }

  private static boolean isFrame(int marker) {
    boolean other = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
    return marker >= 0xc0 && marker <= 0xcf && !other || marker == JpegSegments.JPEG_LS_FRAME;
  }

  private static void check(JpegSegments segments, PixelFormat format) {
    checkSize(segments.word(3), segments.word(1), segments.octet(5), segments.octet(0), format);
  }

  /** Checks what a stream says of itself against the DICOM header. */
  static void checkSize(int columns, int rows, int samples, int precision, PixelFormat format) {
    boolean same =
        columns == format.columns()
            && rows == format.rows()
            && samples == format.photometric().samples()
            && precision <= format.allocated();
    if (!same) {
      throw Problem.unreadable(
          format.name(),
          "expected a stream of %dx%d pixels with %d samples of at most %d bits,"
                  .formatted(
                      format.columns(),
                      format.rows(),
                      format.photometric().samples(),
                      format.allocated())
              + " found %dx%d, %d and %d".formatted(columns, rows, samples, precision));
    }
  }
}
