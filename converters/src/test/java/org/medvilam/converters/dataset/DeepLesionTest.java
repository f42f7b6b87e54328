package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
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
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;
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
    return row(name, "1, 9, 13, 9, 7, 4, 7, 14", box, type, noisy, "100, 110", part);
  }

  private static String row(
      String name, String cross, String box, int type, int noisy, String range, int part) {
    return "%s,12,37,\"%s\",\"%s\",%d,%d,\"%s\",\"0.8, 0.8, 5\",\"512, 512\",\"-175, 275\",%d\n"
        .formatted(name, cross, box, type, noisy, range, part);
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
    assertThat(sample.labels())
        .containsExactly(
            new ImageLabel("liver lesion", "liver"),
            new ImageLabel("soft tissue lesion", "soft tissue"));
    assertThat(sample.findings())
        .extracting(Finding::nativeLabel)
        .containsExactly("liver", "soft tissue");
    assertThat(sample.findings().get(0).regions()).hasSize(2).contains(new Box(1, 2, 10.5, 12));
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

  private Conversion only(String name, String... rows) throws IOException {
    DatasetSource source = table(name, HEADER + String.join("", rows));
    return DEEPLESION.convert(source, list(source).items().get(0));
  }

  @Test
  void outlineRunsThroughTheEndsOfTheDiameters() throws IOException {
    Conversion conversion =
        only(
            "cross",
            row("000001_01_01_109.png", "2, 3, 11, 13", -1, 0, 1)
                .replace("1, 9, 13, 9, 7, 4, 7, 14", "101, 201, 161, 201, 121, 181, 121, 231"));
    assertThat(conversion.rejections()).isEmpty();
    Sample sample = conversion.samples().get(0);
    assertThat(sample.labels()).isEmpty();
    Ring ring = ((Polygon) sample.findings().get(0).regions().get(1)).rings().get(0);
    assertThat(ring.bounds()).isEqualTo(new Box(100, 180, 160, 230));
    double quarters = Math.PI / 4 * (20 + 40) * (20 + 30);
    assertThat(Math.abs(ring.signedArea())).isCloseTo(quarters, Percentage.withPercentage(0.01));
  }

  @Test
  void lesionWhoseDiametersDoNotMeetKeepsItsBox() throws IOException {
    String cross = "1, 9, 13, 9, 7, 24, 7, 34";
    Conversion conversion =
        only("apart", row("000001_01_01_109.png", cross, "2, 3, 11, 13", -1, 0, "100, 110", 1));
    assertThat(conversion.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactly("PART DL_info.csv#row 2 degenerate-cross");
    assertThat(conversion.samples().get(0).findings().get(0).regions())
        .containsExactly(new Box(1, 2, 10, 12));
  }

  @Test
  void oneUnknownTypeLeavesTheSliceWithoutLabels() throws IOException {
    Conversion conversion =
        only(
            "mixed",
            row("000001_01_01_109.png", "2, 3, 11, 13", 8, 0, 2),
            row("000001_01_01_109.png", "22, 3, 31, 13", -1, 0, 2));
    assertThat(conversion.samples().get(0).labels()).isEmpty();
    assertThat(conversion.samples().get(0).findings())
        .extracting(f -> f.label() + " " + f.nativeLabel())
        .containsExactly("lesion pelvis", "lesion unknown");
  }

  @Test
  void contextStaysInTheRangeOfTheSlice() throws IOException {
    String folder = "Images_png/000001_01_01/";
    String[] ranges = {"108, 110", "109, 120", "90, 109", "109, 109"};
    for (String range : ranges) {
      String cross = "1, 9, 13, 9, 7, 4, 7, 14";
      String row = row("000001_01_01_109.png", cross, "2, 3, 11, 13", -1, 0, range, 1);
      List<String> context = only(range, row).samples().get(0).media().context();
      switch (range) {
        case "108, 110" ->
            assertThat(context)
                .containsExactly(folder + "108.png", folder + "109.png", folder + "110.png");
        case "109, 120" ->
            assertThat(context).containsExactly(folder + "109.png", folder + "110.png");
        case "90, 109" ->
            assertThat(context).containsExactly(folder + "108.png", folder + "109.png");
        default -> assertThat(context).isNull();
      }
    }
  }

  @Test
  void sliceBeyondAGapIsNoContext() throws IOException {
    Path root = folder.resolve("gap");
    String row = row("000001_01_01_109.png", "2, 3, 11, 13", -1, 0, 1);
    PhantomFiles files = new PhantomFiles(root);
    files.text("DL_info.csv", HEADER + row);
    BufferedImage picture = new BufferedImage(512, 512, BufferedImage.TYPE_USHORT_GRAY);
    for (int slice : new int[] {106, 107, 109, 110}) {
      files.png("Images_png/000001_01_01/%03d.png".formatted(slice), picture);
    }
    DatasetSource source = source(root);
    Item item = list(source).items().get(0);
    assertThat(DEEPLESION.convert(source, item).samples().get(0).media().context())
        .containsExactly("Images_png/000001_01_01/109.png", "Images_png/000001_01_01/110.png");
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
            + row("000001_01_01_006.png", "1, 9", "2, 3, 11, 13", 1, 0, "1, 9", 1)
            + row("000001_01_01_007.png", "1, 1, 9, 9, 1, 9, 9, 1", "2, 3, 4, 5", 1, 0, "1", 1)
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
            "ITEM row 8 wrong-length",
            "ANNOTATION row 8 wrong-length",
            "ITEM row 9 wrong-length",
            "ANNOTATION row 9 wrong-length",
            "ITEM row 10 wrong-columns",
            "ANNOTATION row 10 wrong-columns");
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
      assertThat(sample.media().window())
          .containsExactly(
              row.at("/window_lo_hi/0").asDouble() + 32768,
              row.at("/window_lo_hi/1").asDouble() + 32768);
      assertThat(sample.media().context()).hasSize(3).contains(sample.media().uri());
      assertThat(sample.labels().isEmpty()).isEqualTo(sample.split() == Split.TRAIN);
    }
    samples.values().forEach(DeepLesionTest::assertOutlines);
  }

  /** Outlines run through the ends of the diameters, 5 pixels inside the box. */
  private static void assertOutlines(Sample sample) {
    for (Finding finding : sample.findings()) {
      Box box = (Box) finding.regions().get(0);
      Box outline = ((Polygon) finding.regions().get(1)).rings().get(0).bounds();
      assertThat(outline.x1()).isLessThan(box.x1() + 5 + 1e-3);
      assertThat(outline.y1()).isLessThan(box.y1() + 5 + 1e-3);
      assertThat(outline.x2()).isGreaterThan(box.x2() - 5 - 1e-3);
      assertThat(outline.y2()).isGreaterThan(box.y2() - 5 - 1e-3);
    }
  }

  private static void assertBox(Box box, JsonNode expected) {
    double[] found = {box.x1(), box.y1(), box.x2(), box.y2()};
    for (int i = 0; i < 4; i++) {
      assertThat(found[i]).isCloseTo(expected.get(i).asDouble(), Offset.offset(1e-9));
    }
  }
}
