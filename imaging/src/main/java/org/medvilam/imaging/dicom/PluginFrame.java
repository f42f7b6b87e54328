package org.medvilam.imaging.dicom;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Frames that a registered {@code javax.imageio} reader decodes.
 *
 * <p>Samples are taken as the stream stores them, through {@code readRaster}: what such readers do
 * to colours is meant for files of their own format and goes by markers that DICOM does not heed
 * (PS3.5, section 8.2.1).
 */
final class PluginFrame {
  private PluginFrame() {}

  /** Decodes 8-bit JPEG with the reader of the JDK, which leaves the samples alone. */
  static void jpeg(byte[] stream, Samples out) {
    decode(stream, "jpeg", r -> "java.desktop".equals(r.getClass().getModule().getName()), out);
  }

  /** Decodes lossless JPEG, which the JDK does not. */
  static void losslessJpeg(byte[] stream, Samples out) {
    decode(stream, "jpeg-lossless", r -> true, out);
  }

  /** Decodes JPEG 2000. */
  static void jpeg2000(byte[] frame, Samples out) {
    decode(Jpeg2000Stream.of(frame, out.format()), "jpeg2000", r -> true, out);
  }

  private static void decode(
      byte[] stream, String format, Predicate<ImageReader> wanted, Samples out) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (wanted.test(reader)) {
        decode(stream, reader, out);
        return;
      }
    }
    throw Problem.unsupported(
        out.format().name(), "expected an image reader named " + format + ", found none");
  }

  private static void decode(byte[] stream, ImageReader reader, Samples out) {
    try (ImageInputStream in = new EndedStream(stream)) {
      reader.setInput(in, true, true);
      copy(reader.readRaster(0, null), out);
    } catch (IOException e) {
      throw Problem.unreadable(
          out.format().name(),
          "expected a whole frame, its reader found: " + e.getClass().getSimpleName());
    } finally {
      reader.dispose();
    }
  }

  private static void copy(Raster raster, Samples out) {
    PixelFormat format = out.format();
    JpegHeader.checkSize(raster.getWidth(), raster.getHeight(), raster.getNumBands(), 0, format);
    int[] row = new int[format.columns() * format.photometric().samples()];
    for (int y = 0; y < format.rows(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, format.columns(), 1, row);
      for (int i = 0; i < row.length; i++) {
        out.set(y * row.length + i, row[i]);
      }
    }
  }
}
