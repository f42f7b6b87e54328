package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.DataBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads samples that are not compressed. */
final class NativeFramesTest {
  private static int[] samples(DicomFile file, int frame) {
    return TestPicture.of(file.samples(frame));
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "EXPLICIT", "BIG_ENDIAN", "DEFLATED"})
  void sixteenBitsAreExact(TransferSyntax syntax) {
    int[] expected = TestPicture.samples(65535, 1);
    DicomBytes data =
        DicomBytes.of(syntax).grey(TestPicture.COLUMNS, TestPicture.ROWS, 16, 16, false);
    data.bytes(Tag.PIXELS, "OW", data.shorts(expected));
    DicomFile file = DicomFile.read(data.file(syntax), "p");
    assertThat(file.transferSyntax()).isEqualTo(syntax.uid());
    assertThat(samples(file, 0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"EXPLICIT, OB", "EXPLICIT, OW", "IMPLICIT, OW", "BIG_ENDIAN, OB", "BIG_ENDIAN, OW"})
  void eightBitsAreExactInBytesAndWords(TransferSyntax syntax, String vr) {
    byte[] pixels = {1, 2, 3, 4, 5, (byte) 200};
    byte[] swapped = {2, 1, 4, 3, (byte) 200, 5};
    boolean words = syntax == TransferSyntax.BIG_ENDIAN && vr.equals("OW");
    DicomBytes data = DicomBytes.of(syntax).grey(3, 2, 8, 8, false);
    data.bytes(Tag.PIXELS, vr, words ? swapped : pixels);
    assertThat(samples(DicomFile.read(data.file(syntax), "p"), 0))
        .containsExactly(1, 2, 3, 4, 5, 200);
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPLICIT", "BIG_ENDIAN"})
  void signIsExtendedAndHigherBitsAreDropped(TransferSyntax syntax) {
    DicomBytes data = DicomBytes.of(syntax).grey(4, 1, 16, 12, true);
    data.bytes(Tag.PIXELS, "OW", data.shorts(0x07ff, 0x0800, 0xffff, 0xf001));
    DicomFile file = DicomFile.read(data.file(syntax), "p");
    assertThat(samples(file, 0)).containsExactly(2047, -2048, -1, 1);
    assertThat(file.samples(0).getDataBuffer().getDataType()).isEqualTo(DataBuffer.TYPE_SHORT);
    assertThat(file.modality(0)).containsExactly(2047, -2048, -1, 1);
  }

  @Test
  void bitsBelowTheStoredOnesAreDropped() {
    DicomBytes data = DicomBytes.explicit().grey(3, 1, 16, 12, false);
    data.us(DicomAttribute.HIGH_BIT, 15);
    data.bytes(Tag.PIXELS, "OW", data.shorts(0x7fff, 0x0010, 0xffff));
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(samples(file, 0)).containsExactly(0x7ff, 1, 0xfff);
    assertThat(file.modality(0)).containsExactly(0x7ff, 1, 0xfff);
  }

  @Test
  void thirtyTwoBitsAreExact() {
    byte[] pixels =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(-1)
            .putInt(7)
            .putInt(Integer.MIN_VALUE)
            .array();
    DicomBytes signed = DicomBytes.explicit().grey(3, 1, 32, 32, true);
    signed.bytes(Tag.PIXELS, "OW", pixels);
    DicomFile file = DicomFile.read(signed.file(TransferSyntax.EXPLICIT), "p");
    assertThat(file.modality(0)).containsExactly(-1, 7, Integer.MIN_VALUE);
    DicomBytes unsigned = DicomBytes.explicit().grey(3, 1, 32, 32, false);
    unsigned.bytes(Tag.PIXELS, "OW", pixels);
    DicomFile other = DicomFile.read(unsigned.file(TransferSyntax.EXPLICIT), "p");
    assertThat(other.modality(0)).containsExactly(4294967295d, 7, 2147483648d);
  }

  @Test
  void floatingPointIsExact() {
    ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    floats.putFloat(0.1f).putFloat(-3e30f);
    DicomBytes data = DicomBytes.explicit().grey(2, 1, 32, 32, false);
    data.bytes(Tag.FLOAT_PIXELS, "OF", floats.array());
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(file.modality(0)).containsExactly(0.1f, -3e30f);
    ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    doubles.putDouble(0.1).putDouble(Double.NaN);
    DicomBytes wide = DicomBytes.explicit().grey(2, 1, 64, 64, false);
    wide.bytes(Tag.DOUBLE_PIXELS, "OD", doubles.array());
    DicomFile other = DicomFile.read(wide.file(TransferSyntax.EXPLICIT), "p");
    assertThat(other.modality(0)).containsExactly(0.1, Double.NaN);
    assertThat(other.display(0).getRaster().getSample(1, 0, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPLICIT", "BIG_ENDIAN"})
  void bitsAreReadLowestFirstAndFramesStartWithinBytes(TransferSyntax syntax) {
    int[] bits = {1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1};
    byte[] packed = new byte[2];
    for (int i = 0; i < bits.length; i++) {
      packed[i / 8] |= (byte) (bits[i] << i % 8);
    }
    DicomBytes data = DicomBytes.of(syntax).grey(5, 1, 1, 1, false);
    data.text(DicomAttribute.NUMBER_OF_FRAMES, "3").bytes(Tag.PIXELS, "OB", packed);
    DicomFile file = DicomFile.read(data.file(syntax), "p");
    assertThat(file.frames()).isEqualTo(3);
    for (int frame = 0; frame < 3; frame++) {
      assertThat(samples(file, frame))
          .containsExactly(Arrays.copyOfRange(bits, 5 * frame, 5 * frame + 5));
    }
  }

  @Test
  void planesBecomePixels() {
    DicomBytes data = DicomBytes.explicit().pixels("RGB", 2, 1, 8, 8, false);
    data.us(DicomAttribute.PLANAR_CONFIGURATION, 1)
        .bytes(Tag.PIXELS, "OB", (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6);
    assertThat(samples(DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p"), 0))
        .containsExactly(1, 3, 5, 2, 4, 6);
  }

  @Test
  void pairsShareTheirColour() {
    DicomBytes data = DicomBytes.explicit().pixels("YBR_FULL_422", 2, 2, 8, 8, false);
    data.bytes(
        Tag.PIXELS,
        "OB",
        (byte) 10,
        (byte) 20,
        (byte) 100,
        (byte) 200,
        (byte) 30,
        (byte) 40,
        (byte) 110,
        (byte) 210);
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(samples(file, 0))
        .containsExactly(10, 100, 200, 20, 100, 200, 30, 110, 210, 40, 110, 210);
  }

  @Test
  void framesFollowEachOther() {
    DicomBytes data = DicomBytes.explicit().grey(2, 1, 16, 16, false);
    data.text(DicomAttribute.NUMBER_OF_FRAMES, "2 ");
    data.bytes(Tag.PIXELS, "OW", data.shorts(1, 2, 3, 4, 99));
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(samples(file, 0)).containsExactly(1, 2);
    assertThat(samples(file, 1)).containsExactly(3, 4);
  }
}
