package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.Finding;
import org.medvilam.records.Media;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.store.LocalStore;

final class DeepLesionTest extends DatasetContract {
  private static final DeepLesion DEEPLESION = new DeepLesion();
  private static final String HEADER = String.join(",", DeepLesionRow.COLUMNS) + "\n";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return DEEPLESION;
  }

  @Override
  protected String expectedInMessage() {
    return "DL_info.csv";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("DeepLesion");
  }

  private static String row(String name, String box, int type, int noisy, int part) {
    return "%s,12,37,\"%s\",%d,%d,\"0.8, 0.8, 5\",\"512, 512\",\"-175, 275\",%d\n"
        .formatted(name, box, type, noisy, part);
  }

  private DatasetSource table(String name, String text) throws IOException {
    new PhantomFiles(folder.resolve(name)).text("DL_info.csv", text);
    return labelsOnly(folder.resolve(name));
  }

  private DatasetSource labelsOnly(Path root) {
    Settings settings = Settings.standard().withLabelsOnly();
    return Listed.source(LocalStore.of(root), settings, folder.resolve("scratch"));
  }

  @Test
  void rowsOfOneFileAreOneItem() throws IOException {
    String rows =
        row("000001_01_01_109.png", "2, 3, 11.5, 13", 4, 0, 2)
            + row("000001_01_01_110.png", "2, 3, 11.5, 13", -1, 0, 2)
            + row("000001_01_01_109.png", "21, 3, 31, 13", 7, 0, 2)
            + row("000001_01_01_109.png", "41, 3, 51, 13", 7, 1, 2)
            + row("000001_01_01_109.png", "41, 3, 51", 7, 0, 2);
    DatasetSource source = table("several", "\uFEFF" + HEADER + rows);
    Item item = list(source).item("000001_01_01_109");
    assertThat(item.annotations()).isEqualTo(4);
    assertThat(item.split()).isEqualTo(Split.VALIDATION);
    assertThat(item.group()).isEqualTo("patient:12");
    Conversion conversion = DEEPLESION.convert(source, item);
    Sample sample = conversion.samples().get(0);
    assertThat(sample.labels()).isEmpty();
    assertThat(sample.findings())
        .extracting(Finding::nativeLabel)
        .containsExactly("liver", "soft tissue");
    assertThat(sample.findings().get(0).regions()).containsExactly(new Box(1, 2, 10.5, 12));
    assertThat(sample.findings().get(0).source()).hasToString("DL_info.csv#row 2");
    assertThat(conversion.rejections())
        .extracting(r -> r.source() + " " + r.reason())
        .containsExactly("DL_info.csv#row 5 possibly-noisy", "DL_info.csv#row 6 wrong-length");
    Media media = sample.media();
    assertThat(media.uri()).isEqualTo("Images_png/000001_01_01/109.png");
    assertThat(media.window()).containsExactly(32593.0, 33043.0);
    assertThat(media.spacingMm()).containsExactly(0.8, 0.8, 5.0);
    assertThat(media.slice()).isEqualTo(37);
    assertThat(media.axis()).isEqualTo("axial");
  }

  @Test
  void rowsThatCannotBePlacedAreRejectedByName() throws IOException {
    String rows =
        row("../000001_01_01_109.png", "2, 3, 11, 13", 4, 0, 1)
            + row("000001_01_01_001.png", "2, 3, 11, 13", 4, 0, 1)
            + row("000001_01_01_001.png", "2, 3, 11, 13", 4, 0, 3)
            + row("000001_01_01_002.png", "2, 3, x, 13", 4, 0, 1)
            + row("000001_01_01_003.png", "2, 3, 11, 13", 9, 0, 1)
            + row("000001_01_01_004.png", "2, 3, 11, 13", 1, 0, 4)
            + "000001_01_01_005.png,12,37\n";
    assertThat(list(table("odd", HEADER + rows)).rejections())
        .extracting(r -> r.scope() + " " + r.source().substring(12) + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ANNOTATION row 2 bad-file-name",
            "ITEM row 3; row 4 conflicting-rows",
            "ANNOTATION row 3 conflicting-rows",
            "ANNOTATION row 4 conflicting-rows",
            "ITEM row 5 bad-number",
            "ANNOTATION row 5 bad-number",
            "ITEM row 6 unknown-type",
            "ANNOTATION row 6 unknown-type",
            "ITEM row 7 unknown-split",
            "ANNOTATION row 7 unknown-split",
            "ITEM row 8 wrong-columns",
            "ANNOTATION row 8 wrong-columns");
  }

  @Test
  void itemOfNoisyRowsIsRejected() throws IOException {
    DatasetSource source =
        table("noisy", HEADER + row("000001_01_01_109.png", "2, 3, 11, 13", 4, 1, 1));
    Item item = list(source).item("000001_01_01_109");
    ItemException e =
        catchThrowableOfType(ItemException.class, () -> DEEPLESION.convert(source, item));
    assertThat(e.reason()).isEqualTo("possibly-noisy");
  }

  @Test
  void missingColumnIsNamedWithTheHeader() throws IOException {
    DatasetSource source = table("column", HEADER.replace("DICOM_windows,", ""));
    assertThatThrownBy(() -> list(source))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("expected the column DICOM_windows, found the header File_name,");
  }

  @Test
  void tableCutInsideACellStopsTheListing() throws IOException {
    String row = row("000001_01_01_109.png", "2, 3, 11, 13", 4, 0, 1);
    DatasetSource source = table("cut", HEADER + row.substring(0, row.indexOf("11")));
    assertThatThrownBy(() -> list(source))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("expected a whole table");
  }

  @Test
  void rowsWithoutTheirPictureAreRejectedByName() throws IOException {
    String row = row("000001_01_01_109.png", "2, 3, 11, 13", 4, 0, 1);
    DatasetSource source = table("alone", HEADER + row);
    assertThat(DEEPLESION.check(source.root(), Settings.standard()).problem()).isNull();
    DatasetSource pictures =
        new DatasetSource(source.root(), Settings.standard(), source.scratch());
    Item item = list(pictures).items().get(0);
    ItemException e =
        catchThrowableOfType(ItemException.class, () -> DEEPLESION.convert(pictures, item));
    assertThat(e.reason()).isEqualTo("missing-file");
    assertThat(e).hasMessageContaining("Images_png/000001_01_01/109.png");
  }

  @Test
  void realTableConverts() throws IOException {
    Path root = Samples.of("deeplesion");
    DatasetSource source = labelsOnly(root);
    Listed listed = list(source);
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items()).hasSize(152);
    Map<String, Sample> samples = new HashMap<>();
    int findings = 0;
    for (Item item : listed.items()) {
      Conversion conversion = DEEPLESION.convert(source, item);
      assertThat(conversion.rejections()).isEmpty();
      samples.put(item.mediaId(), conversion.samples().get(0));
      findings += conversion.samples().get(0).findings().size();
    }
    assertThat(findings).isEqualTo(158);
    JsonNode expected =
        RecordJson.mapper()
            .readTree(Files.readAllBytes(root.resolve("DL_info.expected.json")))
            .get("rows");
    assertThat(expected).isNotEmpty();
    for (JsonNode row : expected) {
      String file = row.get("File_name").asText();
      Sample sample = samples.get(file.substring(0, file.length() - 4));
      assertThat(sample.media().uri()).isEqualTo(row.get("image_path").asText());
      assertThat(sample.split().key()).isEqualTo(row.get("split").asText());
      assertThat(sample.findings())
          .anySatisfy(f -> assertBox((Box) f.regions().get(0), row.get("box0")));
    }
  }

  private static void assertBox(Box box, JsonNode expected) {
    double[] found = {box.x1(), box.y1(), box.x2(), box.y2()};
    for (int i = 0; i < 4; i++) {
      assertThat(found[i]).isCloseTo(expected.get(i).asDouble(), Offset.offset(1e-9));
    }
  }
}
