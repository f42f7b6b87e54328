package org.medvilam.imaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The parts of a PNG file, found by walking its chunks to {@code IEND} and checking the CRC of
 * each, without inflating any (ISO/IEC 15948, clauses 5 and 11).
 *
 * @param name file name, for messages
 * @param width columns
 * @param height rows
 * @param depth bits per sample
 * @param colourType 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha
 * @param orientation what the chunk eXIf states
 */
record PngFile(
    String name, int width, int height, int depth, int colourType, Orientation orientation) {
  private static final int PALETTE = 3;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER = tag("IHDR");
  private static final int COLOURS = tag("PLTE");
  private static final int PIXELS = tag("IDAT");
  private static final int EXIF = tag("eXIf");
  private static final int END = tag("IEND");
  private static final int HEADER_LENGTH = 13;
  private static final int AROUND = 12;

  /** Tells whether a file starts as PNG files do. */
  static boolean starts(byte[] data) {
    return data.length >= SIGNATURE.length
        && Arrays.equals(data, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  /** Walks the chunks of a file that {@link #starts} as PNG. */
  static PngFile of(byte[] data, String name) {
    int at = SIGNATURE.length;
    int first = chunk(data, at, name);
    if (first != HEADER || length(data, at) != HEADER_LENGTH) {
      throw broken(name, "expected the chunk IHDR first, found " + text(first));
    }
    int header = at + 8;
    boolean palette = false;
    boolean pixels = false;
    Orientation orientation = Orientation.UPRIGHT;
    int tag = first;
    while (tag != END) {
      at += AROUND + length(data, at);
      tag = chunk(data, at, name);
      palette |= tag == COLOURS && length(data, at) % 3 == 0;
      pixels |= tag == PIXELS;
      if (tag == EXIF) {
        orientation = Orientation.ofExif(data, at + 8, length(data, at));
      }
    }
    if (!pixels) {
      throw broken(name, "expected a chunk IDAT, found none");
    }
    PngFile file =
        new PngFile(
            name,
            integer(data, header),
            integer(data, header + 4),
            data[header + 8],
            data[header + 9],
            orientation);
    file.check(palette);
    return file;
  }

  private void check(boolean palette) {
    if (width < 1 || height < 1) {
      throw broken(name, "expected a positive size, found %dx%d".formatted(width, height));
    }
    boolean deep = depth == 8 || depth == 16;
    boolean shallow = depth == 1 || depth == 2 || depth == 4;
    boolean known =
        switch (colourType) {
          case 0 -> deep || shallow;
          case 2, 4, 6 -> deep;
          case PALETTE -> (shallow || depth == 8) && palette;
          default -> false;
        };
    if (!known) {
      throw broken(
          name,
          "expected a colour type and depth of PNG, found type %d with %d bits%s"
              .formatted(colourType, depth, palette ? " and a palette" : ""));
    }
  }

  /** Returns what the header declares. */
  PictureHeader header() {
    return new PictureHeader(
        PictureInfo.stored("png", width, height, orientation),
        (long) width * height * samples() * (depth > 8 ? 2 : 1));
  }

  /** Returns the number of samples per pixel, alpha included. */
  private int samples() {
    return switch (colourType) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  /** Checks the chunk at an offset and returns its tag. */
  private static int chunk(byte[] data, int at, String name) {
    if (at > data.length - AROUND) {
      throw truncated(name, "expected a chunk at byte %d, found the end of the file".formatted(at));
    }
    int length = length(data, at);
    int tag = integer(data, at + 4);
    if (length < 0) {
      throw broken(name, "expected a chunk at byte %d, found a negative length".formatted(at));
    }
    if (length > data.length - AROUND - at) {
      throw truncated(
          name,
          "expected %d bytes of chunk %s at byte %d, found the end of the file at byte %d"
              .formatted(length, text(tag), at, data.length));
    }
    CRC32 crc = new CRC32();
    crc.update(data, at + 4, length + 4);
    if ((int) crc.getValue() != integer(data, at + 8 + length)) {
      throw broken(
          name,
          "expected CRC %08x after chunk %s at byte %d, found %08x"
              .formatted(crc.getValue(), text(tag), at, integer(data, at + 8 + length)));
    }
    return tag;
  }

  private static int length(byte[] data, int at) {
    return integer(data, at);
  }

  private static int integer(byte[] data, int at) {
    return (data[at] & 0xff) << 24
        | (data[at + 1] & 0xff) << 16
        | (data[at + 2] & 0xff) << 8
        | data[at + 3] & 0xff;
  }

  private static int tag(String text) {
    return integer(text.getBytes(StandardCharsets.US_ASCII), 0);
  }

  private static String text(int tag) {
    StringBuilder text = new StringBuilder();
    for (int shift = 24; shift >= 0; shift -= 8) {
      char c = (char) (tag >>> shift & 0xff);
      text.append(c > ' ' && c < 0x7f ? c : '?');
    }
    return text.toString();
  }

  private static UnreadablePictureException broken(String name, String message) {
    return new UnreadablePictureException("unreadable-picture", name + ": " + message);
  }

  private static UnreadablePictureException truncated(String name, String message) {
    return new UnreadablePictureException("truncated-picture", name + ": " + message);
  }
}
