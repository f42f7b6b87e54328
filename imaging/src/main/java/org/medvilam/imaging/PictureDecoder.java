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
import org.medvilam.imaging.dicom.DicomFile;

/**
 * Decodes pictures through the registered {@code javax.imageio} readers.
 *
 * <p>Broken files make decoders throw nearly anything, and ask for arrays of any size; all of it
 * ends as {@link UnreadablePictureException}. Nothing touches the disk.
 */
final class PictureDecoder {
  private static final String JAI = "com.github.jaiimageio.";

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
    if (DicomFile.starts(data)) {
      DicomPicture picture = DicomPicture.of(data, name);
      BufferedImage shown = paletteColours ? picture.display() : picture.numbers();
      return new DecodedRows(shown, Orientation.UPRIGHT, name, paletteColours);
    }
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
      return decode(reader(in, data.length, name), in, name);
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

  /**
   * Returns the reader of a stream.
   *
   * <p>jai-imageio-core is there for JPEG 2000 in DICOM. Its older readers of TIFF and BMP would
   * come before or after the others by chance, as registries have no order.
   */
  private static ImageReader reader(ImageInputStream in, int length, String name) {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (!reader.getClass().getName().startsWith(JAI)) {
        return reader;
      }
    }
    throw new UnreadablePictureException(
        "unknown-format",
        "%s: expected PNG, JPEG, TIFF, BMP, GIF or DICOM, found %d bytes of something else"
            .formatted(name, length));
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
