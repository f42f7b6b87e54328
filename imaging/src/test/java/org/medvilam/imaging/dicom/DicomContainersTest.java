package org.medvilam.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Compares the headers of real series with what pydicom makes of them. */
final class DicomContainersTest {
  private static final List<DicomAttribute> NUMBERS =
      List.of(
          DicomAttribute.ROWS,
          DicomAttribute.COLUMNS,
          DicomAttribute.BITS_STORED,
          DicomAttribute.HIGH_BIT,
          DicomAttribute.PIXEL_REPRESENTATION,
          DicomAttribute.RESCALE_SLOPE,
          DicomAttribute.RESCALE_INTERCEPT,
          DicomAttribute.INSTANCE_NUMBER,
          DicomAttribute.SLICE_THICKNESS,
          DicomAttribute.SPACING_BETWEEN_SLICES,
          DicomAttribute.SLICE_LOCATION,
          DicomAttribute.IMAGE_POSITION_PATIENT,
          DicomAttribute.IMAGE_ORIENTATION_PATIENT,
          DicomAttribute.PIXEL_SPACING);

  @Test
  void headersAndSamplesAreThoseOfPydicom() throws IOException {
    Path root = RealFiles.folder("containers").resolve("dicom");
    List<Path> lists;
    try (Stream<Path> walk = Files.walk(root)) {
      lists = walk.filter(p -> p.endsWith("expected.json")).sorted().toList();
    }
    int files = 0;
    for (Path list : lists) {
      for (JsonNode entry : RealFiles.expected(list.getParent()).get("files")) {
        Path path = list.resolveSibling(entry.get("file").asText());
        if (!path.toString().endsWith(".gz")) {
          compare(path, entry);
          files++;
        }
      }
    }
    assertThat(files).isGreaterThan(60);
  }

  private static void compare(Path path, JsonNode entry) throws IOException {
    DicomFile file = DicomFile.read(Files.readAllBytes(path), path.getFileName().toString());
    assertThat(file.transferSyntax()).isEqualTo(entry.get("transfer_syntax").asText());
    for (DicomAttribute attribute : NUMBERS) {
      assertThat(file.numbers(attribute))
          .as("%s of %s", attribute, path)
          .containsExactly(numbers(entry.get(camel(attribute))));
    }
    assertThat(file.text(DicomAttribute.MODALITY).orElse(""))
        .isEqualTo(entry.get("Modality").asText());
    JsonNode pixel = entry.get("pixel");
    assertThat(file.hasPixels()).isEqualTo(pixel.has("min"));
    if (file.hasPixels()) {
      int[] samples = TestPicture.of(file.samples(0));
      DoubleStream values = Arrays.stream(samples).asDoubleStream();
      assertThat(values.average().orElseThrow())
          .isCloseTo(pixel.get("mean").asDouble(), Offset.offset(1e-5));
      assertThat(samples[0]).isEqualTo(pixel.get("v_r0c0").asInt());
      int middle = file.rows() / 2 * file.columns() + file.columns() / 2;
      assertThat(samples[middle]).isEqualTo(pixel.get("v_mid").asInt());
    }
  }

  private static double[] numbers(JsonNode value) {
    if (value.isNull()) {
      return new double[0];
    }
    if (value.isArray()) {
      double[] values = new double[value.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value.get(i).asDouble();
      }
      return values;
    }
    return new double[] {value.asDouble()};
  }

  private static String camel(DicomAttribute attribute) {
    return Pattern.compile("_?([A-Z])([A-Z]*)")
        .matcher(attribute.name())
        .replaceAll(m -> m.group(1) + m.group(2).toLowerCase(Locale.ROOT));
  }
}
