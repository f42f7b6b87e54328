package org.medvilam.imaging.dicom;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.medvilam.imaging.UnreadablePictureException;

/**
 * Reads the frames of a DICOM file: {@link #read} gives the display picture of 8 bits, {@link
 * #readRaster} the stored samples; see {@link DicomFile#display} and {@link DicomFile#samples}.
 *
 * <p>Input is an {@link ImageInputStream}, which is read as a whole, or a {@link DicomFile}.
 * Failures are {@link IIOException}s whose cause is an {@link UnreadablePictureException}.
 */
public final class DicomImageReader extends ImageReader {
  private @Nullable DicomFile file;

  DicomImageReader(ImageReaderSpi provider) {
    super(provider);
  }

  @Override
  public void setInput(@Nullable Object input, boolean forwardOnly, boolean ignoreMetadata) {
    super.setInput(input, forwardOnly, ignoreMetadata);
    file = input instanceof DicomFile read ? read : null;
  }

  @Override
  public int getNumImages(boolean allowSearch) throws IOException {
    return told(file()::frames);
  }

  @Override
  public int getWidth(int imageIndex) throws IOException {
    return told(checked(imageIndex)::columns);
  }

  @Override
  public int getHeight(int imageIndex) throws IOException {
    return told(checked(imageIndex)::rows);
  }

  @Override
  public Iterator<ImageTypeSpecifier> getImageTypes(int imageIndex) throws IOException {
    DicomFile frames = checked(imageIndex);
    int type = told(frames::isColour) ? BufferedImage.TYPE_3BYTE_BGR : BufferedImage.TYPE_BYTE_GRAY;
    return List.of(ImageTypeSpecifier.createFromBufferedImageType(type)).iterator();
  }

  @Override
  public @Nullable IIOMetadata getStreamMetadata() {
    return null;
  }

  @Override
  public @Nullable IIOMetadata getImageMetadata(int imageIndex) {
    return null;
  }

  @Override
  public boolean canReadRaster() {
    return true;
  }

  @Override
  public Raster readRaster(int imageIndex, @Nullable ImageReadParam param) throws IOException {
    DicomFile frames = checked(imageIndex);
    Raster samples = told(() -> frames.samples(imageIndex));
    if (param == null) {
      return samples;
    }
    Rectangle region = getSourceRegion(param, samples.getWidth(), samples.getHeight());
    WritableRaster out =
        samples.createCompatibleWritableRaster(
            columns(region.width, param.getSourceXSubsampling()),
            columns(region.height, param.getSourceYSubsampling()));
    copy(samples, region, param, out, new Rectangle(out.getWidth(), out.getHeight()));
    return out;
  }

  @Override
  public BufferedImage read(int imageIndex, @Nullable ImageReadParam param) throws IOException {
    DicomFile frames = checked(imageIndex);
    BufferedImage picture = told(() -> frames.display(imageIndex));
    if (param == null) {
      return picture;
    }
    int width = picture.getWidth();
    int height = picture.getHeight();
    int bands = picture.getRaster().getNumBands();
    BufferedImage out = getDestination(param, getImageTypes(imageIndex), width, height);
    checkReadParamBandSettings(param, bands, out.getSampleModel().getNumBands());
    Rectangle source = new Rectangle();
    Rectangle destination = new Rectangle();
    computeRegions(param, width, height, out, source, destination);
    copy(picture.getRaster(), source, param, out.getRaster(), destination);
    return out;
  }

  private static int columns(int size, int step) {
    return (size + step - 1) / step;
  }

  private static void copy(
      Raster from, Rectangle source, ImageReadParam param, WritableRaster to, Rectangle area) {
    Point start = source.getLocation();
    double[] pixel = null;
    for (int y = 0; y < area.height; y++) {
      for (int x = 0; x < area.width; x++) {
        pixel =
            from.getPixel(
                start.x + x * param.getSourceXSubsampling(),
                start.y + y * param.getSourceYSubsampling(),
                pixel);
        to.setPixel(area.x + x, area.y + y, pixel);
      }
    }
  }

  private DicomFile checked(int imageIndex) throws IOException {
    DicomFile frames = file();
    if (imageIndex < 0 || imageIndex >= told(frames::frames)) {
      throw new IndexOutOfBoundsException(
          "imageIndex must be from 0 to %d, but was: %d"
              .formatted(frames.frames() - 1, imageIndex));
    }
    return frames;
  }

  private DicomFile file() throws IOException {
    if (file == null) {
      if (!(getInput() instanceof ImageInputStream in)) {
        throw new IllegalStateException("input must be set before reading");
      }
      byte[] data = readAll(in);
      file = told(() -> DicomFile.read(data, "DICOM input"));
    }
    return file;
  }

  private static byte[] readAll(ImageInputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    in.mark();
    int read = in.read(buffer);
    while (read > 0) {
      out.write(buffer, 0, read);
      read = in.read(buffer);
    }
    in.reset();
    return out.toByteArray();
  }

  private static <T> T told(Supplier<T> reading) throws IIOException {
    try {
      return reading.get();
    } catch (UnreadablePictureException e) {
      throw new IIOException(e.getMessage(), e);
    }
  }
}
