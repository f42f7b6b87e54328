package org.medvilam.imaging;

import org.jspecify.annotations.Nullable;
import org.medvilam.imaging.dicom.DicomFile;
import org.medvilam.records.geometry.Mask;

/**
 * What can be said of a picture before it is decoded.
 *
 * @param info format, size and orientation
 * @param decodedBytes how many bytes the decoded pixels take
 */
record PictureHeader(PictureInfo info, long decodedBytes) {
  /** The longest side of a picture: a decoder holds whole rows. */
  static final int MAX_SIDE = 1 << 16;

  /** Returns the header of a whole PNG, JPEG, DICOM or TIFF file, or null for another format. */
  static @Nullable PictureHeader of(byte[] data, String name) {
    if (PngFile.starts(data)) {
      return PngFile.of(data, name).header();
    }
    if (JpegFile.starts(data)) {
      return JpegFile.probe(data, name);
    }
    if (DicomFile.starts(data)) {
      return DicomPicture.of(data, name).header();
    }
    return TiffFile.starts(data) ? TiffFile.probe(data, name) : null;
  }

  /** Checks that the size is one that the toolkit takes, and returns the info. */
  static PictureInfo limited(PictureInfo info, String name) {
    boolean small =
        info.width() <= MAX_SIDE
            && info.height() <= MAX_SIDE
            && (long) info.width() * info.height() <= Mask.MAX_PIXELS;
    if (!small) {
      throw new UnreadablePictureException(
          "picture-too-large",
          "%s: expected at most %d pixels and %d on a side, found %dx%d declared"
              .formatted(name, Mask.MAX_PIXELS, MAX_SIDE, info.width(), info.height()));
    }
    return info;
  }

  /** Checks that the picture may be decoded. */
  void checkDecodable(String name) {
    limited(info, name);
    if (decodedBytes > Pictures.MAX_DECODED) {
      throw new UnreadablePictureException(
          "picture-too-large",
          "%s: expected at most %d bytes of pixels, found %d declared"
              .formatted(name, Pictures.MAX_DECODED, decodedBytes));
    }
  }
}
