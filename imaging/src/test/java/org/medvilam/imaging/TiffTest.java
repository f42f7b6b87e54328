package org.medvilam.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.color.ColorSpace;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.geometry.Mask;

final class TiffTest {
  private static final int PREDICTOR = 317;
  private static final int ROWS_PER_STRIP = 278;
  private static final int ORIENTATION = 274;
  private static final int WIDTH = 61;
  private static final int HEIGHT = 45;

  private static void assertExact(byte[] file, BufferedImage image) {
    assertThat(Pictures.probe(file, "p")).isEqualTo(new PictureInfo("tiff", WIDTH, HEIGHT));
    int bands = image.getRaster().getNumBands();
    try (PictureRows rows = PictureDecoder.rows(file, "p", true)) {
      int[] found = new int[WIDTH * bands];
      for (int y = 0; y < HEIGHT; y++) {
        rows.next(found);
        assertThat(found).isEqualTo(image.getRaster().getPixels(0, y, WIDTH, 1, (int[]) null));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none, 1",
    "LZW, 1",
    "LZW, 2",
    "ZLib, 1",
    "ZLib, 2",
    "Deflate, 1",
    "Deflate, 2",
    "PackBits, 1"
  })
  void everySampleIsExact(String compression, int predictor) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (int type :
          new int[] {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_3BYTE_BGR
          }) {
        for (int rows : new int[] {1, 11, HEIGHT}) {
          BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, type);
          EncodedTiff tiff = EncodedTiff.of(image).compression(compression).order(order);
          tiff.tag(ROWS_PER_STRIP, rows);
          if (predictor == 2) {
            tiff.tag(PREDICTOR, 2);
          }
          assertExact(tiff.bytes(), image);
        }
        BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, type);
        assertExact(
            EncodedTiff.of(image).compression(compression).order(order).tiles(16).bytes(), image);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everySampleOfSixteenBitsIsExact(boolean signed) {
    ColorSpace colours = ColorSpace.getInstance(signed ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    int dataType = signed ? DataBuffer.TYPE_SHORT : DataBuffer.TYPE_USHORT;
    ComponentColorModel model = new ComponentColorModel(colours, false, false, 1, dataType);
    WritableRaster raster = model.createCompatibleWritableRaster(WIDTH, HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT * raster.getNumBands(); i++) {
      int value = i * 7919;
      raster.setSample(
          i / raster.getNumBands() % WIDTH,
          i / raster.getNumBands() / WIDTH,
          i % raster.getNumBands(),
          signed ? (short) value : value & 0xffff);
    }
    BufferedImage image = new BufferedImage(model, raster, false, null);
    assertExact(EncodedTiff.of(image).compression("LZW").tag(PREDICTOR, 2).bytes(), image);
  }

  @Test
  void whiteMayBeZero() {
    BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    byte[] file = EncodedTiff.of(image).bytes();
    byte[] inverse = EncodedTiff.of(image).tag(262, 0).bytes();
    float[] grey = Pictures.grey(file, "p").values();
    assertThat(Pictures.grey(inverse, "p").values()).isEqualTo(grey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6", "none", "LZW"})
  void maskOfOneBitIsExact(String compression) {
    BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    byte[] file = EncodedTiff.of(image).compression(compression).bytes();
    Mask mask = Pictures.mask(file, "m");
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      assertThat(mask.get(i % WIDTH, i / WIDTH))
          .isEqualTo(image.getRaster().getSample(i % WIDTH, i / WIDTH, 0) == 1);
    }
  }

  @Test
  void greyWithExtraSamplesIsGrey() {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    WritableRaster raster = colours.createCompatibleWritableRaster(WIDTH, HEIGHT);
    raster.setSample(3, 4, 0, 200);
    raster.setSample(3, 4, 1, 17);
    byte[] file = EncodedTiff.of(new BufferedImage(colours, raster, false, null)).bytes();
    assertThat(Pictures.grey(file, "p").values()[4 * WIDTH + 3]).isEqualTo(200 / 255f);
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_INT})
  void otherSamplesAreRefusedByName(int type) {
    ComponentColorModel colours =
        new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, 1, type);
    WritableRaster raster =
        Raster.createWritableRaster(new BandedSampleModel(type, WIDTH, HEIGHT, 1), null);
    byte[] file = EncodedTiff.of(new BufferedImage(colours, raster, false, null)).bytes();
    UnreadablePictureException e = failure(file);
    assertThat(e.reason()).isEqualTo("unsupported-picture");
    assertThat(e)
        .hasMessageContaining(
            type == DataBuffer.TYPE_FLOAT ? "floating-point numbers of [32] bits" : "of [32] bits");
  }

  @Test
  void streamsOfUnknownSizeInsideAreRefusedByName() {
    BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    UnreadablePictureException e = failure(EncodedTiff.of(image).compression("JPEG").bytes());
    assertThat(e.reason()).isEqualTo("unsupported-picture");
    assertThat(e).hasMessageContaining("compression 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "LZW", "Deflate", "PackBits"})
  void everyCutIsTruncated(String compression) {
    BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    byte[] file = EncodedTiff.of(image).compression(compression).tag(ROWS_PER_STRIP, 11).bytes();
    for (int length = 8; length < file.length; length += 1 + length / 40) {
      byte[] cut = Arrays.copyOf(file, length);
      UnreadablePictureException e =
          catchThrowableOfType(
              UnreadablePictureException.class, () -> Pictures.probe(cut, "slices/a_1.tif"));
      assertThat(e).as("%d of %d bytes", length, file.length).isNotNull();
      assertThat(e.reason()).as(e.getMessage()).isEqualTo("truncated-picture");
      assertThat(e).hasMessageContaining("slices/a_1.tif");
    }
  }

  @Test
  void stripOfTooFewBytesIsTruncated() {
    BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    byte[] file = EncodedTiff.of(image).tag(ROWS_PER_STRIP, HEIGHT).bytes();
    byte[] count = new byte[] {0x01, 0x17, 0, 4, 0, 0, 0, 1, 0, 0, 0x0a, (byte) 0xb9};
    int at = indexOf(file, count);
    file[at + 10] = 1;
    UnreadablePictureException e = failure(file);
    assertThat(e.reason()).isEqualTo("truncated-picture");
    assertThat(e).hasMessageContaining("expected 2745 bytes of strip 1 of 1, found 441 declared");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "Deflate", "PackBits"})
  void pixelsThatEndTooSoonAreUnreadable(String compression) {
    BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    byte[] file = EncodedTiff.of(image).compression(compression).tag(ROWS_PER_STRIP, 5).bytes();
    byte[] fewer = new byte[] {0x01, 0x16, 0, 3, 0, 0, 0, 1, 0, 5};
    byte[] height = new byte[] {0x01, 0x01, 0, 3, 0, 0, 0, 1, 0, HEIGHT};
    file[indexOf(file, fewer) + 9] = 10;
    file[indexOf(file, height) + 9] = 2 * HEIGHT;
    assertThat(failure(file).reason()).isEqualTo("unreadable-picture");
  }

  private static int indexOf(byte[] file, byte[] pattern) {
    for (int i = 0; i + pattern.length <= file.length; i++) {
      if (Arrays.equals(file, i, i + pattern.length, pattern, 0, pattern.length)) {
        return i;
      }
    }
    throw new AssertionError("no such bytes");
  }

  private static UnreadablePictureException failure(byte[] file) {
    return catchThrowableOfType(
        UnreadablePictureException.class, () -> Pictures.grey(file, "p.tif"));
  }

  @Test
  void tagTurnsThePicture() {
    BufferedImage image = Encoded.noisy(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    byte[] file = EncodedTiff.of(image).tag(ORIENTATION, 6).bytes();
    assertThat(Pictures.probe(file, "p"))
        .isEqualTo(new PictureInfo("tiff", 45, 61, Orientation.LEFT));
    float[] upright = Pictures.grey(file, "p").values();
    assertThat(upright[0]).isEqualTo(image.getRaster().getSample(0, HEIGHT - 1, 0) / 255f);
  }
}
