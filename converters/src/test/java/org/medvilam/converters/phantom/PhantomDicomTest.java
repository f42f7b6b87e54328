package org.medvilam.converters.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.dicom.DicomAttribute;
import org.medvilam.imaging.dicom.DicomFile;

final class PhantomDicomTest {
  private static final int COLUMNS = 5;
  private static final int ROWS = 3;

  private static int[] samples(int bits) {
    int[] samples = new int[COLUMNS * ROWS];
    Arrays.setAll(samples, i -> ((1 << bits) - 1) * i / (samples.length - 1));
    return samples;
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 16})
  void samplesAreReadBack(int bits) {
    byte[] file = PhantomDicom.grey("a", COLUMNS, ROWS, bits, samples(bits));
    assertThat(Pictures.probe(file, "a.dcm")).isEqualTo(new PictureInfo("dicom", COLUMNS, ROWS));
    DicomFile dicom = DicomFile.read(file, "a.dcm");
    assertThat(dicom.samples(0).getPixels(0, 0, COLUMNS, ROWS, (int[]) null))
        .isEqualTo(samples(bits));
    assertThat(dicom.integer(DicomAttribute.BITS_STORED)).hasValue(bits);
    assertThat(Pictures.grey(file, "a.dcm").values()).startsWith(0).endsWith(1);
  }

  @Test
  void identityIsThatOfTheId() {
    byte[] file = PhantomDicom.grey("a", COLUMNS, ROWS, 8, samples(8));
    assertThat(PhantomDicom.grey("a", COLUMNS, ROWS, 8, samples(8))).isEqualTo(file);
    DicomFile one = DicomFile.read(file, "a.dcm");
    DicomFile other = DicomFile.read(PhantomDicom.grey("b", COLUMNS, ROWS, 8, samples(8)), "b.dcm");
    for (DicomAttribute uid :
        new DicomAttribute[] {
          DicomAttribute.SOP_INSTANCE_UID,
          DicomAttribute.SERIES_INSTANCE_UID,
          DicomAttribute.STUDY_INSTANCE_UID
        }) {
      assertThat(one.text(uid).orElseThrow()).matches("2\\.25\\.[0-9]{1,39}");
      assertThat(one.text(uid)).isNotEqualTo(other.text(uid));
    }
  }

  /** Lossy: the smooth ramp differs by at most 3 of 255. */
  @Test
  void jpegIsReadBack() throws IOException {
    BufferedImage ramp = new BufferedImage(33, 17, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 33 * 17; i++) {
      ramp.getRaster().setSample(i % 33, i / 33, 0, 40 + 5 * (i % 33));
    }
    byte[] file = PhantomDicom.jpeg("a", ramp, 0.95);
    assertThat(Pictures.probe(file, "a.dcm")).isEqualTo(new PictureInfo("dicom", 33, 17));
    DicomFile dicom = DicomFile.read(file, "a.dcm");
    assertThat(dicom.transferSyntax()).isEqualTo("1.2.840.10008.1.2.4.50");
    int[] samples = dicom.samples(0).getPixels(0, 0, 33, 17, (int[]) null);
    for (int i = 0; i < samples.length; i++) {
      assertThat(samples[i]).isCloseTo(40 + 5 * (i % 33), Offset.offset(3));
    }
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatThrownBy(() -> PhantomDicom.grey("a", 5, 4, 8, samples(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 x 4");
    assertThatThrownBy(() -> PhantomDicom.grey("a", COLUMNS, ROWS, 10, samples(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10");
    BufferedImage colour = new BufferedImage(4, 4, BufferedImage.TYPE_3BYTE_BGR);
    assertThatThrownBy(() -> PhantomDicom.jpeg("a", colour, 0.9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8-bit grey");
  }
}
