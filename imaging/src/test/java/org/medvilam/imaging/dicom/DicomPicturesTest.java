package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.imaging.LabelPicture;
import org.medvilam.imaging.PictureEncoder;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.PictureSummary;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.records.Media;
import org.medvilam.records.geometry.Mask;

/** Reads DICOM files as other pictures are read. */
final class DicomPicturesTest {
  private static final Offset<Float> TINY = Offset.offset(1e-6f);
  private static final Media MEDIA = Media.image("p", "p.dcm", 3, 1);

  private static byte[] grey(String photometric, int bits, boolean signed, int... samples) {
    DicomBytes data =
        DicomBytes.explicit()
            .pixels(photometric, samples.length, 1, 16, bits, signed)
            .text(DicomAttribute.RESCALE_INTERCEPT, "-1000")
            .text(DicomAttribute.RESCALE_SLOPE, "1");
    return data.bytes(Tag.PIXELS, "OW", data.shorts(samples)).file(TransferSyntax.EXPLICIT);
  }

  @Test
  void greyIsTheDisplayPicture() {
    byte[] file = grey("MONOCHROME2", 12, false, 0, 51, 255);
    assertThat(Pictures.probe(file, "p")).isEqualTo(new PictureInfo("dicom", 3, 1));
    assertThat(Pictures.grey(file, "p").values()).containsExactly(new float[] {0, 0.2f, 1}, TINY);
  }

  @Test
  void windowIsOneOfRescaledValues() {
    byte[] file = grey("MONOCHROME2", 12, false, 0, 900, 1100, 4095);
    assertThat(Pictures.grey(file, "p", -200, 200).values())
        .containsExactly(new float[] {0, 0.25f, 0.75f, 1}, TINY);
    byte[] inverse = grey("MONOCHROME1", 12, false, 0, 900, 1100, 4095);
    assertThat(Pictures.grey(inverse, "p", -200, 200).values())
        .containsExactly(new float[] {1, 0.75f, 0.25f, 0}, TINY);
  }

  @Test
  void encodedPicturesAreWindowedAlike() {
    byte[] file = grey("MONOCHROME2", 12, false, 0, 900, 1100, 4095);
    PictureEncoder png = new PictureEncoder(PictureEncoder.Form.PNG, 0);
    Media media = Media.image("p", "p.dcm", 4, 1);
    byte[] windowed = png.encode(file, media.withWindow(-200, 200));
    assertThat(Pictures.labelNumbers(windowed, "p").counts()).containsOnlyKeys(0, 64, 191, 255);
    byte[] whole = png.encode(file, media);
    assertThat(Pictures.labelNumbers(whole, "p").counts()).containsOnlyKeys(0, 56, 68, 255);
  }

  @Test
  void summaryIsThatOfTheDisplayPicture() {
    byte[] file = grey("MONOCHROME2", 12, false, 0, 51, 255);
    PictureSummary summary = Pictures.summary(file, "p", List.of(-200.0, 200.0), 3);
    assertThat(summary.steps()).isEqualTo(255);
    assertThat(summary).usingRecursiveComparison().isEqualTo(Pictures.summary(file, "p", null, 3));
    byte[] copy = new PictureEncoder(PictureEncoder.Form.PNG, 0).encode(file, MEDIA);
    assertThat(Pictures.summary(copy, "p", null, 3).pixelSha256()).isEqualTo(summary.pixelSha256());
  }

  @Test
  void windowOfColoursIsOneOfBrightness() {
    DicomBytes data = DicomBytes.explicit().pixels("RGB", 2, 1, 8, 8, false);
    data.bytes(Tag.PIXELS, "OB", new byte[] {100, 100, 100, 50, 50, 50});
    byte[] file = data.file(TransferSyntax.EXPLICIT);
    assertThat(Pictures.grey(file, "p", 0, 200).values())
        .containsExactly(new float[] {0.5f, 0.25f}, TINY);
  }

  @Test
  void masksAreRead() {
    DicomBytes data = DicomBytes.explicit().grey(8, 1, 1, 1, false);
    data.bytes(Tag.PIXELS, "OB", (byte) 0b0110, (byte) 0);
    byte[] file = data.file(TransferSyntax.EXPLICIT);
    for (Mask mask : new Mask[] {Pictures.mask(file, "p"), Pictures.painted(file, "p")}) {
      assertThat(mask.area()).isEqualTo(2);
      assertThat(mask.get(1, 0)).isTrue();
      assertThat(mask.get(2, 0)).isTrue();
    }
  }

  @Test
  void labelNumbersAreTheStoredSamples() {
    LabelPicture labels = Pictures.labelNumbers(grey("MONOCHROME2", 16, false, 3, 700, 3), "p");
    assertThat(labels.counts()).containsOnlyKeys(3, 700);
    assertThat(labels.mask(700).get(1, 0)).isTrue();
    byte[] signed = grey("MONOCHROME2", 16, true, -1, 0);
    assertThat(
            catchThrowableOfType(
                    UnreadablePictureException.class, () -> Pictures.labelNumbers(signed, "p"))
                .reason())
        .isEqualTo("unsupported-picture");
  }

  /** A preamble may be the header of a TIFF file (PS3.10, 7.1); the prefix tells. */
  @ParameterizedTest
  @ValueSource(strings = {"II*\0\u0008", "MM\0*\0"})
  void preambleOfAnotherFormatIsSteppedOver(String preamble) {
    byte[] file = grey("MONOCHROME2", 12, false, 0, 51, 255);
    for (int i = 0; i < preamble.length(); i++) {
      file[i] = (byte) preamble.charAt(i);
    }
    assertThat(Pictures.probe(file, "p").format()).isEqualTo("dicom");
    assertThat(Pictures.grey(file, "p").values()[2]).isEqualTo(1);
  }

  @Test
  void tiffFilesStayTiffFiles() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(9, 5, BufferedImage.TYPE_BYTE_GRAY), "tiff", out);
    assertThat(Pictures.probe(out.toByteArray(), "p").format()).isEqualTo("tiff");
  }
}
