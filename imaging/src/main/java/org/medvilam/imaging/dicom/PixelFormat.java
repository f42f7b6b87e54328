package org.medvilam.imaging.dicom;

import org.medvilam.imaging.Pictures;
import org.medvilam.records.geometry.Mask;

/**
 * What the header says of the pixels (PS3.3 C.7.6.3, Image Pixel; C.7.6.24, floating point).
 *
 * @param name file name, for messages
 * @param rows rows of a frame
 * @param columns columns of a frame
 * @param frames number of frames
 * @param photometric what the samples mean
 * @param planar whether each frame holds one plane after the other
 * @param allocated bits that a sample takes
 * @param stored bits that a sample uses
 * @param high the highest bit that it uses
 * @param signed whether that bit is a sign
 * @param real whether the samples are floating point numbers
 */
record PixelFormat(
    String name,
    int rows,
    int columns,
    int frames,
    Photometric photometric,
    boolean planar,
    int allocated,
    int stored,
    int high,
    boolean signed,
    boolean real) {

  /** Reads the format of the pixels that a header announces. */
  static PixelFormat of(DicomHeader header, Element pixels) {
    String name = header.name();
    boolean real = pixels.tag() != Tag.PIXELS;
    int allocated = required(header, DicomAttribute.BITS_ALLOCATED);
    int stored = real ? allocated : required(header, DicomAttribute.BITS_STORED);
    int samples = required(header, DicomAttribute.SAMPLES_PER_PIXEL);
    PixelFormat format =
        new PixelFormat(
            name,
            required(header, DicomAttribute.ROWS),
            required(header, DicomAttribute.COLUMNS),
            optional(header, DicomAttribute.NUMBER_OF_FRAMES, 1),
            Photometric.of(header.text(DicomAttribute.PHOTOMETRIC_INTERPRETATION, 0), name),
            optional(header, DicomAttribute.PLANAR_CONFIGURATION, 0) == 1,
            allocated,
            stored,
            optional(header, DicomAttribute.HIGH_BIT, stored - 1),
            !real && required(header, DicomAttribute.PIXEL_REPRESENTATION) == 1,
            real);
    format.checkSize(samples);
    format.checkBits(pixels.tag());
    return format;
  }

  private static int required(DicomHeader header, DicomAttribute attribute) {
    int value = optional(header, attribute, -1);
    if (value < 0) {
      throw Problem.unreadable(
          header.name(),
          "expected %s %s (PS3.3 C.7.6.3), found none"
              .formatted(attribute, Element.text(attribute.tag())));
    }
    return value;
  }

  private static int optional(DicomHeader header, DicomAttribute attribute, int otherwise) {
    double[] values = header.numbers(attribute, 0);
    return values.length == 0 ? otherwise : (int) values[0];
  }

  private void checkSize(int samples) {
    if (rows < 1 || columns < 1 || frames < 1) {
      throw Problem.unreadable(
          name,
          "expected at least a row, a column and a frame, found %d, %d and %d"
              .formatted(rows, columns, frames));
    }
    if (samples != photometric.samples()) {
      throw Problem.unreadable(
          name,
          "expected %d samples per pixel (0028,0002) of %s, found %d"
              .formatted(photometric.samples(), photometric, samples));
    }
    boolean small =
        (long) rows * columns <= Mask.MAX_PIXELS && frameBytes() <= Pictures.MAX_DECODED;
    if (!small) {
      throw Problem.tooLarge(
          name,
          "expected at most %d pixels and %d bytes in a frame, found %dx%d pixels of %d bits declared"
              .formatted(
                  Mask.MAX_PIXELS, Pictures.MAX_DECODED, columns, rows, samples * allocated));
    }
  }

  /** Checks the bits (PS3.5, section 8.1.1). */
  private void checkBits(int tag) {
    boolean known =
        switch (tag) {
          case Tag.FLOAT_PIXELS -> allocated == 32;
          case Tag.DOUBLE_PIXELS -> allocated == 64;
          default -> allocated == 1 || allocated == 8 || allocated == 16 || allocated == 32;
        };
    if (!known) {
      throw Problem.unsupported(
          name,
          "expected 1, 8, 16 or 32 bits per sample, 32 or 64 of floating point, found %d"
              .formatted(allocated));
    }
    if (stored < 1 || high >= allocated || high < stored - 1) {
      throw Problem.unreadable(
          name,
          "expected the bits stored and the high bit within %d bits, found %d and %d"
              .formatted(allocated, stored, high));
    }
    boolean indexed = photometric == Photometric.PALETTE_COLOR && (signed || allocated > 16);
    if (indexed || real && photometric.samples() > 1) {
      throw Problem.unsupported(
          name, "expected integers of a colour picture, unsigned and of 16 bits where indices");
    }
  }

  /** Returns the number of samples of a frame. */
  int samples() {
    return rows * columns * photometric.samples();
  }

  /** Returns the value of a sample from its stored bits, the lowest of which is bit 0. */
  long value(int bits) {
    int top = bits << 32 - stored;
    return signed ? top >> 32 - stored : Integer.toUnsignedLong(top) >>> 32 - stored;
  }

  /** Returns the bytes that a decoded frame takes. */
  private long frameBytes() {
    return (long) rows * columns * photometric.samples() * Math.max(1, allocated / 8);
  }
}
