package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PicturesColourTest {
  @Test
  void smallPicturesKeepTheirColours() throws IOException {
    BufferedImage image = Encoded.noisy(61, 45, BufferedImage.TYPE_3BYTE_BGR);
    ColourPicture shown = Pictures.colour(Encoded.as("png", image), "p", 100);
    BufferedImage again = ImageIO.read(new ByteArrayInputStream(shown.toPng()));
    assertThat(again.getRGB(0, 0, 61, 45, null, 0, 61))
        .isEqualTo(image.getRGB(0, 0, 61, 45, null, 0, 61));
  }

  @Test
  void greyStaysOneChannel() {
    BufferedImage image = Encoded.noisy(61, 45, BufferedImage.TYPE_BYTE_GRAY);
    ColourPicture shown = Pictures.colour(Encoded.as("png", image), "p", 61);
    assertThat(shown.channels()).isEqualTo(1);
    assertThat(shown.values()[61 + 2]).isEqualTo((byte) image.getRaster().getSample(2, 1, 0));
  }

  @Test
  void everyNewPixelIsTheMeanOfItsArea() {
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_3BYTE_BGR);
    int[][] red = {{0, 100, 200, 0, 50}, {20, 40, 60, 80, 100}, {250, 0, 0, 0, 250}};
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        image.setRGB(x, y, 0xff000000 | red[y][x] << 16 | 0x10);
      }
    }
    ColourPicture shown = Pictures.colour(Encoded.as("png", image), "p", 2);
    assertThat(shown.width()).isEqualTo(2);
    assertThat(shown.height()).isEqualTo(1);
    double left = (0 + 100 + 100 + 20 + 40 + 30 + 250) / 7.5;
    double right = (100 + 0 + 50 + 30 + 80 + 100 + 0 + 250) / 7.5;
    assertThat(shown.values())
        .containsExactly((int) Math.round(left), 0, 0x10, (int) Math.round(right), 0, 0x10);
  }

  @Test
  void rowsAreSharedBetweenNewRows() {
    BufferedImage image = new BufferedImage(1, 5, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 5; y++) {
      image.getRaster().setSample(0, y, 0, 40 * y);
    }
    ColourPicture shown = Pictures.colour(Encoded.as("png", image), "p", 2);
    assertThat(shown.height()).isEqualTo(2);
    assertThat(shown.values())
        .containsExactly(
            (int) Math.round((0 + 40 + 40) / 2.5), (int) Math.round((40 + 120 + 160) / 2.5));
  }
}
