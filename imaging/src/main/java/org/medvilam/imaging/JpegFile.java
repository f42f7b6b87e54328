package org.medvilam.imaging;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the markers of a JPEG file to the end of the image, without decoding (ITU-T T.81, annex B).
 *
 * <p>Thumbnails inside segments are stepped over, and bytes after the end of the image are allowed,
 * as cameras and viewers write both.
 */
final class JpegFile {
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int APPLICATION_1 = 0xe1;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  private final byte[] data;
  private final String name;
  private int at = 2;
  private int width;
  private int height;
  private int components;
  private @Nullable Orientation orientation;

  private JpegFile(byte[] data, String name) {
    this.data = data;
    this.name = name;
  }

  /** Tells whether a file starts as JPEG files do. */
  static boolean starts(byte[] data) {
    return data.length >= 3
        && (data[0] & 0xff) == 0xff
        && (data[1] & 0xff) == 0xd8
        && (data[2] & 0xff) == 0xff;
  }

  /** Returns what the header declares, once the end of the image is found. */
  static PictureHeader probe(byte[] data, String name) {
    JpegFile file = new JpegFile(data, name);
    boolean scanned = false;
    int marker = file.marker();
    while (marker != END_OF_IMAGE) {
      scanned |= marker == START_OF_SCAN;
      file.segment(marker);
      marker = file.marker();
    }
    if (!scanned || file.width < 1 || file.height < 1) {
      throw new UnreadablePictureException(
          "unreadable-picture",
          "%s: expected a frame and a scan before the end of the image, found %dx%d pixels and %s"
              .formatted(name, file.width, file.height, scanned ? "a scan" : "no scan"));
    }
    Orientation orientation = file.orientation == null ? Orientation.UPRIGHT : file.orientation;
    return new PictureHeader(
        PictureInfo.stored("jpeg", file.width, file.height, orientation),
        (long) file.width * file.height * file.components);
  }

  /** Steps over the next marker, whatever stands before it, and returns it. */
  private int marker() {
    while (at + 1 < data.length) {
      int next = data[at + 1] & 0xff;
      boolean found = (data[at] & 0xff) == 0xff && !standsAlone(next) && next != 0xff;
      if (found) {
        at += 2;
        return next;
      }
      at++;
    }
    throw truncated();
  }

  /** Stuffed bytes, restart markers and TEM carry no length and end no scan. */
  private static boolean standsAlone(int marker) {
    return marker <= 1 || marker >= 0xd0 && marker <= 0xd8;
  }

  private void segment(int marker) {
    if (at + 2 > data.length) {
      throw truncated();
    }
    int length = (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
    if (length < 2 || length > data.length - at) {
      throw truncated();
    }
    boolean frame =
        marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame && length >= 8) {
      height = (data[at + 3] & 0xff) << 8 | data[at + 4] & 0xff;
      width = (data[at + 5] & 0xff) << 8 | data[at + 6] & 0xff;
      components = data[at + 7] & 0xff;
    } else if (marker == APPLICATION_1 && orientation == null && isExif(length)) {
      int start = at + 2 + EXIF.length;
      orientation = Orientation.ofExif(data, start, at + length - start);
    }
    at += length;
  }

  /** The first segment of EXIF data counts; other programs write other data under its marker. */
  private boolean isExif(int length) {
    int start = at + 2;
    return length >= 2 + EXIF.length
        && Arrays.equals(data, start, start + EXIF.length, EXIF, 0, EXIF.length);
  }

  private UnreadablePictureException truncated() {
    return new UnreadablePictureException(
        "truncated-picture",
        "%s: expected the end of the image (FFD9), found the end of the file at byte %d"
            .formatted(name, data.length));
  }
}
