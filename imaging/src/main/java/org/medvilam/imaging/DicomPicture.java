package org.medvilam.imaging;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.medvilam.imaging.dicom.DicomAttribute;
import org.medvilam.imaging.dicom.DicomFile;
import org.medvilam.imaging.dicom.DicomImageReader;
import org.medvilam.imaging.dicom.DicomImageReaderSpi;

/**
 * The first frame of a DICOM file, decoded by the reader that is registered as {@code DICOM}: that
 * of another provider where there is one, else {@link DicomImageReader}.
 *
 * <p>The header is always read here, so that a file is checked in one way, whoever decodes it.
 */
final class DicomPicture {
  private final byte[] data;
  private final String name;
  private final DicomFile file;

  private DicomPicture(byte[] data, String name, DicomFile file) {
    this.data = data;
    this.name = name;
    this.file = file;
  }

  /** Reads the header of a file whose pixels are all there. */
  static DicomPicture of(byte[] data, String name) {
    try {
      DicomFile file = DicomFile.read(data, name);
      file.checkWhole();
      return new DicomPicture(data, name, file);
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    }
  }

  /** Returns what the header declares; somebody can decode the pixels. */
  PictureHeader header() {
    ImageReader reader = reader();
    try {
      if (reader instanceof DicomImageReader) {
        file.checkSyntax();
      }
      PictureInfo info = new PictureInfo("dicom", file.columns(), file.rows());
      return new PictureHeader(info, (long) info.width() * info.height() * (isColour() ? 3 : 1));
    } finally {
      reader.dispose();
    }
  }

  /** Tells whether the picture is one of colours. */
  boolean isColour() {
    return file.isColour();
  }

  /** Returns the display picture: window or VOI LUT applied, colours as RGB. */
  BufferedImage display() {
    return decode(reader -> reader.read(0));
  }

  /** Returns the stored samples of one channel, unsigned and of at most 16 bits, as greys. */
  BufferedImage numbers() {
    return decode(
        reader -> {
          Raster samples = reader.readRaster(0, null);
          int type = samples.getDataBuffer().getDataType();
          boolean plain = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
          if (!plain || samples.getNumBands() > 1) {
            throw new UnreadablePictureException(
                "unsupported-picture",
                name + ": expected numbers of one channel, unsigned and of at most 16 bits");
          }
          ColorModel greys =
              new ComponentColorModel(
                  ColorSpace.getInstance(ColorSpace.CS_GRAY),
                  false,
                  false,
                  Transparency.OPAQUE,
                  type);
          WritableRaster numbers =
              samples.createCompatibleWritableRaster(samples.getWidth(), samples.getHeight());
          numbers.setDataElements(0, 0, samples);
          return new BufferedImage(greys, numbers, false, null);
        });
  }

  /**
   * Returns the brightness of a grey picture within a window of the values of the modality; where
   * the least value is white (MONOCHROME1), it is inverted.
   */
  GreyPicture grey(double low, double high) {
    boolean inverse =
        file.text(DicomAttribute.PHOTOMETRIC_INTERPRETATION)
            .filter("MONOCHROME1"::equals)
            .isPresent();
    return decode(
        reader -> {
          Raster samples = reader.readRaster(0, null);
          double[] values = file.modality(samples, 0);
          float[] greys = new float[values.length];
          for (int i = 0; i < greys.length; i++) {
            double grey = Math.max(0, Math.min(1, (values[i] - low) / (high - low)));
            greys[i] = (float) (inverse ? 1 - grey : grey);
          }
          return new GreyPicture(samples.getWidth(), samples.getHeight(), greys);
        });
  }

  /** What is asked of a reader. */
  private interface Decoding<T> {
    T of(ImageReader reader) throws IOException;
  }

  /** What other readers say may quote the header, so that only the kind of failure is passed on. */
  private <T> T decode(Decoding<T> decoding) {
    ImageReader reader = reader();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(data))) {
      reader.setInput(reader instanceof DicomImageReader ? file : in);
      return decoding.of(reader);
    } catch (UnreadablePictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (e.getCause() instanceof UnreadablePictureException told) {
        throw told;
      }
      throw new UnreadablePictureException(
          "unreadable-picture",
          "%s: expected a frame that %s decodes, it found %s"
              .formatted(name, reader.getClass().getName(), e.getClass().getSimpleName()));
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    } finally {
      reader.dispose();
    }
  }

  private static UnreadablePictureException tooLarge(String name, OutOfMemoryError e) {
    return new UnreadablePictureException(
        "picture-too-large", name + ": expected a picture that fits into memory", e);
  }

  private ImageReader reader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(DicomImageReaderSpi.FORMAT);
    ImageReader own = null;
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (!(reader instanceof DicomImageReader)) {
        return reader;
      }
      own = reader;
    }
    if (own == null) {
      throw new UnreadablePictureException(
          "unknown-format", name + ": expected an image reader named DICOM, found none registered");
    }
    return own;
  }
}
