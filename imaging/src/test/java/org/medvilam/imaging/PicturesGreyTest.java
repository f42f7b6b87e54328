package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PicturesGreyTest {
  private static final Offset<Float> TINY = Offset.offset(1e-6f);

  @ParameterizedTest
  @CsvSource({
    "png, 10",
    "png, 11",
    "png, 5",
    "png, 6",
    "png, 1",
    "png, 2",
    "tiff, 10",
    "tiff, 11",
    "tiff, 5",
    "bmp, 5",
    "gif, 10"
  })
  void greyIsTheStoredBrightness(String format, int type) {
    BufferedImage image = Encoded.noisy(61, 45, type);
    GreyPicture grey = Pictures.grey(Encoded.as(format, image), "p");
    float[] expected = new float[61 * 45];
    for (int i = 0; i < expected.length; i++) {
      int x = i % 61;
      int y = i / 61;
      int[] s = image.getRaster().getPixel(x, y, new int[4]);
      expected[i] =
          image.getRaster().getNumBands() == 1
              ? (float) s[0] / ((1 << image.getSampleModel().getSampleSize(0)) - 1)
              : (float) (0.299 * s[0] + 0.587 * s[1] + 0.114 * s[2]) / 255;
    }
    assertThat(grey.values()).containsExactly(expected, TINY);
  }

  @Test
  void interlacedPngEqualsThePlainOne() throws Exception {
    BufferedImage image = Encoded.noisy(61, 45, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(Pictures.grey(Encoded.progressive("png", image), "p").values())
        .isEqualTo(Pictures.grey(Encoded.as("png", image), "p").values());
  }

  @Test
  void jpegKeepsItsBrightness() throws Exception {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, 0xff808080);
    }
    Offset<Float> lossy = Offset.offset(0.01f);
    assertThat(Pictures.grey(Encoded.as("jpeg", image), "p").values()[99])
        .isCloseTo(128 / 255f, lossy);
    assertThat(Pictures.grey(Encoded.progressive("jpeg", image), "p").values()[99])
        .isCloseTo(128 / 255f, lossy);
  }

  @Test
  void windowScalesStoredValues() {
    byte[] rows = {0, 0x7d, 0, (byte) 0x80, 0, (byte) 0x83, 0};
    byte[] png = Encoded.png(3, 1, 16, 0, rows);
    assertThat(Pictures.grey(png, "p", 32768 - 500, 32768 + 500).values())
        .containsExactly(new float[] {0, 0.5f, 1}, TINY);
    assertThat(Pictures.grey(png, "p").values()[1]).isCloseTo(32768 / 65535f, TINY);
  }

  @Test
  void everyStoredValueOfSixteenBitsIsKept() {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 1 << 16; i++) {
      image.getRaster().setSample(i % 256, i / 256, 0, i);
    }
    float[] grey = Pictures.grey(Encoded.as("png", image), "p").values();
    for (int i = 0; i < 1 << 16; i++) {
      assertThat(Math.round(grey[i] * 65535)).isEqualTo(i);
    }
  }

  @Test
  void windowOfNoWidthIsRefused() {
    assertThatThrownBy(() -> Pictures.grey(new byte[9], "p", 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("low 3.0");
  }

  @Test
  void resizedIsTheMeanOfTheCoveredArea() {
    GreyPicture picture = new GreyPicture(4, 2, new float[] {0, 1, .5f, .5f, 1, 0, .5f, .5f});
    assertThat(picture.resized(2, 1).values()).containsExactly(new float[] {.5f, .5f}, TINY);
    GreyPicture odd = new GreyPicture(3, 1, new float[] {0, .3f, .9f});
    assertThat(odd.resized(2, 1).values()).containsExactly(new float[] {.1f, .7f}, TINY);
  }

  @Test
  void resizedUpRepeats() {
    GreyPicture picture = new GreyPicture(2, 1, new float[] {.25f, .75f});
    assertThat(picture.resized(4, 2).values())
        .containsExactly(new float[] {.25f, .25f, .75f, .75f, .25f, .25f, .75f, .75f}, TINY);
  }

  @Test
  void resizedKeepsTheMean() {
    GreyPicture picture =
        Pictures.grey(Encoded.as("png", Encoded.noisy(61, 45, BufferedImage.TYPE_BYTE_GRAY)), "p");
    assertThat(mean(picture.resized(17, 29))).isCloseTo(mean(picture), Offset.offset(1e-4));
  }

  @Test
  void resizedToItsOwnSizeIsTheSame() {
    GreyPicture picture = new GreyPicture(2, 2, new float[] {.1f, .2f, .3f, .4f});
    assertThat(picture.resized(2, 2).values()).containsExactly(picture.values(), TINY);
  }

  private static double mean(GreyPicture picture) {
    double sum = 0;
    for (float v : picture.values()) {
      sum += v;
    }
    return sum / picture.values().length;
  }
}
