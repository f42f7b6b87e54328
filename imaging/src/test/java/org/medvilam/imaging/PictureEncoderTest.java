package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medvilam.records.Media;

final class PictureEncoderTest {
  private static final PictureEncoder PNG = new PictureEncoder(PictureEncoder.Form.PNG, 0);
  private static final PictureEncoder JPEG = new PictureEncoder(PictureEncoder.Form.JPEG, 0);

  @Test
  void greyKeepsItsValues() throws IOException {
    BufferedImage image = Encoded.noisy(5, 4, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage back = decode(PNG.encode(Encoded.as("png", image), media(5, 4)));
    assertThat(back.getRaster().getNumBands()).isEqualTo(1);
    assertThat(samples(back)).isEqualTo(samples(image));
  }

  @Test
  void colourKeepsItsValues() throws IOException {
    BufferedImage image = Encoded.noisy(5, 4, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage back = decode(PNG.encode(Encoded.as("bmp", image), media(5, 4)));
    assertThat(samples(back)).isEqualTo(samples(image));
  }

  @Test
  void jpegComesNear() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, 0x806040);
    }
    byte[] file = JPEG.encode(Encoded.as("png", image), media(16, 16));
    assertThat(JpegFile.starts(file)).isTrue();
    int rgb = decode(file).getRGB(8, 8);
    assertThat(rgb >> 16 & 0xff).isBetween(125, 131);
    assertThat(rgb & 0xff).isBetween(61, 67);
  }

  @Test
  void windowBecomesBlackAndWhite() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {0, 1000, 1500, 9000});
    byte[] file = PNG.encode(Encoded.as("png", image), media(4, 1).withWindow(1000, 2000));
    assertThat(samples(decode(file))).isEqualTo(new int[] {0, 0, 128, 255});
  }

  @Test
  void largePictureIsMadeSmallerInProportion() throws IOException {
    BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {10, 20, 30, 40});
    PictureEncoder encoder = new PictureEncoder(PictureEncoder.Form.PNG, 4);
    BufferedImage back = decode(encoder.encode(Encoded.as("png", image), media(8, 4)));
    assertThat(back.getWidth()).isEqualTo(4);
    assertThat(back.getHeight()).isEqualTo(2);
    assertThat(samples(back)).isEqualTo(new int[] {25, 0, 0, 0, 0, 0, 0, 0});
    assertThat(
            decode(
                    encoder.encode(
                        Encoded.as("png", new BufferedImage(3, 4, BufferedImage.TYPE_BYTE_GRAY)),
                        media(3, 4)))
                .getHeight())
        .isEqualTo(4);
  }

  @Test
  void pictureOfAnotherSizeIsRefused() {
    byte[] file = Encoded.as("png", new BufferedImage(3, 4, BufferedImage.TYPE_BYTE_GRAY));
    assertThatThrownBy(() -> PNG.encode(file, media(4, 3)))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("expected a picture of 4x3, found 3x4");
  }

  private static Media media(int width, int height) {
    return Media.image("a", "a.png", width, height);
  }

  private static BufferedImage decode(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  private static int[] samples(BufferedImage image) {
    return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
  }
}
