package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.imaging.UnreadablePictureException;

/** Uses the reader as {@code javax.imageio} does. */
final class DicomImageReaderTest {
  private static byte[] file() {
    DicomBytes data =
        DicomBytes.explicit()
            .grey(4, 3, 16, 12, true)
            .text(DicomAttribute.NUMBER_OF_FRAMES, "2")
            .text(DicomAttribute.WINDOW_CENTER, "-50")
            .text(DicomAttribute.WINDOW_WIDTH, "101");
    int[] samples = new int[24];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = -10 * i;
    }
    return data.bytes(Tag.PIXELS, "OW", data.shorts(samples)).file(TransferSyntax.EXPLICIT);
  }

  private static ImageInputStream stream(byte[] data) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(data));
  }

  private static ImageReader reader(byte[] data) {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream(data));
    ImageReader reader = readers.next();
    assertThat(reader).isInstanceOf(DicomImageReader.class);
    reader.setInput(stream(data));
    return reader;
  }

  @Test
  void readerIsRegistered() {
    for (String name : new String[] {"DICOM", "dicom"}) {
      assertThat(ImageIO.getImageReadersByFormatName(name).next())
          .isInstanceOf(DicomImageReader.class);
    }
    for (String suffix : new String[] {"dcm", "dicom", "dic"}) {
      assertThat(ImageIO.getImageReadersBySuffix(suffix).next())
          .isInstanceOf(DicomImageReader.class);
    }
    assertThat(ImageIO.getImageReadersByMIMEType("application/dicom").next())
        .isInstanceOf(DicomImageReader.class);
  }

  @Test
  void framesAreRead() throws IOException {
    ImageReader reader = reader(file());
    assertThat(reader.getNumImages(true)).isEqualTo(2);
    assertThat(reader.getWidth(1)).isEqualTo(4);
    assertThat(reader.getHeight(1)).isEqualTo(3);
    assertThat(reader.canReadRaster()).isTrue();
    assertThat(reader.getImageMetadata(0)).isNull();
    assertThat(TestPicture.of(reader.readRaster(1, null)))
        .containsExactly(-120, -130, -140, -150, -160, -170, -180, -190, -200, -210, -220, -230);
    BufferedImage display = reader.read(0);
    assertThat(display.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(TestPicture.of(display.getRaster()))
        .containsExactly(255, 230, 205, 179, 154, 128, 103, 77, 52, 26, 1, 0);
    assertThat(reader.getImageTypes(0).next().getBufferedImageType())
        .isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
  }

  @Test
  void partsAndSubsamplesAreRead() throws IOException {
    ImageReader reader = reader(file());
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(new Rectangle(1, 1, 3, 2));
    param.setSourceSubsampling(2, 1, 0, 0);
    assertThat(TestPicture.of(reader.readRaster(0, param))).containsExactly(-50, -70, -90, -110);
    BufferedImage part = reader.read(0, param);
    assertThat(part.getWidth()).isEqualTo(2);
    assertThat(TestPicture.of(part.getRaster())).containsExactly(128, 77, 26, 0);
  }

  @Test
  void imageIoReadsTheFirstFrame() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file()));
    assertThat(image.getWidth()).isEqualTo(4);
  }

  @Test
  void failuresAreThoseOfImageIo() {
    ImageReader reader = reader(file());
    assertThatThrownBy(() -> reader.read(2)).isInstanceOf(IndexOutOfBoundsException.class);
    reader.setInput(stream(Arrays.copyOf(file(), file().length - 1)));
    assertThatThrownBy(() -> reader.read(0))
        .isInstanceOf(IIOException.class)
        .hasCauseInstanceOf(UnreadablePictureException.class);
    assertThatThrownBy(() -> reader.readRaster(1, null))
        .isInstanceOf(IIOException.class)
        .hasMessageContaining("expected 48 bytes of pixels, found 48 declared and 47 there");
    reader.setInput(null);
    assertThatThrownBy(() -> reader.read(0)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BM", "GIF89a", "II*", "DICM", "<html>", "", "\b\0\0\0UL\4\0"})
  void otherFilesAreNotClaimed(String start) throws IOException {
    byte[] data = new byte[2000];
    byte[] text = start.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(text, 0, data, 0, text.length);
    assertThat(new DicomImageReaderSpi().canDecodeInput(stream(data))).isFalse();
    assertThat(new DicomImageReaderSpi().canDecodeInput("file.dcm")).isFalse();
  }

  @Test
  void lookingAtAStreamLeavesItWhereItWas() throws IOException {
    ImageInputStream in = stream(file());
    assertThat(new DicomImageReaderSpi().canDecodeInput(in)).isTrue();
    assertThat(in.getStreamPosition()).isZero();
  }
}
