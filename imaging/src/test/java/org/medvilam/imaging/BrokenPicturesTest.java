package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokenPicturesTest {
  private static final BufferedImage PICTURE = Encoded.noisy(40, 30, BufferedImage.TYPE_BYTE_GRAY);

  @Test
  void probeReadsTheHeader() throws Exception {
    assertThat(Pictures.probe(Encoded.as("png", PICTURE), "p"))
        .isEqualTo(new PictureInfo("png", 40, 30));
    assertThat(Pictures.probe(Encoded.as("jpeg", PICTURE), "p"))
        .isEqualTo(new PictureInfo("jpeg", 40, 30));
    assertThat(Pictures.probe(Encoded.progressive("jpeg", PICTURE), "p"))
        .isEqualTo(new PictureInfo("jpeg", 40, 30));
    assertThat(Pictures.probe(Encoded.as("bmp", PICTURE), "p"))
        .isEqualTo(new PictureInfo("bmp", 40, 30));
    assertThat(Pictures.probe(Encoded.as("gif", PICTURE), "p"))
        .isEqualTo(new PictureInfo("gif", 40, 30));
    assertThat(Pictures.probe(Encoded.as("tiff", PICTURE), "p"))
        .isEqualTo(new PictureInfo("tiff", 40, 30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg"})
  void everyCutIsTruncated(String format) {
    byte[] file = Encoded.as(format, PICTURE);
    for (int length = 8; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThat(reason(cut, d -> Pictures.probe(d, "p")))
          .as("%d of %d bytes", length, file.length)
          .isEqualTo("truncated-picture");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "gif"})
  void everyCutOfOtherFormatsIsNamed(String format) {
    byte[] file = Encoded.as(format, PICTURE);
    for (int length = 8; length < file.length - 2; length += 1 + length / 40) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThat(reason(cut, d -> Pictures.probe(d, "p")))
          .as("%d of %d bytes", length, file.length)
          .isEqualTo("unreadable-picture");
    }
  }

  @Test
  void bytesAfterTheEndAreAllowed() {
    for (String format : new String[] {"png", "jpeg"}) {
      byte[] file = Encoded.as(format, PICTURE);
      byte[] longer = Arrays.copyOf(file, file.length + 100);
      assertThat(Pictures.probe(longer, "p")).isEqualTo(Pictures.probe(file, "p"));
    }
  }

  @Test
  void wrongChecksumIsUnreadable() {
    byte[] file = Encoded.as("png", PICTURE);
    file[file.length / 2] ^= 1;
    assertThat(reason(file, d -> Pictures.probe(d, "p"))).isEqualTo("unreadable-picture");
  }

  @Test
  void endOfImageInsideThumbnailDoesNotCount() {
    byte[] file = Encoded.as("jpeg", PICTURE);
    byte[] thumbnail = {
      (byte) 0xff, (byte) 0xe1, 0, 6, (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9
    };
    byte[] cut = new byte[file.length + 6];
    System.arraycopy(file, 0, cut, 0, 2);
    System.arraycopy(thumbnail, 0, cut, 2, 8);
    System.arraycopy(file, 2, cut, 10, file.length - 4);
    assertThat(reason(cut, d -> Pictures.probe(d, "p"))).isEqualTo("truncated-picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"60000x60000", "67108864x1", "2147483647x2147483647", "8193x8192"})
  void declaredBombIsRefusedBeforeDecoding(String size) {
    int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    for (int depth : new int[] {1, 16}) {
      byte[] bomb = Encoded.png(width, height, depth, depth == 1 ? 0 : 2, new byte[100]);
      assertThat(reason(bomb, d -> Pictures.probe(d, "p"))).isEqualTo("picture-too-large");
      assertThat(reason(bomb, d -> Pictures.mask(d, "p"))).isEqualTo("picture-too-large");
      assertThat(reason(bomb, d -> Pictures.grey(d, "p"))).isEqualTo("picture-too-large");
    }
  }

  @Test
  void declaredJpegBombIsRefused() {
    byte[] file = Encoded.as("jpeg", PICTURE);
    for (int i = 2; i < file.length - 9; i++) {
      if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == 0xc0) {
        Arrays.fill(file, i + 5, i + 9, (byte) 0xea);
      }
    }
    assertThat(reason(file, d -> Pictures.mask(d, "p"))).isEqualTo("picture-too-large");
  }

  @Test
  void declaredBmpBombIsRefused() {
    byte[] file = Encoded.as("bmp", PICTURE);
    file[19] = 0x30;
    file[23] = 0x30;
    assertThat(reason(file, d -> Pictures.probe(d, "p"))).isEqualTo("picture-too-large");
  }

  @Test
  void pixelsThatEndTooSoonAreUnreadable() {
    byte[] file = Encoded.png(100, 100, 8, 0, new byte[101 * 50]);
    UnreadablePictureException e =
        catchThrowableOfType(
            UnreadablePictureException.class, () -> Pictures.mask(file, "masks/a.png"));
    assertThat(e.reason()).isEqualTo("unreadable-picture");
    assertThat(e).hasMessageContaining("masks/a.png");
  }

  @Test
  void pixelsThatAreNoZlibStreamAreUnreadable() {
    byte[] header = Arrays.copyOfRange(Encoded.png(4, 4, 8, 0, new byte[20]), 16, 29);
    byte[] file = Encoded.png(Encoded.chunk("IHDR", header), Encoded.chunk("IDAT", new byte[30]));
    assertThat(reason(file, d -> Pictures.mask(d, "p"))).isEqualTo("unreadable-picture");
  }

  @Test
  void unknownFilterIsUnreadable() {
    byte[] file = Encoded.png(2, 1, 8, 0, new byte[] {9, 0, 0});
    assertThat(reason(file, d -> Pictures.mask(d, "p"))).isEqualTo("unreadable-picture");
  }

  @Test
  void paletteTypeWithoutPaletteIsUnreadable() {
    byte[] file = Encoded.png(2, 1, 8, 3, new byte[3]);
    assertThat(reason(file, d -> Pictures.mask(d, "p"))).isEqualTo("unreadable-picture");
  }

  @Test
  void otherFilesAreOfUnknownFormat() {
    byte[] text = "<html>not found</html>".getBytes(StandardCharsets.UTF_8);
    assertThat(reason(text, d -> Pictures.probe(d, "p"))).isEqualTo("unknown-format");
    assertThat(reason(new byte[0], d -> Pictures.probe(d, "p"))).isEqualTo("truncated-picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif", "tiff"})
  void damageNeverThrowsAnythingElse(String format) {
    byte[] whole = Encoded.as(format, PICTURE);
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] file = i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int k = 0; k < 3 && file.length > 0; k++) {
        file[random.nextInt(Math.min(file.length, i % 2 == 0 ? 200 : 1 << 20))] =
            (byte) random.nextInt(256);
      }
      reason(file, d -> Pictures.probe(d, "p"));
      reason(file, d -> Pictures.mask(d, "p"));
      reason(file, d -> Pictures.grey(d, "p"));
    }
  }

  /** Returns the reason of the failure, or nothing where there is none; other failures pass on. */
  private static String reason(byte[] data, Consumer<byte[]> read) {
    try {
      read.accept(data);
      return "";
    } catch (UnreadablePictureException e) {
      return e.reason();
    }
  }
}
