package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes frames of {@link TestPicture} in every compressed transfer syntax. */
final class CompressedFramesTest {
  private static final int SIZE = TestPicture.COLUMNS * TestPicture.ROWS;

  private static DicomFile file(
      TransferSyntax syntax, String photometric, int bits, boolean signed, byte[]... fragments) {
    DicomBytes data =
        DicomBytes.explicit()
            .pixels(
                photometric, TestPicture.COLUMNS, TestPicture.ROWS, bits > 8 ? 16 : 8, bits, signed)
            .fragments(fragments);
    return DicomFile.read(data.file(syntax), "p");
  }

  @ParameterizedTest
  @CsvSource({
    "JPEG_LS_LOSSLESS, jpeg-ls-8, MONOCHROME2, 8, false, 0",
    "JPEG_LS_LOSSLESS, jpeg-ls-8-presets, MONOCHROME2, 8, false, 0",
    "JPEG_LS_LOSSLESS, jpeg-ls-16, MONOCHROME2, 16, false, 0",
    "JPEG_LS_LOSSLESS, jpeg-ls-16-signed, MONOCHROME2, 16, true, 0",
    "JPEG_LS_LOSSLESS, jpeg-ls-rgb-by-sample, RGB, 8, false, 0",
    "JPEG_LS_LOSSLESS, jpeg-ls-rgb-by-component, RGB, 8, false, 0",
    "JPEG_LS, jpeg-ls-12-near-5, MONOCHROME2, 12, false, 5",
    "JPEG_LS, jpeg-ls-rgb-by-line-near-2, RGB, 8, false, 2",
    "JPEG_LOSSLESS_FIRST, lossless-8, MONOCHROME2, 8, false, 0",
    "JPEG_LOSSLESS_FIRST, lossless-16-signed, MONOCHROME2, 16, true, 0",
    "JPEG_LOSSLESS_FIRST, lossless-rgb, RGB, 8, false, 0",
    "JPEG_LOSSLESS, lossless-12-predictor-6, MONOCHROME2, 12, false, 0",
    "JPEG_2000_LOSSLESS, jpeg-2000-16, MONOCHROME2, 16, false, 0"
  })
  void streamsOfAnotherEncoderAreDecoded(
      TransferSyntax syntax,
      String stream,
      String photometric,
      int bits,
      boolean signed,
      int near) {
    DicomFile file = file(syntax, photometric, bits, signed, Streams.stored(stream));
    int bands = photometric.equals("RGB") ? 3 : 1;
    int[] expected = TestPicture.samples((1 << bits) - 1, bands);
    if (signed) {
      Arrays.setAll(expected, i -> expected[i] - (1 << bits - 1));
    }
    assertThat(farthest(TestPicture.of(file.samples(0)), expected)).isEqualTo(near);
  }

  private static int farthest(int[] found, int[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    int most = 0;
    for (int i = 0; i < found.length; i++) {
      most = Math.max(most, Math.abs(found[i] - expected[i]));
    }
    return most;
  }

  /** The example of ITU-T T.87, annex H.3. */
  @Test
  void exampleOfTheJpegLsStandardIsDecoded() {
    byte[] stream =
        HexFormat.of()
            .parseHex(
                "ffd8fff7000b080004000401011100ffda00080101000000"
                    + "00c000006c80208e01c00000574000006ee6000001bc18000005d800009160ffd9");
    DicomBytes data =
        DicomBytes.explicit().grey(4, 4, 8, 8, false).fragments(new byte[][] {stream});
    DicomFile file = DicomFile.read(data.file(TransferSyntax.JPEG_LS_LOSSLESS), "p");
    assertThat(TestPicture.of(file.samples(0)))
        .containsExactly(0, 0, 90, 74, 68, 50, 43, 205, 64, 145, 145, 145, 100, 145, 145, 145);
  }

  /** The samples are those of DCMTK's integer arithmetic, but for their rounding. */
  @Test
  void extendedJpegOf12BitsIsDecodedButForOne() {
    byte[] stream = Streams.stored("extended-12");
    DicomFile file = file(TransferSyntax.JPEG_EXTENDED, "MONOCHROME2", 12, false, stream);
    ByteBuffer bytes =
        ByteBuffer.wrap(Streams.stored("extended-12.decoded")).order(ByteOrder.LITTLE_ENDIAN);
    int[] decoded = new int[SIZE];
    Arrays.setAll(decoded, i -> bytes.getShort(2 * i));
    int[] found = TestPicture.of(file.samples(0));
    assertThat(farthest(found, decoded)).isLessThanOrEqualTo(1);
    int same = 0;
    for (int i = 0; i < SIZE; i++) {
      same += found[i] == decoded[i] ? 1 : 0;
    }
    assertThat(same).isGreaterThan(SIZE * 9 / 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void baselineJpegIsDecodedAsStored(int bands) {
    String photometric = bands == 1 ? "MONOCHROME2" : "YBR_FULL_422";
    byte[] stream = Streams.even(Streams.jpeg(bands));
    DicomFile file = file(TransferSyntax.JPEG_BASELINE, photometric, 8, false, stream);
    int[] found = TestPicture.of(file.samples(0));
    assertThat(found).hasSize(SIZE * bands);
    int[] brightness = new int[SIZE];
    int[] rgb = TestPicture.samples(255, bands);
    double error = 0;
    for (int i = 0; i < SIZE; i++) {
      brightness[i] =
          bands == 1
              ? rgb[i]
              : (int)
                  Math.round(0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2]);
      error += Math.abs(found[i * bands] - brightness[i]);
    }
    assertThat(error / SIZE).as("mean error of brightness").isBetween(0.01, 12.0);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "3, false", "1, true", "3, true"})
  void losslessJpeg2000IsExact(int bands, boolean tiled) {
    String photometric = bands == 1 ? "MONOCHROME2" : "YBR_RCT";
    byte[] stream = Streams.even(Streams.jpeg2000(bands, tiled));
    DicomFile file = file(TransferSyntax.JPEG_2000_LOSSLESS, photometric, 8, false, stream);
    assertThat(TestPicture.of(file.samples(0))).isEqualTo(TestPicture.samples(255, bands));
  }

  /** The decoder goes by the number of tile-parts, which T.800 A.4.2 allows to be left out. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void tilePartsAreAllDecodedHoweverTheyAreCounted(int count) {
    byte[] stream = Streams.even(Streams.jpeg2000(1, true));
    int parts = 0;
    for (int i = 0; i < stream.length - 12; i++) {
      if (stream[i] == (byte) 0xff && stream[i + 1] == (byte) 0x90 && stream[i + 3] == 10) {
        stream[i + 11] = (byte) count;
        parts++;
      }
    }
    assertThat(parts).isEqualTo(4);
    DicomFile file = file(TransferSyntax.JPEG_2000_LOSSLESS, "MONOCHROME2", 8, false, stream);
    assertThat(TestPicture.of(file.samples(0))).isEqualTo(TestPicture.samples(255, 1));
  }

  @Test
  void boxesAroundJpeg2000AreSteppedOver() {
    byte[] stream = Streams.jpeg2000(1, false);
    byte[] signature = {0, 0, 0, 12, 'j', 'P', ' ', ' ', 13, 10, (byte) 0x87, 10};
    byte[] header = {0, 0, 0, 0, 'j', 'p', '2', 'c'};
    DicomFile file =
        file(TransferSyntax.JPEG_2000_LOSSLESS, "MONOCHROME2", 8, false, signature, header, stream);
    assertThat(TestPicture.of(file.samples(0))).isEqualTo(TestPicture.samples(255, 1));
  }

  @ParameterizedTest
  @CsvSource({"MONOCHROME2, 8", "RGB, 8", "MONOCHROME2, 16", "RGB, 16", "PALETTE COLOR, 8"})
  void rleIsExact(String photometric, int bits) {
    int bands = photometric.equals("RGB") ? 3 : 1;
    int[] samples = TestPicture.samples((1 << bits) - 1, bands);
    byte[] frame = Streams.rle(samples, bands, bits / 8);
    DicomFile file = file(TransferSyntax.RLE, photometric, bits, false, frame);
    assertThat(TestPicture.of(file.samples(0))).isEqualTo(samples);
  }

  @Test
  void rleOf32BitsIsExact() {
    int[] samples = TestPicture.samples((1 << 30) - 1, 1);
    DicomBytes data =
        DicomBytes.explicit()
            .grey(TestPicture.COLUMNS, TestPicture.ROWS, 32, 32, true)
            .fragments(new byte[][] {Streams.rle(samples, 1, 4)});
    DicomFile file = DicomFile.read(data.file(TransferSyntax.RLE), "p");
    assertThat(TestPicture.of(file.samples(0))).isEqualTo(samples);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEFLATED_FRAMES", "ENCAPSULATED"})
  void uncompressedFramesInFragmentsAreRead(TransferSyntax syntax) {
    int[] samples = TestPicture.samples(4095, 1);
    byte[] frame = DicomBytes.explicit().shorts(samples);
    boolean deflated = syntax == TransferSyntax.DEFLATED_FRAMES;
    DicomFile file =
        file(
            syntax,
            "MONOCHROME2",
            12,
            false,
            deflated ? Streams.even(DicomBytes.deflated(frame)) : frame);
    assertThat(TestPicture.of(file.samples(0))).isEqualTo(samples);
  }
}
