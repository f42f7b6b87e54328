package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.Pictures;
import org.medvilam.imaging.UnreadablePictureException;

/** Compares real files with what pydicom, GDCM and DCMTK make of them. */
final class DicomSamplesTest {
  private Path folder;
  private JsonNode expected;

  @BeforeEach
  void findFiles() throws IOException {
    folder = RealFiles.folder("dicom");
    expected = RealFiles.expected(folder);
  }

  private byte[] bytes(String tag) throws IOException {
    return Files.readAllBytes(folder.resolve(expected.get(tag).get("file").asText()));
  }

  private DicomFile file(String tag) throws IOException {
    return DicomFile.read(bytes(tag), tag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "double_pixels",
        "explicit_be",
        "explicit_le",
        "implicit_le",
        "j2k_lossless",
        "j2k_pixelrep_mismatch",
        "j2k_rgb_rct",
        "jpeg_baseline_422",
        "jpeg_baseline_app14_rgb",
        "jpeg_lossless70_signed",
        "jpegls_7bit",
        "jpegls_fragmented_nobot",
        "jpegls_near16",
        "jpegls_rgb_ilv_sample",
        "multiframe",
        "multiframe_j2k",
        "one_bit_nonaligned",
        "overlay",
        "palette8",
        "rgb_pixel",
        "rgb_planar",
        "rle_16",
        "rle_32",
        "rtdose_32bit_multiframe",
        "signed16",
        "voi_lut",
        "ybr_full_422_native"
      })
  void samplesAreExact(String tag) throws IOException {
    DicomFile file = file(tag);
    JsonNode pixels = expected.get(tag).get("pixels");
    assertThat(sha256(stored(file, pixels.get("dtype").asText())))
        .isEqualTo(pixels.get("sha256_le").asText());
    JsonNode modality = expected.get(tag).get("modality");
    if (modality != null && !tag.equals("jpegls_fragmented_nobot")) {
      assertThat(sha256(modality(file))).isEqualTo(modality.get("sha256_le").asText());
    }
  }

  /** Other decoders round differently; none of the sums is off by one in a thousand samples. */
  @ParameterizedTest
  @ValueSource(strings = {"j2k_lossy", "jpeg_extended12", "mono1"})
  void lossySamplesAreCloseByOne(String tag) throws IOException {
    JsonNode pixels = expected.get(tag).get("pixels");
    double[] samples = all(file(tag));
    assertThat(DoubleStream.of(samples).min().orElseThrow())
        .isCloseTo(pixels.get("min").asDouble(), Offset.offset(1.0));
    assertThat(DoubleStream.of(samples).max().orElseThrow())
        .isCloseTo(pixels.get("max").asDouble(), Offset.offset(1.0));
    assertThat(DoubleStream.of(samples).sum())
        .isCloseTo(pixels.get("sum").asDouble(), Offset.offset(samples.length / 1000.0));
  }

  /** The other readers leave the 15th bit as it is, though it is a sign. */
  @Test
  void signIsExtendedFromTheHighBit() throws IOException {
    JsonNode pixels = expected.get("jpegls_15bit_signed").get("pixels");
    double[] samples = all(file("jpegls_15bit_signed"));
    assertThat(DoubleStream.of(samples).min()).hasValue(-16384);
    ByteBuffer unsigned = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : samples) {
      unsigned.putShort((short) ((int) sample & 0x7fff));
    }
    assertThat(sha256(unsigned.array())).isEqualTo(pixels.get("sha256_le").asText());
  }

  /** Neighbouring file of one pixel less in each direction; DCMTK and GDCM do not read this one. */
  @Test
  void deflatedFramesAreBits() throws IOException {
    DicomFile file = file("deflated_frames_1bit");
    assertThat(file.frames()).isEqualTo(3);
    for (int frame = 0; frame < 3; frame++) {
      double[] values = file.modality(frame);
      double[] others = file("one_bit_nonaligned").modality(frame);
      int differences = 0;
      for (int i = 0; i < others.length; i++) {
        differences += others[i] == values[i / 510 * 512 + i % 510] ? 0 : 1;
      }
      assertThat(differences).isLessThan(others.length / 100);
      assertThat(DoubleStream.of(values).sum()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explicit_be",
        "implicit_le",
        "jpeg_lossless70_signed",
        "multiframe",
        "one_bit_nonaligned",
        "explicit_le",
        "rle_16",
        "rtdose_32bit_multiframe",
        "signed16",
        "voi_lut"
      })
  void windowOfTheValuesIsThatOfDcmtk(String tag) throws IOException {
    DicomFile file = file(tag);
    double[] values = file.modality(0);
    Window window =
        Window.range(
            DoubleStream.of(values).min().orElseThrow(),
            DoubleStream.of(values).max().orElseThrow());
    assertThat(sha256(grey(file.display(0, window)))).isEqualTo(dcmtk(tag, "minmax"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"explicit_be", "implicit_le", "rle_16", "signed16"})
  void firstWindowIsThatOfDcmtk(String tag) throws IOException {
    assertThat(sha256(grey(file(tag).display(0)))).isEqualTo(dcmtk(tag, "first_window"));
  }

  @Test
  void givenWindowIsThatOfDcmtk() throws IOException {
    Window soft = new Window(40, 400, Window.Shape.LINEAR);
    assertThat(sha256(grey(file("explicit_le").display(0, soft))))
        .isEqualTo(dcmtk("explicit_le", "ct_40_400"));
  }

  /** Numbers of DCMTK 3.6.7 told to leave overlays out and to use the VOI LUT. */
  @ParameterizedTest
  @CsvSource({
    "overlay, 202a17dfb8b189834bb065ece841515e75d5bd9605ceba63f33b0eda3defea36",
    "voi_lut, 74853be063ef5655c12d6c25be10f47107b8dc515978e73bff0bb35c33f01af8"
  })
  void displayIsThatOfDcmtk(String tag, String sha256) throws IOException {
    assertThat(sha256(grey(file(tag).display(0)))).isEqualTo(sha256);
  }

  private String dcmtk(String tag, String rendering) {
    return expected.get(tag).get("dcmtk_display").get(rendering).get("sha256").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "bad_meta_missing_tsyntax, unreadable-picture",
    "bad_no_meta, unknown-format",
    "bad_truncated_pixels, truncated-picture",
    "bad_vr, unreadable-picture",
    "dcm4che_bulk_truncated, unreadable-picture",
    "dcm4che_no_preamble, unreadable-picture",
    "htj2k, unsupported-picture",
    "nested_private_seq, unreadable-picture",
    "no_pixels_rtplan, unreadable-picture",
    "un_sequence, unreadable-picture"
  })
  void malformedFilesHaveAReason(String tag, String reason) throws IOException {
    byte[] data = bytes(tag);
    UnreadablePictureException e =
        catchThrowableOfType(UnreadablePictureException.class, () -> Pictures.probe(data, "p"));
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(
            catchThrowableOfType(UnreadablePictureException.class, () -> Pictures.grey(data, "p"))
                .reason())
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "dcm4che_no_preamble, 1.2.840.10008.5.1.4.1.1.1.2, MG",
    "no_pixels_rtplan, 1.2.840.10008.5.1.4.1.1.481.5, RTPLAN"
  })
  void headersWithoutPixelsAreRead(String tag, String sopClass, String modality)
      throws IOException {
    DicomFile file = file(tag);
    assertThat(file.hasPixels()).isFalse();
    assertThat(file.text(DicomAttribute.MODALITY)).hasValue(modality);
    assertThat(file.text(DicomAttribute.SOP_CLASS_UID).orElse(sopClass)).isEqualTo(sopClass);
  }

  @Test
  void unsupportedSyntaxIsNamed() throws IOException {
    byte[] data = bytes("htj2k");
    assertThat(
            catchThrowableOfType(
                UnreadablePictureException.class, () -> Pictures.probe(data, "a.dcm")))
        .hasMessageContaining("a.dcm")
        .hasMessageContaining("High-Throughput JPEG 2000")
        .hasMessageContaining("1.2.840.10008.1.2.4.201");
  }

  @Test
  void everyOtherFileIsProbedAndShown() throws IOException {
    int shown = 0;
    for (JsonNode entry : expected) {
      if (entry.has("pixels")) {
        byte[] data = Files.readAllBytes(folder.resolve(entry.get("file").asText()));
        PictureInfo info = Pictures.probe(data, "p");
        int columns = entry.get("Columns").asInt();
        int rows = entry.get("Rows").asInt();
        assertThat(info).isEqualTo(new PictureInfo("dicom", columns, rows));
        assertThat(Pictures.grey(data, "p").values()).hasSize(columns * rows);
        shown++;
      }
    }
    assertThat(shown).isEqualTo(31);
  }

  private static double[] all(DicomFile file) {
    return IntStream.range(0, file.frames())
        .mapToObj(file::samples)
        .flatMapToDouble(r -> Arrays.stream(samples(r)))
        .toArray();
  }

  private static double[] samples(Raster raster) {
    return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (double[]) null);
  }

  private static byte[] stored(DicomFile file, String dtype) {
    double[] samples = all(file);
    int width = dtype.charAt(2) - '0';
    ByteBuffer bytes = ByteBuffer.allocate(width * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : samples) {
      if (dtype.charAt(1) == 'f') {
        bytes.putDouble(sample);
      } else {
        long value = (long) sample;
        for (int i = 0; i < width; i++) {
          bytes.put((byte) (value >> 8 * i));
        }
      }
    }
    return bytes.array();
  }

  private static byte[] modality(DicomFile file) {
    int size = file.rows() * file.columns() * file.frames();
    ByteBuffer bytes = ByteBuffer.allocate(8 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int frame = 0; frame < file.frames(); frame++) {
      for (double value : file.modality(frame)) {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  private static byte[] grey(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
