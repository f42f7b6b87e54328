package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.evaluation.check.Check;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.records.codec.RecordJson;

/** Every check is shown to find what it names, in a run that was whole before. */
final class ValidateCommandTest {
  private static final Map<Check, Damage> DAMAGES = damages();

  @TempDir private static Path folder;

  @TempDir private Path scratch;

  /** Makes one thing wrong. */
  private interface Damage {
    void on(DamagedRun run) throws IOException;
  }

  @BeforeAll
  static void convert() {
    convert("run", "jsonl");
  }

  private static void convert(String name, String format) {
    String data = folder.resolve("data").toString();
    Heard.of("sample-data", "--dataset", "busi", "--output", data, "--images", "40");
    String run = folder.resolve(name).toString();
    Heard heard =
        Heard.of(
            "convert", "--dataset", "busi", "--input", data, "--output", run, "--format", format);
    assertThat(heard.code()).as(heard.text()).isZero();
  }

  private static Map<Check, Damage> damages() {
    Map<Check, Damage> d = new EnumMap<>(Check.class);
    d.put(Check.SHARD_MISMATCH, ValidateCommandTest::swapBytes);
    d.put(Check.UNREADABLE_RECORD, run -> run.records().get(3).remove("label"));
    d.put(Check.DUPLICATE_ID, run -> run.records().add(run.records().get(0).deepCopy()));
    d.put(Check.GROUP_ACROSS_SPLITS, run -> run.records().get(0).put("split", "test"));
    d.put(Check.MISSING_MEDIA, run -> media(run.records().get(0)).put("uri", "benign/none.png"));
    d.put(Check.PICTURE_ACROSS_SPLITS, run -> run.records().get(0).put("split", "validation"));
    d.put(Check.DUPLICATE_PICTURE, ValidateCommandTest::copyPicture);
    d.put(Check.EMPTY_BOX, run -> box(run, "[300,300,300,400]"));
    d.put(Check.THIN_BOX, run -> box(run, "[300,300,304,400]"));
    d.put(Check.HUGE_BOX, run -> box(run, "[10,10,990,990]"));
    d.put(Check.OUTSIDE, run -> box(run, "[300,300,400,1001]"));
    d.put(Check.CROSSING_POLYGON, run -> outline(run, "[[0,0],[200,200],[200,0],[0,300]]"));
    d.put(Check.UNDER_COVERING_POLYGON, run -> outline(run, "[[1,1],[3,1],[3,3]]"));
    d.put(Check.COUNTER_CLOCKWISE_POLYGON, run -> outline(run, "[[1,1],[1,9],[9,9]]"));
    d.put(Check.UNPARSABLE_ANSWER, run -> run.first("segmentation").put("answer", "<BOS> 1,1"));
    d.put(Check.ANSWER_MISMATCH, run -> run.first("localization").put("answer", "[1, 2, 3, 4]"));
    d.put(
        Check.INSTRUCTION_MISMATCH,
        run -> run.first("localization").put("instruction", "Where is the liver in this image?"));
    d.put(Check.LABEL_SPELLING, run -> run.first("segmentation").put("label", "Benign_Tumor"));
    d.put(Check.CLASS_IMBALANCE, run -> repeat(run, 60));
    return d;
  }

  private static void swapBytes(DamagedRun run) throws IOException {
    Path shard = run.folder().resolve("records/test-00000-of-00001.jsonl");
    String text = Files.readString(shard);
    Files.writeString(shard, text.replaceFirst("\"ultrasound\"", "\"ultrasounb\""));
  }

  private static ObjectNode media(ObjectNode instruction) {
    return (ObjectNode) instruction.get("media");
  }

  private static ArrayNode json(String text) throws IOException {
    return (ArrayNode) RecordJson.mapper().readTree(text);
  }

  /** Gives the first box other corners, in field and answer. */
  private static void box(DamagedRun run, String corners) throws IOException {
    ObjectNode r = run.first("localization");
    r.putArray("boxes").add(json(corners));
    r.put("answer", corners.replace(",", ", "));
  }

  /** Gives the first outline other points, in field and answer. */
  private static void outline(DamagedRun run, String points) throws IOException {
    ObjectNode r = run.first("segmentation");
    r.putArray("polygons").add(json(points));
    String words = points.replace("[[", "").replace("]]", "").replace("],[", " ");
    r.put("answer", "<BOS> " + words + " <EOS>");
  }

  /** Lets a second record of the train part speak of a copy of the first one's picture. */
  private static void copyPicture(DamagedRun run) throws IOException {
    JsonNode manifest =
        RecordJson.mapper().readTree(run.folder().resolve("manifest.json").toFile());
    Path root = Path.of(manifest.at("/roots/busi").asText());
    String uri = media(run.records().get(0)).get("uri").asText();
    Files.copy(root.resolve(uri), root.resolve("copy.png"), StandardCopyOption.REPLACE_EXISTING);
    media(run.records().get(1)).put("uri", "copy.png");
  }

  private static void repeat(DamagedRun run, int times) {
    ObjectNode first = run.first("localization");
    for (int i = 0; i < times; i++) {
      run.records().add(first.deepCopy().put("id", first.get("id").asText() + "-" + i));
    }
    run.records().add(first.deepCopy().put("id", "rare").put("label", "rare cyst"));
  }

  private static Heard validate(Path run, String... more) {
    String[] words = Arrays.copyOf(new String[] {"validate", run.toString()}, 2 + more.length);
    System.arraycopy(more, 0, words, 2, more.length);
    return Heard.of(words);
  }

  private static JsonNode report(Heard heard) throws IOException {
    return RecordJson.mapper().readTree(heard.text().substring(heard.text().indexOf('{')));
  }

  private static Set<String> found(JsonNode report) {
    Set<String> found = new TreeSet<>();
    for (JsonNode check : report.get("checks")) {
      if (check.get("found").asLong() > 0) {
        found.add(check.get("check").asText());
      }
    }
    return found;
  }

  private static JsonNode result(JsonNode report, Check check) {
    for (JsonNode result : report.get("checks")) {
      if (result.get("check").asText().equals(check.key())) {
        return result;
      }
    }
    throw new AssertionError("expected the check " + check.key());
  }

  @ParameterizedTest
  @EnumSource(Check.class)
  void aDamagedRunIsFound(Check check) throws IOException {
    DamagedRun run = DamagedRun.copyOf(folder.resolve("run"), scratch.resolve("run"));
    DAMAGES.get(check).on(run);
    run.save();
    Heard heard = validate(run.folder(), "--json");
    JsonNode report = report(heard);
    assertThat(found(report)).contains(check.key());
    JsonNode result = result(report, check);
    assertThat(result.get("status").asText()).isEqualTo(check.fails() ? "fail" : "warn");
    assertThat(result.get("examples")).isNotEmpty();
    boolean failed = found(report).stream().map(Check::of).anyMatch(Check::fails);
    assertThat(heard.code()).isEqualTo(failed ? ExitCode.REJECTED : ExitCode.DONE);

    Heard text = validate(run.folder());
    assertThat(text.text()).contains(check.key(), result.at("/examples/0/where").asText());
    assertThat(text.code()).isEqualTo(heard.code());
    JsonNode without = report(validate(run.folder(), "--json", "--skip", check.key()));
    assertThat(found(without)).doesNotContain(check.key());
  }

  @ParameterizedTest
  @EnumSource(
      value = Check.class,
      names = {"THIN_BOX", "HUGE_BOX", "DUPLICATE_PICTURE"})
  void aWarningPasses(Check check) throws IOException {
    DamagedRun run = DamagedRun.copyOf(folder.resolve("run"), scratch.resolve("run"));
    DAMAGES.get(check).on(run);
    run.save();
    Heard heard = validate(run.folder(), "--json");
    assertThat(found(report(heard))).containsExactly(check.key());
    assertThat(heard.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "parquet", "tfrecord", "webdataset"})
  void aWholeRunOfEveryFormatPasses(String format) throws IOException {
    convert("whole-" + format, format);
    Heard heard = validate(folder.resolve("whole-" + format), "--json");
    assertThat(heard.code()).as(heard.text()).isZero();
    JsonNode report = report(heard);
    assertThat(found(report)).isEmpty();
    assertThat(report.get("records").asInt()).isGreaterThan(100);
    Set<Check> seen = EnumSet.noneOf(Check.class);
    for (JsonNode check : report.get("checks")) {
      assertThat(check.get("examined").asLong()).as(check.get("check").asText()).isPositive();
      seen.add(Check.of(check.get("check").asText()));
    }
    assertThat(seen).isEqualTo(EnumSet.allOf(Check.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "tfrecord", "webdataset"})
  void aTruncatedShardIsNamedAndTheOthersAreChecked(String format) throws IOException {
    convert("cut-" + format, format);
    Path records = folder.resolve("cut-" + format).resolve("records");
    Path shard;
    try (var files = Files.list(records)) {
      shard = files.filter(f -> f.toString().contains("train-")).findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, whole.length / 2));
    Heard heard = validate(folder.resolve("cut-" + format), "--json");
    assertThat(heard.code()).isEqualTo(ExitCode.REJECTED);
    assertThat(found(report(heard))).contains("shard-mismatch", "unreadable-record");
    assertThat(report(heard).get("records").asInt()).isPositive();
  }

  @Test
  void aLineThatIsNoRecordAndAShardTooManyAreNamed() throws IOException {
    DamagedRun run = DamagedRun.copyOf(folder.resolve("run"), scratch.resolve("run"));
    Path shard = run.folder().resolve(DamagedRun.TRAIN);
    Files.writeString(shard, "{\"patient\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    Files.copy(shard, run.folder().resolve("records/train-00001-of-00001.jsonl"));
    Heard heard = validate(run.folder());
    assertThat(heard.code()).isEqualTo(ExitCode.REJECTED);
    assertThat(heard.text())
        .contains("expected a record, found what is none", "found one more")
        .doesNotContain("patient\n", "{\"patient");
  }

  @Test
  void outlinesOfNoPointsAreFoundAndEndNothing() throws IOException {
    DamagedRun run = DamagedRun.copyOf(folder.resolve("run"), scratch.resolve("run"));
    run.first("segmentation").putArray("polygons").addArray();
    run.save();
    Heard heard = validate(run.folder(), "--json");
    assertThat(heard.code()).isEqualTo(ExitCode.REJECTED);
    assertThat(found(report(heard)))
        .containsExactlyInAnyOrder("under-covering-polygon", "answer-mismatch");
  }

  @Test
  void twoSpellingsOfALabelAreOne() throws IOException {
    DamagedRun run = DamagedRun.copyOf(folder.resolve("run"), scratch.resolve("run"));
    ObjectNode r = run.first("segmentation");
    String label = r.get("label").asText();
    r.put("label", label.replace("tumour", "tumor"));
    r.put("instruction", "Segment the " + label.replace("tumour", "tumor") + " in this image.");
    run.save();
    Heard heard = validate(run.folder(), "--json");
    assertThat(found(report(heard))).containsExactly("label-spelling");
    assertThat(heard.text()).contains("tumour", "tumor");
  }

  @Test
  void picturesOfARunOfLabelsAloneAreNotAskedFor() throws IOException {
    DamagedRun run = DamagedRun.copyOf(folder.resolve("run"), scratch.resolve("run"));
    run.editManifest(
        m -> ((ObjectNode) m.get("arguments")).put("labels_only", "true").put("root", "gone"));
    Heard heard = validate(run.folder(), "--json", "--root", "busi=" + scratch.resolve("gone"));
    assertThat(heard.code()).isZero();
    for (JsonNode check : report(heard).get("checks")) {
      boolean pictures =
          List.of("missing-media", "duplicate-picture", "picture-across-splits")
              .contains(check.get("check").asText());
      assertThat(check.get("status").asText()).isEqualTo(pictures ? "skipped" : "ok");
    }
    assertThat(validate(folder.resolve("run"), "--root", "busi=" + scratch.resolve("gone")).code())
        .isEqualTo(ExitCode.REJECTED);
  }

  @Test
  void wrongUseIsSaidInASentence() {
    Heard heard = validate(folder.resolve("run"), "--skip", "nothing");
    assertThat(heard.code()).isEqualTo(ExitCode.USAGE);
    assertThat(heard.text()).contains("expected a check out of shard-mismatch", "nothing");
    assertThat(validate(folder.resolve("absent")).code()).isEqualTo(ExitCode.USAGE);
  }
}
