package org.medvilam.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes pictures through the registered {@code javax.imageio} readers.
 *
 * <p>Broken files make decoders throw nearly anything, and ask for arrays of any size; all of it
 * ends as {@link UnreadablePictureException}. Nothing touches the disk.
 */
final class PictureDecoder {
  private PictureDecoder() {}

  /** Returns what a file declares, having checked that it is whole. */
  static PictureInfo probe(byte[] data, String name) {
    PictureHeader header = PictureHeader.of(data, name);
    return header == null ? decode(data, name).info : PictureHeader.limited(header.info(), name);
  }

  /**
   * Returns the upright rows of a picture.
   *
   * @param paletteColours whether a palette picture gives the colours of its entries, not their
   *     numbers
   */
  static PictureRows rows(byte[] data, String name, boolean paletteColours) {
    PictureHeader header = PictureHeader.of(data, name);
    if (header != null) {
      header.checkDecodable(name);
    }
    Orientation orientation = header == null ? Orientation.UPRIGHT : header.info().orientation();
    return new DecodedRows(decode(data, name).image, orientation, name, paletteColours);
  }

  /** A decoded picture, as stored, and what its reader says of it. */
  private record Decoded(PictureInfo info, BufferedImage image) {}

  /** Decodes the first picture of a file. */
  private static Decoded decode(byte[] data, String name) {
    if (data.length == 0) {
      throw new UnreadablePictureException(
          "truncated-picture", name + ": expected a picture, found an empty file");
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(data))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new UnreadablePictureException(
            "unknown-format",
            "%s: expected PNG, JPEG, TIFF, BMP or GIF, found %d bytes of something else"
                .formatted(name, data.length));
      }
      return decode(readers.next(), in, name);
    } catch (UnreadablePictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new UnreadablePictureException(
          "unreadable-picture", "%s: expected a whole picture, found: %s".formatted(name, e), e);
    } catch (OutOfMemoryError e) {
      throw new UnreadablePictureException(
          "picture-too-large", name + ": expected a picture that fits into memory", e);
    }
  }

  private static Decoded decode(ImageReader reader, ImageInputStream in, String name)
      throws IOException {
    try {
      reader.setInput(in, true, true);
      String format = reader.getFormatName().toLowerCase(Locale.ROOT);
      PictureInfo info = new PictureInfo(format, reader.getWidth(0), reader.getHeight(0));
      PictureHeader.limited(info, name);
      return new Decoded(info, reader.read(0));
    } finally {
      reader.dispose();
    }
  }
}
