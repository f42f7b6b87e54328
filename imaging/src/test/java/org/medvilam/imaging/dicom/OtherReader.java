package org.medvilam.imaging.dicom;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of DICOM that is not ours: it takes everything for two pixels of 12 bits, which it gives
 * without sign as that of dcm4che does.
 */
final class OtherReader extends ImageReader {
  private final @Nullable String failure;

  private OtherReader(Spi spi) {
    super(spi);
    this.failure = spi.failure;
  }

  @Override
  public int getNumImages(boolean allowSearch) {
    return 1;
  }

  @Override
  public int getWidth(int imageIndex) {
    return 2;
  }

  @Override
  public int getHeight(int imageIndex) {
    return 1;
  }

  @Override
  public Iterator<ImageTypeSpecifier> getImageTypes(int imageIndex) {
    return Collections.emptyIterator();
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
    check();
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 2, 1, 1, new Point());
    raster.setPixels(0, 0, 2, 1, new int[] {0x0fff, 100});
    return raster;
  }

  @Override
  public BufferedImage read(int imageIndex, @Nullable ImageReadParam param) throws IOException {
    check();
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {51, 255});
    return image;
  }

  private void check() throws IOException {
    if (!(getInput() instanceof ImageInputStream) || failure != null) {
      throw new IIOException(failure);
    }
  }

  /** Provides the reader under the names that dcm4che uses. */
  static final class Spi extends ImageReaderSpi {
    private final @Nullable String failure;

    /**
     * Creates a provider.
     *
     * @param failure what the reader says when it is asked for pixels; null to give some
     */
    Spi(@Nullable String failure) {
      super(
          "other",
          "1",
          new String[] {"dicom", "DICOM"},
          new String[] {"dcm"},
          null,
          OtherReader.class.getName(),
          new Class<?>[] {ImageInputStream.class},
          null,
          false,
          null,
          null,
          null,
          null,
          false,
          null,
          null,
          null,
          null);
      this.failure = failure;
    }

    @Override
    public boolean canDecodeInput(Object source) {
      return source instanceof ImageInputStream;
    }

    @Override
    public ImageReader createReaderInstance(@Nullable Object extension) {
      return new OtherReader(this);
    }

    @Override
    public String getDescription(@Nullable Locale locale) {
      return "other";
    }
  }
}
