package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.jaiimageio.impl.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;

/** Readers that come along with the JPEG 2000 decoder are not taken, even where they come first. */
final class ReaderChoiceTest {
  private static final IIORegistry REGISTRY = IIORegistry.getDefaultInstance();

  @Test
  void olderTiffReaderIsNotTaken() {
    byte[] file = Encoded.as("tiff", Encoded.noisy(40, 30, BufferedImage.TYPE_BYTE_GRAY));
    ImageReaderSpi older = REGISTRY.getServiceProviderByClass(TIFFImageReaderSpi.class);
    ImageReaderSpi newer =
        REGISTRY.getServiceProviderByClass(
            com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi.class);
    ImageReaderSpi big = REGISTRY.getServiceProviderByClass(BigTIFFImageReaderSpi.class);
    REGISTRY.setOrdering(ImageReaderSpi.class, older, newer);
    REGISTRY.setOrdering(ImageReaderSpi.class, older, big);
    try {
      assertThat(
              ImageIO.getImageReaders(
                      new MemoryCacheImageInputStream(new ByteArrayInputStream(file)))
                  .next()
                  .getOriginatingProvider())
          .isSameAs(older);
      assertThat(Pictures.probe(file, "p")).isEqualTo(new PictureInfo("tiff", 40, 30));
    } finally {
      REGISTRY.unsetOrdering(ImageReaderSpi.class, older, newer);
      REGISTRY.unsetOrdering(ImageReaderSpi.class, older, big);
    }
  }
}
