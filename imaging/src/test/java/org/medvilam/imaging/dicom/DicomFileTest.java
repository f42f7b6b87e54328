package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.imaging.UnreadablePictureException;

/** Reads attributes. */
final class DicomFileTest {
  private static DicomBytes slice(TransferSyntax syntax) {
    DicomBytes data =
        DicomBytes.of(syntax)
            .grey(2, 3, 16, 12, true)
            .text(DicomAttribute.MODALITY, "CT")
            .text(DicomAttribute.SOP_INSTANCE_UID, "1.2.3")
            .text(DicomAttribute.SERIES_INSTANCE_UID, "1.2.30")
            .text(DicomAttribute.INSTANCE_NUMBER, "7 ")
            .text(DicomAttribute.IMAGE_POSITION_PATIENT, "-158.135803\\-179.035797\\-75.699997")
            .text(DicomAttribute.IMAGE_ORIENTATION_PATIENT, "1\\0\\0\\0\\1\\-1e-16 ")
            .text(DicomAttribute.PIXEL_SPACING, "0.661468\\ .5")
            .text(DicomAttribute.SLICE_THICKNESS, "");
    return data.bytes(Tag.PIXELS, "OW", data.shorts(1, 2, 3, 4, 5, 6));
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "EXPLICIT", "BIG_ENDIAN", "DEFLATED"})
  void attributesAreRead(TransferSyntax syntax) {
    DicomFile file = DicomFile.read(slice(syntax).file(syntax), "p");
    assertThat(file.hasPixels()).isTrue();
    assertThat(file.rows()).isEqualTo(3);
    assertThat(file.columns()).isEqualTo(2);
    assertThat(file.frames()).isEqualTo(1);
    assertThat(file.text(DicomAttribute.MODALITY)).hasValue("CT");
    assertThat(file.text(DicomAttribute.SOP_INSTANCE_UID)).hasValue("1.2.3");
    assertThat(file.text(DicomAttribute.SERIES_INSTANCE_UID)).hasValue("1.2.30");
    assertThat(file.text(DicomAttribute.FRAME_OF_REFERENCE_UID)).isEmpty();
    assertThat(file.text(DicomAttribute.PHOTOMETRIC_INTERPRETATION)).hasValue("MONOCHROME2");
    assertThat(file.integer(DicomAttribute.INSTANCE_NUMBER)).hasValue(7);
    assertThat(file.integer(DicomAttribute.BITS_STORED)).hasValue(12);
    assertThat(file.integer(DicomAttribute.NUMBER_OF_FRAMES)).isEmpty();
    assertThat(file.numbers(DicomAttribute.IMAGE_POSITION_PATIENT))
        .containsExactly(-158.135803, -179.035797, -75.699997);
    assertThat(file.numbers(DicomAttribute.IMAGE_ORIENTATION_PATIENT))
        .containsExactly(1, 0, 0, 0, 1, -1e-16);
    assertThat(file.numbers(DicomAttribute.PIXEL_SPACING)).containsExactly(0.661468, 0.5);
    assertThat(file.numbers(DicomAttribute.SLICE_THICKNESS)).isEmpty();
    assertThat(file.numbers(DicomAttribute.RESCALE_SLOPE)).isEmpty();
    assertThat(file.modality(0)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPLICIT", "EXPLICIT", "BIG_ENDIAN"})
  void encodingIsToldWithoutPreambleAndMetaInformation(TransferSyntax syntax) {
    byte[] bare = slice(syntax).dataSet();
    for (byte[] data : List.of(bare, DicomBytes.file("", bare))) {
      assertThat(DicomFile.starts(data)).isTrue();
      assertThat(DicomFile.starts(Arrays.copyOf(data, Math.min(1024, data.length)))).isTrue();
      DicomFile file = DicomFile.read(data, "p");
      assertThat(file.transferSyntax()).isEmpty();
      assertThat(file.modality(0)).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void metaInformationMayComeFirst() {
    byte[] whole = slice(TransferSyntax.EXPLICIT).file(TransferSyntax.EXPLICIT);
    byte[] data = Arrays.copyOfRange(whole, 132, whole.length);
    assertThat(DicomFile.read(data, "p").modality(0)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  /** The prefix may be part of a value of a file that has no preamble. */
  @Test
  void prefixWithinAValueIsNone() {
    DicomBytes data = DicomBytes.explicit().text(0x00080005, "CS", "ISO_IR 100");
    data.text(0x00080008, "CS", "A".repeat(96)).text(0x00081010, "SH", "DICMX1");
    byte[] file = data.raw(slice(TransferSyntax.EXPLICIT).dataSet()).dataSet();
    assertThat(new String(file, 130, 4, StandardCharsets.US_ASCII)).isEqualTo("DICM");
    assertThat(DicomFile.read(file, "p").rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SQ", "UN"})
  void sequencesAreSteppedOverInEveryForm(String vr) {
    DicomBytes inner = vr.equals("UN") ? DicomBytes.implicit() : DicomBytes.explicit();
    DicomBytes item =
        inner.same().us(DicomAttribute.ROWS, 99).delimited(0x00400275, "SQ", inner.same());
    DicomBytes icon =
        DicomBytes.explicit()
            .us(DicomAttribute.ROWS, 98)
            .fragments(new byte[] {1, 2}, new byte[] {3, 4});
    DicomBytes data =
        DicomBytes.explicit()
            .delimited(0x00081140, vr, item, item)
            .delimited(0x00880200, "SQ", icon)
            .sequence(0x00081115, DicomBytes.explicit().us(DicomAttribute.COLUMNS, 97))
            .raw(slice(TransferSyntax.EXPLICIT).dataSet());
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(file.rows()).isEqualTo(3);
    assertThat(file.columns()).isEqualTo(2);
  }

  @Test
  void framesHaveValuesOfTheirOwnOrShareThem() {
    DicomBytes d = DicomBytes.explicit();
    DicomBytes shared =
        d.same()
            .sequence(
                Tag.PIXEL_MEASURES_SEQUENCE,
                d.same().text(DicomAttribute.PIXEL_SPACING, "0.5\\0.5"))
            .sequence(
                Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                d.same()
                    .text(DicomAttribute.RESCALE_INTERCEPT, "-1024")
                    .text(DicomAttribute.RESCALE_SLOPE, "1"));
    DicomBytes[] frames = new DicomBytes[2];
    for (int i = 0; i < 2; i++) {
      frames[i] =
          d.same()
              .delimited(
                  Tag.PLANE_POSITION_SEQUENCE,
                  "SQ",
                  d.same().text(DicomAttribute.IMAGE_POSITION_PATIENT, "0\\0\\" + 2.5 * i));
    }
    DicomBytes data =
        DicomBytes.explicit()
            .grey(1, 1, 16, 16, false)
            .text(DicomAttribute.NUMBER_OF_FRAMES, "2")
            .text(DicomAttribute.RESCALE_INTERCEPT, "5")
            .sequence(Tag.SHARED_GROUPS_SEQUENCE, shared)
            .delimited(Tag.FRAME_GROUPS_SEQUENCE, "SQ", frames);
    data.bytes(Tag.PIXELS, "OW", data.shorts(1000, 2000));
    DicomFile file = DicomFile.read(data.file(TransferSyntax.EXPLICIT), "p");
    assertThat(file.numbers(DicomAttribute.PIXEL_SPACING, 1)).containsExactly(0.5, 0.5);
    assertThat(file.numbers(DicomAttribute.IMAGE_POSITION_PATIENT)).containsExactly(0, 0, 0);
    assertThat(file.numbers(DicomAttribute.IMAGE_POSITION_PATIENT, 1)).containsExactly(0, 0, 2.5);
    assertThat(file.modality(0)).containsExactly(-24);
    assertThat(file.modality(1)).containsExactly(976);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Secret^Name", "1.5x", "NaN", "0x10", "1d", "--1", "", " "})
  void numbersAreNumbersOrNothing(String text) {
    DicomBytes data = slice(TransferSyntax.EXPLICIT).text(DicomAttribute.SLICE_LOCATION, text);
    DicomBytes first = DicomBytes.explicit().text(DicomAttribute.SLICE_LOCATION, text);
    DicomFile file = DicomFile.read(first.raw(data.dataSet()).file(TransferSyntax.EXPLICIT), "p");
    if (text.isBlank()) {
      assertThat(file.numbers(DicomAttribute.SLICE_LOCATION)).isEmpty();
    } else {
      assertThatThrownBy(() -> file.numbers(DicomAttribute.SLICE_LOCATION))
          .isInstanceOf(UnreadablePictureException.class)
          .hasMessage(
              "p: expected SLICE_LOCATION (0020,1041) as DS (PS3.5, 6.2), found something else");
    }
  }

  @Test
  void codesAndUidsAreNothingElse() {
    DicomBytes first =
        DicomBytes.explicit()
            .text(DicomAttribute.MODALITY, "Secret^Name")
            .text(DicomAttribute.SERIES_INSTANCE_UID, "Secret^Name");
    DicomFile file =
        DicomFile.read(
            first.raw(slice(TransferSyntax.EXPLICIT).dataSet()).file(TransferSyntax.EXPLICIT), "p");
    assertThat(file.text(DicomAttribute.MODALITY)).as("the later one").hasValue("CT");
    DicomFile broken =
        DicomFile.read(
            DicomBytes.explicit()
                .text(DicomAttribute.SERIES_INSTANCE_UID, "Secret^Name")
                .file(TransferSyntax.EXPLICIT),
            "p");
    assertThatThrownBy(() -> broken.text(DicomAttribute.SERIES_INSTANCE_UID))
        .isInstanceOf(UnreadablePictureException.class)
        .hasMessageNotContaining("Secret");
  }

  @Test
  void askingForTheWrongKindIsAnError() {
    DicomFile file =
        DicomFile.read(slice(TransferSyntax.EXPLICIT).file(TransferSyntax.EXPLICIT), "p");
    assertThatThrownBy(() -> file.numbers(DicomAttribute.MODALITY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> file.text(DicomAttribute.ROWS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> file.samples(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Names, dates, comments and identifiers of patients. */
  @Test
  void noAttributeOfThePatientCanBeAskedFor() {
    assertThat(DicomAttribute.values()).noneMatch(a -> a.tag() >>> 16 == 0x0010);
    assertThat(DicomAttribute.values())
        .extracting(a -> a.vr().name())
        .containsOnly("CS", "DS", "IS", "UI", "US");
  }
}
