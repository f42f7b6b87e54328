package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.geometry.Mask;

final class LabelPictureTest {
  private static final byte FULL = (byte) 255;

  /** Returns a palette picture of red, green and red again. */
  private static byte[] palette() {
    byte[] red = {FULL, 0, FULL};
    byte[] green = {0, FULL, 0};
    IndexColorModel model = new IndexColorModel(8, 3, red, green, new byte[3]);
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int i = 0; i < 6; i++) {
      image.getRaster().setSample(i % 3, i / 3, 0, i % 3);
    }
    return Encoded.as("png", image);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 128, 255})
  void coloursAreThoseStoredWhateverTheAlpha(int alpha) {
    byte a = (byte) alpha;
    byte[] rows = {0, 12, FULL, (byte) 141, a, 12, FULL, (byte) 140, a};
    LabelPicture picture = Pictures.labelColours(Encoded.png(2, 1, 8, 6, rows), "l");
    assertThat(picture.counts()).isEqualTo(Map.of(0x0cff8d, 1L, 0x0cff8c, 1L));
    Mask mask = picture.mask(0x0cff8d);
    assertThat(mask.get(0, 0)).isTrue();
    assertThat(mask.get(1, 0)).isFalse();
  }

  @Test
  void coloursOfPalettesAreThoseOfTheirEntries() {
    LabelPicture picture = Pictures.labelColours(palette(), "l");
    assertThat(picture.counts()).isEqualTo(Map.of(0xff0000, 4L, 0x00ff00, 2L));
    assertThat(picture.width()).isEqualTo(3);
    assertThat(picture.height()).isEqualTo(2);
    assertThat(picture.mask(0xff0000).area()).isEqualTo(4);
    assertThat(picture.mask(0x123456).isEmpty()).isTrue();
  }

  @Test
  void coloursOfGreysHaveThreeEqualParts() {
    byte[] grey = {0, 50, 0};
    assertThat(Pictures.labelColours(Encoded.png(2, 1, 8, 0, grey), "l").counts())
        .isEqualTo(Map.of(0x323232, 1L, 0, 1L));
    byte[] bits = {0, (byte) 0b1000_0000};
    assertThat(Pictures.labelColours(Encoded.png(2, 1, 1, 0, bits), "l").counts())
        .isEqualTo(Map.of(0xffffff, 1L, 0, 1L));
  }

  @Test
  void numbersAreThoseStored() {
    assertThat(Pictures.labelNumbers(palette(), "l").counts())
        .isEqualTo(Map.of(0, 2L, 1, 2L, 2, 2L));
    byte[] grey = {0, 50, 0, 7};
    LabelPicture picture = Pictures.labelNumbers(Encoded.png(3, 1, 8, 0, grey), "l");
    assertThat(picture.counts()).isEqualTo(Map.of(50, 1L, 0, 1L, 7, 1L));
    assertThat(picture.mask(7).get(2, 0)).isTrue();
    byte[] deep = {0, 1, 2};
    assertThat(Pictures.labelNumbers(Encoded.png(1, 1, 16, 0, deep), "l").counts())
        .isEqualTo(Map.of(0x0102, 1L));
  }

  @Test
  void everyPixelIsInOneMask() {
    BufferedImage image = Encoded.noisy(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    LabelPicture picture = Pictures.labelNumbers(Encoded.as("png", image), "l");
    for (int y = 0; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        assertThat(picture.mask(image.getRaster().getSample(x, y, 0)).get(x, y)).isTrue();
      }
    }
    assertThat(picture.counts().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(40 * 30);
    picture
        .counts()
        .forEach((value, count) -> assertThat(picture.mask(value).area()).isEqualTo(count));
  }

  @Test
  void picturesThatAreNoLabelsAreRefusedByName() {
    BufferedImage many = Encoded.noisy(64, 64, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(reason(() -> Pictures.labelColours(Encoded.as("png", many), "l.png")))
        .isEqualTo("too-many-labels");
    assertThat(reason(() -> Pictures.labelNumbers(Encoded.as("png", many), "l.png")))
        .isEqualTo("unexpected-colours");
    byte[] deep = {0, 1, 2};
    assertThat(reason(() -> Pictures.labelColours(Encoded.png(1, 1, 16, 0, deep), "l.png")))
        .isEqualTo("unexpected-depth");
    byte[] whole = palette();
    assertThat(reason(() -> Pictures.labelColours(Arrays.copyOf(whole, whole.length - 5), "l.png")))
        .isEqualTo("truncated-picture");
  }

  @Test
  void paintedIsAnythingButBlack() {
    byte[] grey = {0, 0, 1, 127, FULL};
    Mask mask = Pictures.painted(Encoded.png(4, 1, 8, 0, grey), "m");
    assertThat(mask.get(0, 0)).isFalse();
    assertThat(mask.area()).isEqualTo(3);
    byte[] colours = {0, 0, 0, 0, FULL, 0, 0, 0, 3, 0};
    assertThat(Pictures.painted(Encoded.png(3, 1, 8, 2, colours), "m").area()).isEqualTo(2);
    assertThat(Pictures.painted(palette(), "m").area()).isEqualTo(6);
  }

  private static String reason(Runnable read) {
    UnreadablePictureException e =
        catchThrowableOfType(UnreadablePictureException.class, read::run);
    assertThat(e).hasMessageContaining("l.png");
    return e.reason();
  }
}
