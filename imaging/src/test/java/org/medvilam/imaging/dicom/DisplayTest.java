package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medvilam.imaging.UnreadablePictureException;

/** Turns stored samples into values of the modality and these into greys and colours. */
final class DisplayTest {
  private static DicomFile grey(String photometric, DicomBytes attributes, int... samples) {
    DicomBytes data = DicomBytes.explicit().pixels(photometric, samples.length, 1, 16, 16, true);
    data.raw(attributes.dataSet()).bytes(Tag.PIXELS, "OW", data.shorts(samples));
    return DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
  }

  private static DicomBytes window(String center, String width, String function) {
    DicomBytes data =
        DicomBytes.explicit()
            .text(DicomAttribute.WINDOW_CENTER, center)
            .text(DicomAttribute.WINDOW_WIDTH, width);
    return function.isEmpty() ? data : data.text(DicomAttribute.VOI_LUT_FUNCTION, function);
  }

  private static int[] shown(DicomFile file) {
    return TestPicture.of(file.display(0).getRaster());
  }

  @Test
  void rescaleComesBeforeTheWindow() {
    DicomBytes attributes =
        window("40", "400", "")
            .text(DicomAttribute.RESCALE_INTERCEPT, "-1024")
            .text(DicomAttribute.RESCALE_SLOPE, "2.0");
    DicomFile file = grey("MONOCHROME2", attributes, 0, 432, 532, 600, 632, 2000);
    assertThat(file.modality(0)).containsExactly(-1024, -160, 40, 176, 240, 2976);
    assertThat(shown(file)).containsExactly(0, 0, 127, 214, 255, 255);
  }

  /** The figures of PS3.3 C.11.2.1.2 for a window of centre 2048 and width 4096. */
  @ParameterizedTest
  @CsvSource({
    "'', 0, 0",
    "'', 2047, 127",
    "'', 2048, 127",
    "'', 4095, 255",
    "LINEAR, 4096, 255",
    "LINEAR_EXACT, 0, 0",
    "LINEAR_EXACT, 2048, 127",
    "LINEAR_EXACT, 4096, 255",
    "SIGMOID, 2048, 127",
    "SIGMOID, 0, 30",
    "SIGMOID, 4096, 224"
  })
  void windowsHaveShapes(String function, int value, int grey) {
    assertThat(shown(grey("MONOCHROME2", window("2048", "4096", function), value)))
        .containsExactly(grey);
  }

  /** SHA-256 of what dcmj2pnm of DCMTK 3.6.7 makes of the same pictures. */
  @ParameterizedTest
  @CsvSource({
    "MONOCHROME1, 10, '', 01b7965528388ce251326c31f88b2b046c52889965b447eba9d438d84f18dc96",
    "MONOCHROME1, 10, LINEAR, c2cb8eab846504a50d01ff59115b322b12f171b72e280d1674b04aeb1a4c053c",
    "MONOCHROME2, 16, '', 826816ed2d46f4f1ed71562c95218544678271a793b3a616950ce6751aa864c4",
    "MONOCHROME2, 16, SIGMOID, 1fbdff109a6a1f98c1da5cf41ea3869b68f4e289865559f446678fa7be2261fa"
  })
  void greysAreThoseOfDcmtk(String photometric, int bits, String function, String sha256)
      throws NoSuchAlgorithmException {
    boolean signed = bits == 16;
    int[] samples = TestPicture.samples((1 << bits) - 1, 1);
    Arrays.setAll(samples, i -> samples[i] - (signed ? 1 << bits - 1 : 0));
    DicomBytes data =
        DicomBytes.explicit()
            .pixels(photometric, TestPicture.COLUMNS, TestPicture.ROWS, 16, bits, signed);
    if (!function.isEmpty()) {
      String center = signed ? "-300" : "300";
      data.raw(window(center, signed ? "7001" : "700", function).dataSet());
    }
    data.bytes(Tag.PIXELS, "OW", data.shorts(samples));
    BufferedImage image = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p").display(0);
    byte[] greys = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(greys)))
        .isEqualTo(sha256);
  }

  @Test
  void firstOfSeveralWindowsIsTaken() {
    DicomBytes windows = window("100\\500", "101\\2", "");
    assertThat(shown(grey("MONOCHROME2", windows, 49, 50, 150, 151)))
        .containsExactly(0, 1, 255, 255);
  }

  @Test
  void leastIsWhiteInMonochrome1ButValuesStay() {
    DicomFile file = grey("MONOCHROME1", DicomBytes.explicit(), -10, 0, 41);
    assertThat(shown(file)).containsExactly(255, 205, 0);
    assertThat(file.modality(0)).containsExactly(-10, 0, 41);
  }

  @Test
  void withoutWindowTheValuesSpanAllGreys() {
    assertThat(shown(grey("MONOCHROME2", DicomBytes.explicit(), -10, 0, 41)))
        .containsExactly(0, 50, 255);
    assertThat(shown(grey("MONOCHROME2", DicomBytes.explicit(), 7, 7))).containsExactly(0, 0);
    assertThat(shown(grey("MONOCHROME2", window("5", "0", ""), -10, 0, 41)))
        .as("a window of no width is none")
        .containsExactly(0, 50, 255);
  }

  @Test
  void tablesReplaceRescaleAndWindow() {
    DicomBytes modality =
        DicomBytes.explicit()
            .us(Tag.LUT_DESCRIPTOR, 3, 10, 16)
            .bytes(Tag.LUT_DATA, "OW", DicomBytes.explicit().shorts(100, 200, 300));
    DicomBytes voi =
        DicomBytes.explicit()
            .us(Tag.LUT_DESCRIPTOR, 300, 1, 8)
            .bytes(Tag.LUT_DATA, "OW", ramp(300));
    DicomBytes other = DicomBytes.explicit().us(Tag.LUT_DESCRIPTOR, 1, 0, 8);
    DicomBytes attributes =
        DicomBytes.explicit()
            .delimited(Tag.MODALITY_LUT_SEQUENCE, "SQ", modality)
            .sequence(Tag.VOI_LUT_SEQUENCE, voi, other);
    DicomFile file = grey("MONOCHROME2", attributes, 9, 10, 11, 12, 13);
    assertThat(file.modality(0)).containsExactly(100, 100, 200, 300, 300);
    assertThat(shown(file)).containsExactly(49, 49, 99, 149, 149);
  }

  /** Packed bytes of half the input, rounded down. */
  private static byte[] ramp(int entries) {
    byte[] ramp = new byte[entries];
    for (int i = 0; i < entries; i++) {
      ramp[i] = (byte) (i / 2);
    }
    return ramp;
  }

  @Test
  void signedFirstInputIsSigned() {
    DicomBytes voi =
        DicomBytes.explicit()
            .bytes(Tag.LUT_DESCRIPTOR, "SS", DicomBytes.explicit().shorts(2, -5, 8))
            .bytes(Tag.LUT_DATA, "OW", DicomBytes.explicit().shorts(0, 255));
    DicomBytes attributes = DicomBytes.explicit().sequence(Tag.VOI_LUT_SEQUENCE, voi);
    assertThat(shown(grey("MONOCHROME2", attributes, -6, -5, -4, 3)))
        .containsExactly(0, 0, 255, 255);
  }

  private static DicomBytes palette(DicomBytes data, int first, int bits, int... entries) {
    for (int c = 0; c < 3; c++) {
      data.us(Tag.RED_PALETTE_DESCRIPTOR + c, entries.length / 3, first, bits);
    }
    for (int c = 0; c < 3; c++) {
      int[] colour = new int[entries.length / 3];
      for (int i = 0; i < colour.length; i++) {
        colour[i] = entries[3 * i + c];
      }
      data.bytes(Tag.RED_PALETTE_DATA + c, "OW", data.shorts(colour));
    }
    return data;
  }

  @ParameterizedTest
  @CsvSource({"EXPLICIT", "IMPLICIT", "BIG_ENDIAN"})
  void indicesBecomeColours(TransferSyntax syntax) {
    DicomBytes data = DicomBytes.of(syntax).pixels("PALETTE COLOR", 2, 2, 8, 8, false);
    palette(data, 5, 16, 0xff00, 0x8000, 0x0100, 0x00ff, 0xffff, 0x1234);
    data.bytes(Tag.PIXELS, "OB", (byte) 0, (byte) 5, (byte) 6, (byte) 255);
    DicomFile file = DicomFile.read(data.file(syntax), "p");
    BufferedImage image = file.display(0);
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xff8001);
    assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0xff8001);
    assertThat(image.getRGB(0, 1) & 0xffffff).isEqualTo(0x00ff12);
    assertThat(image.getRGB(1, 1) & 0xffffff).isEqualTo(0x00ff12);
    assertThat(file.isColour()).isTrue();
    assertThat(file.modality(0)).containsExactly(0, 5, 6, 255);
  }

  @Test
  void paletteOf65536EntriesIsWrittenAsZero() {
    int[] entries = new int[3 << 16];
    entries[3 * 65535] = 255;
    DicomBytes data = DicomBytes.explicit().pixels("PALETTE COLOR", 1, 1, 16, 16, false);
    palette(data, 0, 8, entries);
    data.bytes(Tag.PIXELS, "OW", data.shorts(65535));
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(file.display(0).getRGB(0, 0) & 0xffffff).isEqualTo(0xff0000);
  }

  @Test
  void missingPaletteIsRefused() {
    DicomBytes data = DicomBytes.explicit().pixels("PALETTE COLOR", 1, 1, 8, 8, false);
    data.bytes(Tag.PIXELS, "OB", (byte) 0, (byte) 0);
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThatThrownBy(() -> file.display(0))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("(0028,1101)");
  }

  @ParameterizedTest
  @CsvSource({
    "RGB, 12, 34, 56, 0c2238",
    "YBR_RCT, 12, 34, 56, 0c2238",
    "YBR_FULL, 76, 85, 255, fe0000",
    "YBR_FULL, 150, 44, 21, 00ff01",
    "YBR_FULL, 29, 255, 107, 0000fe",
    "YBR_FULL, 255, 255, 255, ff79ff"
  })
  void coloursBecomeRgb(String photometric, int first, int second, int third, String rgb) {
    DicomBytes data = DicomBytes.explicit().pixels(photometric, 1, 1, 8, 8, false);
    data.bytes(Tag.PIXELS, "OB", (byte) first, (byte) second, (byte) third, (byte) 0);
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat("%06x".formatted(file.display(0).getRGB(0, 0) & 0xffffff)).isEqualTo(rgb);
  }

  @Test
  void deepColoursAreScaled() {
    DicomBytes data = DicomBytes.explicit().pixels("RGB", 1, 1, 16, 12, false);
    data.bytes(Tag.PIXELS, "OW", data.shorts(4095, 2048, 16));
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(file.display(0).getRGB(0, 0) & 0xffffff).isEqualTo(0xff8001);
  }

  /** A mask that is full is white, as one that is empty is black. */
  @ParameterizedTest
  @CsvSource({"0, 0", "255, 255"})
  void bitsSpanAllGreysWhateverTheyAre(int octet, int grey) {
    DicomBytes data = DicomBytes.explicit().grey(8, 1, 1, 1, false);
    data.bytes(Tag.PIXELS, "OB", (byte) octet, (byte) 0);
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(shown(file)).containsOnly(grey);
  }

  @Test
  void otherInterpretationsAreRefusedByName() {
    DicomBytes data = DicomBytes.explicit().pixels("HSV", 1, 1, 8, 8, false);
    data.bytes(Tag.PIXELS, "OB", (byte) 0, (byte) 0);
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThatThrownBy(() -> file.display(0))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageContaining("(0028,0004)")
        .extracting(e -> ((UnreadablePictureException) e).reason())
        .isEqualTo("unsupported-picture");
  }
}
