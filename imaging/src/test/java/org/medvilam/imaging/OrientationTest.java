package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.geometry.Mask;

final class OrientationTest {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;
  private static final int BLOCK = 8;

  /** Returns a picture of even blocks, which JPEG keeps. */
  private static BufferedImage blocks(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      int level = 10 * (x / BLOCK + WIDTH / BLOCK * (y / BLOCK));
      image.setRGB(x, y, 0xff000000 | level << 16 | (255 - level) << 8 | level / 2);
    }
    return image;
  }

  /** Returns where a pixel of the upright picture is stored, as EXIF 2.32 draws it. */
  private static int[] stored(int exif, int x, int y) {
    int right = WIDTH - 1;
    int bottom = HEIGHT - 1;
    return switch (exif) {
      case 1 -> new int[] {x, y};
      case 2 -> new int[] {right - x, y};
      case 3 -> new int[] {right - x, bottom - y};
      case 4 -> new int[] {x, bottom - y};
      case 5 -> new int[] {y, x};
      case 6 -> new int[] {y, bottom - x};
      case 7 -> new int[] {right - y, bottom - x};
      default -> new int[] {right - y, x};
    };
  }

  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer data = ByteBuffer.allocate(26).order(order);
    data.put(order == ByteOrder.BIG_ENDIAN ? new byte[] {'M', 'M'} : new byte[] {'I', 'I'});
    data.putShort((short) 42).putInt(8).putShort((short) 1);
    data.putShort((short) 274).putShort((short) 3).putInt(1);
    data.putShort((short) orientation).putShort((short) 0).putInt(0);
    return data.array();
  }

  /** Returns a JPEG file with a segment of application 1 after its first marker. */
  static byte[] withSegment(byte[] jpeg, byte[]... parts) {
    ByteBuffer body = ByteBuffer.allocate(1 << 10);
    for (byte[] part : parts) {
      body.put(part);
    }
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 4 + body.position());
    out.put(jpeg, 0, 2).put((byte) 0xff).put((byte) 0xe1).putShort((short) (body.position() + 2));
    out.put(body.array(), 0, body.position()).put(jpeg, 2, jpeg.length - 2);
    return out.array();
  }

  private static byte[] file(String format, BufferedImage image, int exif, ByteOrder order) {
    return switch (format) {
      case "jpeg" ->
          withSegment(Encoded.as("jpeg", image), bytes("Exif"), new byte[2], exif(exif, order));
      case "png" -> Encoded.withChunk(Encoded.as("png", image), "eXIf", exif(exif, order));
      default -> EncodedTiff.of(image).order(order).tag(274, exif).bytes();
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    "jpeg, 5",
    "jpeg, 10",
    "png, 5",
    "png, 10",
    "png, 12",
    "png, 13",
    "tiff, 5",
    "tiff, 10"
  })
  void everyOrientationIsTurnedUpright(String format, int type) {
    BufferedImage image = blocks(type);
    float[] plain = Pictures.grey(Encoded.as(format, image), "p").values();
    for (Orientation orientation : Orientation.values()) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
        byte[] file = file(format, image, orientation.exif(), order);
        boolean swapped = orientation.exif() > 4;
        int width = swapped ? HEIGHT : WIDTH;
        PictureInfo info = Pictures.probe(file, "p");
        assertThat(info)
            .isEqualTo(new PictureInfo(format, width, WIDTH + HEIGHT - width, orientation));
        assertThat(info.storedWidth()).isEqualTo(WIDTH);
        assertThat(info.storedHeight()).isEqualTo(HEIGHT);
        GreyPicture upright = Pictures.grey(file, "p");
        assertThat(upright.width()).isEqualTo(info.width());
        assertThat(upright.height()).isEqualTo(info.height());
        Mask mask = Pictures.mask(file, "p");
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
          int[] at = stored(orientation.exif(), i % width, i / width);
          assertThat(upright.values()[i])
              .as("%s: pixel %d", orientation, i)
              .isEqualTo(plain[at[1] * WIDTH + at[0]]);
        }
        assertThat(mask.width()).isEqualTo(info.width());
        assertThat(mask.area()).isEqualTo(Pictures.mask(Encoded.as(format, image), "p").area());
      }
    }
  }

  @Test
  void maskIsTurnedAsThePictureIs() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(5, 2, 0, 255);
    for (Orientation orientation : Orientation.values()) {
      byte[] file = file("png", image, orientation.exif(), ByteOrder.BIG_ENDIAN);
      Mask mask = Pictures.mask(file, "m");
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int[] at = stored(orientation.exif(), i % mask.width(), i / mask.width());
        assertThat(mask.get(i % mask.width(), i / mask.width()))
            .isEqualTo(at[0] == 5 && at[1] == 2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 65535})
  void otherNumbersTurnNothing(int exif) {
    byte[] file = file("jpeg", blocks(10), exif, ByteOrder.LITTLE_ENDIAN);
    assertThat(Pictures.probe(file, "p")).isEqualTo(new PictureInfo("jpeg", WIDTH, HEIGHT));
  }

  @Test
  void dataThatNobodyCanReadTurnNothing() {
    byte[] jpeg = Encoded.as("jpeg", blocks(10));
    byte[] turned = exif(6, ByteOrder.BIG_ENDIAN);
    byte[][] others = {
      new byte[0], bytes("nonsense"), Arrays.copyOf(turned, 9), Arrays.copyOf(turned, 15)
    };
    for (byte[] other : others) {
      byte[] file = withSegment(jpeg, bytes("Exif"), new byte[2], other);
      assertThat(Pictures.probe(file, "p").orientation()).isEqualTo(Orientation.UPRIGHT);
    }
    byte[] foreign = withSegment(jpeg, bytes("http://ns.adobe.com/xap/1.0/"), new byte[1], turned);
    assertThat(Pictures.probe(foreign, "p").orientation()).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void orientationOfTheThumbnailDoesNotCount() {
    ByteBuffer data = ByteBuffer.allocate(44);
    data.put(new byte[] {'M', 'M'}).putShort((short) 42).putInt(8);
    data.putShort((short) 1)
        .putShort((short) 256)
        .putShort((short) 3)
        .putInt(1)
        .putInt(WIDTH << 16);
    data.putInt(26).putShort((short) 1).putShort((short) 274).putShort((short) 3).putInt(1);
    data.putInt(8 << 16);
    byte[] file =
        withSegment(Encoded.as("jpeg", blocks(10)), bytes("Exif"), new byte[2], data.array());
    assertThat(Pictures.probe(file, "p").orientation()).isEqualTo(Orientation.UPRIGHT);
  }

  @ParameterizedTest
  @CsvSource({"IMG0000428, LEFT", "IMG0000429, RIGHT"})
  void realFilesAreTurnedUpright(String id, Orientation orientation) throws IOException {
    Path file = Path.of("../../shared/samples/fracatlas/images/Non_fractured/" + id + ".jpg");
    assumeTrue(Files.exists(file), () -> "real files are not on this machine: no " + file);
    byte[] data = Files.readAllBytes(file);
    assertThat(Pictures.probe(data, id)).isEqualTo(new PictureInfo("jpeg", 454, 373, orientation));
    GreyPicture upright = Pictures.grey(data, id);
    Raster stored = ImageIO.read(file.toFile()).getRaster();
    float[] first = new float[454];
    for (int x = 0; x < 454; x++) {
      int level =
          orientation == Orientation.LEFT
              ? stored.getSample(0, 453 - x, 0)
              : stored.getSample(372, x, 0);
      first[x] = level / 255f;
    }
    assertThat(Arrays.copyOf(upright.values(), 454)).containsExactly(first, Offset.offset(1e-6f));
  }
}
