package org.medvilam.records.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.TestRecords;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.store.LocalStore;

final class CroissantTest {
  private static final Publication STATED =
      new Publication("https://example.org/x", List.of("A group"), "2026-11-01");
  private static final Publication UNSTATED = new Publication(null, List.of(), null);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void documentKeepsTheRules(RecordFormat format) {
    assertThat(CroissantRules.brokenBy(document(manifest(format), STATED))).isEmpty();
  }

  @Test
  void whatOnlyThePublisherKnowsIsMissedByName() {
    assertThat(UNSTATED.missing()).containsExactly("url", "creator", "datePublished");
    assertThat(CroissantRules.brokenBy(document(manifest(RecordFormat.JSONL), UNSTATED)))
        .containsExactly("missing url", "missing creator", "missing datePublished");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/name | null | missing name",
        "/@type | \"Dataset\" | @type",
        "/conformsTo | \"1.0\" | conformsTo",
        "/datePublished | \"yesterday\" | date",
        "/version | \"2\" | version",
        "/@context/cr | \"https://example.org\" | @context cr",
        "/license/0 | \"free\" | license",
        "/creator/0/@type | \"sc:Thing\" | creator",
        "/rai:dataBiasses | \"none\" | rai:dataBiasses",
        "/distribution/0/name | null | id and name of images/train-00000-of-00001.sha256",
        "/distribution/0/encodingFormat | \"json\" | encodingFormat of images/train-00000-of-00001.sha256",
        "/distribution/0/contentUrl | null | contentUrl of images/train-00000-of-00001.sha256",
        "/distribution/0/contentSize | \"12\" | contentSize of images/train-00000-of-00001.sha256",
        "/distribution/0/sha256 | \"x\" | sha256 of images/train-00000-of-00001.sha256",
        "/distribution/0/@id | \"record-files\" | id twice: record-files",
        "/recordSet/0/key | null | key of splits",
        "/recordSet/0/data | [] | no data of splits",
        "/recordSet/0/data | [{\"name\": \"train\"}] | data of splits",
        "/recordSet/0/field/1/dataType | \"cr:Split\" | no type to store splits/url",
        "/recordSet/1/field | [] | fields of records",
        "/recordSet/1/field/0/@type | \"Field\" | @type of records/id",
        "/recordSet/1/field/0/name | \"key\" | id of records/id",
        "/recordSet/1/field/0/dataType | \"sc:String\" | type of records/id",
        "/recordSet/1/field/0/source/fileSet | null | source of records/id",
        "/recordSet/1/field/0/source/extract | {} | extract of records/id",
        "/recordSet/1/field/0/source/transform | {\"upper\": 1} | transform of records/id",
        "/recordSet/1/field/0/references | {\"@id\": \"splits/name\"} | references of records/id",
        "/recordSet/1/field/1/source/fileSet/@id | \"nowhere\" | dangling reference nowhere",
      })
  void everyRuleSeesWhatBreaksIt(String path, String value, String problem) throws IOException {
    ObjectNode document = document(manifest(RecordFormat.JSONL), STATED);
    assertThat(CroissantRules.brokenBy(document)).isEmpty();
    int slash = path.lastIndexOf('/');
    String key = path.substring(slash + 1);
    JsonNode parent = document.at(path.substring(0, slash));
    JsonNode broken = new ObjectMapper().readTree(value);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(key), broken);
    } else if (broken.isNull()) {
      ((ObjectNode) parent).remove(key);
    } else {
      ((ObjectNode) parent).set(key, broken);
    }
    assertThat(CroissantRules.brokenBy(document)).contains(problem);
  }

  @Test
  void runIsDescribed() throws IOException {
    List<InstructionRecord> records =
        new ArrayList<>(TestRecords.picture("a", "x", new Box(1, 2, 3, 4)));
    TestRun run = TestRun.of(folder, records);
    Path output = folder.resolve("card");
    ExportManifest written =
        new CroissantExport(run.folder(), TestRun.facts(), STATED).write(LocalStore.of(output));
    JsonNode document = new ObjectMapper().readTree(output.resolve("croissant.json").toFile());
    Manifest.FileEntry shard = run.folder().manifest().files().get(0);
    assertThat(document.at("/distribution/0/contentSize").textValue())
        .isEqualTo(shard.bytes() + " B");
    assertThat(document.at("/distribution/0/sha256").textValue()).isEqualTo(shard.sha256());
    assertThat(document.at("/license/0").textValue())
        .isEqualTo("https://creativecommons.org/licenses/by-nc/4.0/");
    assertThat(document.at("/citeAs").textValue()).isEqualTo("A citation");
    assertThat(document.at("/version").textValue()).isEqualTo("2.0.0");
    assertThat(document.at("/recordSet/0/data").toString())
        .isEqualTo("[{\"splits/name\":\"train\",\"splits/url\":\"cr:TrainingSplit\"}]");
    assertThat(TestRun.files(output).keySet())
        .containsExactly("README.md", "_SUCCESS", "croissant.json", "export.json");
    assertThat(written.exported()).isEqualTo(2);
  }

  @Test
  void fieldsAreThoseOfTheRecordsWithTheirTypes() {
    ObjectNode document = document(manifest(RecordFormat.JSONL), STATED);
    assertThat(field(document, "media/spacing_mm").toString())
        .isEqualTo(
            """
            {"@type":"cr:Field","@id":"records/media/spacing_mm","name":"spacing_mm",\
            "description":"Size of a pixel or voxel in millimetres, in the order x, y, z.",\
            "dataType":"sc:Float","repeated":true,\
            "source":{"fileSet":{"@id":"record-files"},"extract":{"column":"media"},\
            "transform":{"jsonPath":"spacing_mm"}}}""");
    assertThat(field(document, "boxes").path("dataType").textValue()).isEqualTo("cr:BoundingBox");
    assertThat(field(document, "label").path("dataType").toString())
        .isEqualTo("[\"sc:Text\",\"cr:Label\"]");
    assertThat(field(document, "split").path("references").toString())
        .isEqualTo("{\"field\":{\"@id\":\"splits/name\"}}");
    assertThat(
            field(document(manifest(RecordFormat.TFRECORD), STATED), "media/width")
                .at("/source/extract/column")
                .textValue())
        .isEqualTo("media/width");
    assertThat(
            field(document(manifest(RecordFormat.WEBDATASET), STATED), "media/width")
                .at("/source/extract/jsonPath")
                .textValue())
        .isEqualTo("records[*].media.width");
  }

  @Test
  void recordsOfNoSplitDeclareNone() {
    Counts counts = new Counts();
    Media media = Media.image("a", "a.png", 200, 100);
    TestRecords.of(media, null, List.of(), List.of(TestRecords.finding("x", new Box(1, 1, 2, 2))))
        .forEach(counts::written);
    ObjectNode document = document(manifest(RecordFormat.JSONL, counts), STATED);
    assertThat(document.path("recordSet")).hasSize(1);
    assertThat(CroissantRules.brokenBy(document)).isEmpty();
  }

  @Test
  void cardHasFrontMatterForTheHub() throws IOException {
    TestRun run = TestRun.of(folder, TestRecords.picture("a", "x", new Box(1, 2, 3, 4)));
    Path output = folder.resolve("card");
    new CroissantExport(run.folder(), TestRun.facts(), UNSTATED).write(LocalStore.of(output));
    String card = Files.readString(output.resolve("README.md"));
    String[] parts = card.split("---\n", 3);
    JsonNode front = new YAMLMapper().readTree(parts[1]);
    assertThat(front.path("license").textValue()).isEqualTo("cc-by-nc-4.0");
    assertThat(front.path("task_categories").toString())
        .isEqualTo("[\"image-classification\",\"object-detection\"]");
    assertThat(front.at("/configs/0/data_files/0").toString())
        .isEqualTo("{\"split\":\"train\",\"path\":\"records/train-*.jsonl\"}");
    assertThat(front.at("/dataset_info/splits/0/num_examples").intValue()).isEqualTo(2);
    assertThat(front.at("/dataset_info/splits/0/num_bytes").longValue())
        .isEqualTo(run.folder().manifest().files().get(0).bytes());
    assertThat(parts[2])
        .contains("# A title", "| train | 2 |", "Not for clinical decisions", "A citation")
        .contains("State url, creator, datePublished");
  }

  @ParameterizedTest
  @CsvSource({"0,n<1K", "999,n<1K", "1000,1K<n<10K", "99999,10K<n<100K", "1000000,1M<n<10M"})
  void sizesAreTheHubs(long n, String size) {
    assertThat(DatasetCard.size(n)).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "CC BY-NC-SA 2.0,cc-by-nc-sa-2.0,https://creativecommons.org/licenses/by-nc-sa/2.0/",
    "CC0 1.0,cc0-1.0,https://creativecommons.org/publicdomain/zero/1.0/"
  })
  void licencesOfCreativeCommonsHaveAPage(String words, String id, String url) {
    DatasetFacts facts = new DatasetFacts("a", "b", "c", words, "d", "e", "f");
    assertThat(facts.licenceId()).hasValue(id);
    assertThat(facts.licenceUrl()).hasValue(url);
  }

  @Test
  void licencesWithConditionsHaveNone() {
    DatasetFacts facts =
        new DatasetFacts("a", "b", "c", "CC0 1.0 as its mirrors state", "d", "e", "f");
    assertThat(facts.licenceId()).isEmpty();
    assertThat(facts.licenceUrl()).isEmpty();
  }

  @Test
  void publicationIsCheckedForItsForm() {
    assertThatThrownBy(() -> new Publication("example.org", List.of(), null))
        .hasMessage("expected the URL of a page, but was: example.org");
    assertThatThrownBy(() -> new Publication(null, List.of(), "1.11.2026"))
        .hasMessage("expected a date YYYY-MM-DD, but was: 1.11.2026");
  }

  private static ObjectNode document(Manifest manifest, Publication publication) {
    return new Croissant(manifest, TestRun.facts(), publication).document();
  }

  private static JsonNode field(JsonNode document, String path) {
    return fields(document.at("/recordSet/1/field")).stream()
        .filter(f -> f.path("@id").textValue().equals("records/" + path))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> fields(JsonNode list) {
    List<JsonNode> fields = new ArrayList<>();
    StreamSupport.stream(list.spliterator(), false)
        .forEach(
            f -> {
              fields.add(f);
              fields.addAll(fields(f.path("subField")));
            });
    return fields;
  }

  private static Manifest manifest(RecordFormat format) {
    Counts counts = new Counts();
    TestRecords.picture("a", "x", new Box(1, 2, 3, 4)).forEach(counts::written);
    return manifest(format, counts);
  }

  private static Manifest manifest(RecordFormat format, Counts counts) {
    String sha256 = "0123456789abcdef".repeat(4);
    String path = RunFolder.recordPath("train-00000-of-00001", format);
    return new Manifest(
        "medvilam",
        "convert",
        new TreeMap<>(),
        List.of("phantom/2"),
        new TreeMap<>(Map.of("phantom", "/data")),
        "f00d",
        counts,
        List.of(
            new Manifest.FileEntry("images/train-00000-of-00001.sha256", 1, 1, sha256),
            new Manifest.FileEntry(path, 1, 1, sha256),
            new Manifest.FileEntry(RunFolder.REJECTED, 0, 0, sha256)));
  }
}
