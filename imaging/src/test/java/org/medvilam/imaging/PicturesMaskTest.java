package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.geometry.Mask;

final class PicturesMaskTest {
  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;

  @ParameterizedTest
  @CsvSource({
    "png, 10",
    "png, 11",
    "png, 12",
    "png, 5",
    "png, 1",
    "png, 6",
    "png, 2",
    "bmp, 5",
    "gif, 10",
    "tiff, 10",
    "tiff, 11",
    "tiff, 5",
    "tiff, 12",
    "tiff, 6"
  })
  void maskReadsEveryPixelType(String format, int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    boolean[] truth = paint(image, 255);
    assertMask(Pictures.mask(Encoded.as(format, image), "m"), truth);
  }

  @Test
  void maskReadsJpeg() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 32; i++) {
      image.getRaster().setSample(i % 64, i / 64, 0, 255);
    }
    assertThat(Pictures.mask(Encoded.as("jpeg", image), "m").area()).isEqualTo(64 * 32);
  }

  @Test
  void maskNeverUsesAlpha() {
    BufferedImage opaqueBlack = new BufferedImage(4, 2, BufferedImage.TYPE_4BYTE_ABGR);
    BufferedImage clearWhite = new BufferedImage(4, 2, BufferedImage.TYPE_4BYTE_ABGR);
    for (int i = 0; i < 8; i++) {
      opaqueBlack.setRGB(i % 4, i / 4, 0xff000000);
      clearWhite.setRGB(i % 4, i / 4, 0x00ffffff);
    }
    assertThat(Pictures.mask(Encoded.as("png", opaqueBlack), "m").area()).isZero();
    assertThat(Pictures.mask(Encoded.as("png", clearWhite), "m").area()).isEqualTo(8);
  }

  @Test
  void maskNeverUsesAlphaOfGrey() {
    byte[] rows = {0, (byte) 255, 0, 0, (byte) 255};
    Mask mask = Pictures.mask(Encoded.png(2, 1, 8, 4, rows), "m");
    assertThat(mask.get(0, 0)).isTrue();
    assertThat(mask.get(1, 0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void maskReadsPalettesByTheColourOfTheEntry(int bits) {
    byte[] red = {(byte) 200, 0};
    byte[] none = {0, 0};
    IndexColorModel model = new IndexColorModel(bits, 2, red, none, none);
    BufferedImage image =
        bits == 8
            ? new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, model)
            : new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY, model);
    Random random = new Random(3);
    boolean[] truth = new boolean[WIDTH * HEIGHT];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = random.nextBoolean();
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, truth[i] ? 0 : 1);
    }
    assertMask(Pictures.mask(Encoded.as("png", image), "m"), truth);
  }

  @Test
  void maskReadsPackedGrey() {
    byte[] two = {0, (byte) 0b11_10_01_00};
    Mask mask = Pictures.mask(Encoded.png(4, 1, 2, 0, two), "m");
    assertThat(new boolean[] {mask.get(0, 0), mask.get(1, 0), mask.get(2, 0), mask.get(3, 0)})
        .containsExactly(true, true, false, false);
    byte[] four = {0, (byte) 0x78, (byte) 0xf0};
    assertThat(Pictures.mask(Encoded.png(4, 1, 4, 0, four), "m").area()).isEqualTo(2);
  }

  @Test
  void maskReadsInterlacedPng() throws Exception {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    boolean[] truth = paint(image, 255);
    byte[] file = Encoded.progressive("png", image);
    assertThat(Pictures.mask(file, "m").area()).isPositive();
    assertMask(Pictures.mask(file, "m"), truth);
  }

  @Test
  void maskThresholdIsAbove127() {
    byte[] rows = {0, 127, (byte) 128, 126, (byte) 255};
    Mask mask = Pictures.mask(Encoded.png(4, 1, 8, 0, rows), "m");
    assertThat(mask.get(0, 0)).isFalse();
    assertThat(mask.get(1, 0)).isTrue();
    assertThat(mask.get(2, 0)).isFalse();
    assertThat(mask.get(3, 0)).isTrue();
  }

  @Test
  void maskOfZeroAndOneIsRefusedByName() {
    byte[] rows = {0, 0, 1, 0};
    assertThatThrownBy(() -> Pictures.mask(Encoded.png(3, 1, 8, 0, rows), "m.png"))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("m.png")
        .hasMessageContaining("brighter than 1")
        .extracting(e -> ((UnreadablePictureException) e).reason())
        .isEqualTo("dim-mask");
  }

  @Test
  void maskOfNothingIsEmpty() {
    assertThat(Pictures.mask(Encoded.png(2, 1, 8, 0, new byte[3]), "m").area()).isZero();
  }

  private static boolean[] paint(BufferedImage image, int white) {
    Random random = new Random(2);
    boolean[] truth = new boolean[WIDTH * HEIGHT];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = random.nextBoolean();
      image.setRGB(i % WIDTH, i / WIDTH, 0xff000000 | (truth[i] ? white * 0x010101 : 0));
    }
    return truth;
  }

  private static void assertMask(Mask mask, boolean[] truth) {
    assertThat(mask.width()).isEqualTo(WIDTH);
    assertThat(mask.height()).isEqualTo(HEIGHT);
    boolean[] found = new boolean[truth.length];
    for (int i = 0; i < truth.length; i++) {
      found[i] = mask.get(i % WIDTH, i / WIDTH);
    }
    assertThat(found).isEqualTo(truth);
  }
}
