package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

final class StatsCommandTest {
  @TempDir private static Path folder;

  private static final List<InstructionRecord> RECORDS = new ArrayList<>();

  @BeforeAll
  static void convert() throws IOException {
    String data = folder.resolve("data").toString();
    String run = folder.resolve("run").toString();
    Heard.of("sample-data", "--dataset", "endovis18", "--output", data, "--images", "30");
    Heard heard = Heard.of("convert", "--dataset", "endovis18", "--input", data, "--output", run);
    assertThat(heard.code()).as(heard.text()).isZero();
    RECORDS.clear();
    RunFolder.open(LocalStore.of(folder.resolve("run"))).forEach(null, RECORDS::add);
  }

  private static JsonNode stats() throws IOException {
    Heard heard = Heard.of("stats", folder.resolve("run").toString(), "--json");
    assertThat(heard.code()).isZero();
    return RecordJson.mapper().readTree(heard.text().substring(heard.text().indexOf('{')));
  }

  private static Map<String, Long> by(Function<InstructionRecord, String> key) {
    return RECORDS.stream()
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
  }

  private static Map<String, Long> table(JsonNode stats, String name) {
    for (JsonNode table : stats.get("counts")) {
      if (table.get("name").asText().equals(name)) {
        Map<String, Long> counts = new TreeMap<>();
        table
            .get("counts")
            .properties()
            .forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
        return counts;
      }
    }
    throw new AssertionError("expected a table " + name);
  }

  private static JsonNode spread(JsonNode stats, String name) {
    for (JsonNode spread : stats.get("spreads")) {
      if (spread.get("name").asText().equals(name)) {
        return spread;
      }
    }
    throw new AssertionError("expected a spread " + name);
  }

  @Test
  void countsAreThoseOfTheRecords() throws IOException {
    JsonNode stats = stats();
    assertThat(stats.get("records").asInt()).isEqualTo(RECORDS.size());
    assertThat(stats.get("media").asInt()).isEqualTo(by(r -> r.media().id()).size());
    assertThat(stats.get("groups").asInt()).isEqualTo(by(InstructionRecord::group).size());
    assertThat(table(stats, "records by split")).isEqualTo(by(r -> Split.fileKey(r.split())));
    assertThat(table(stats, "records by task")).isEqualTo(by(r -> r.task().key()));
    assertThat(table(stats, "records by label")).isEqualTo(by(InstructionRecord::label));
    assertThat(table(stats, "records by modality")).isEqualTo(by(InstructionRecord::modality));
    assertThat(table(stats, "groups by kind").keySet()).containsExactly("video");
  }

  @Test
  void spreadsAreThoseOfPicturesAndRegions() throws IOException {
    JsonNode stats = stats();
    Map<String, Integer> boxes = new HashMap<>();
    RECORDS.forEach(r -> boxes.merge(r.media().id(), r.boxes().size(), Integer::sum));
    JsonNode perPicture = spread(stats, "boxes per picture");
    assertThat(perPicture.get("n").asInt()).isEqualTo(boxes.size());
    assertThat(perPicture.get("max").asDouble())
        .isEqualTo(boxes.values().stream().mapToInt(i -> i).max().orElseThrow());
    double total = boxes.values().stream().mapToInt(i -> i).sum();
    assertThat(perPicture.get("mean").asDouble()).isEqualTo(total / boxes.size());
    JsonNode area = spread(stats, "area per box");
    assertThat(area.get("n").asDouble()).isEqualTo(total);
    double largest =
        RECORDS.stream()
            .flatMap(r -> r.boxes().stream())
            .mapToDouble(b -> b.toBox().area() / 10_000)
            .max()
            .orElseThrow();
    assertThat(area.get("max").asDouble()).isCloseTo(largest, Offset.offset(0.006));
    assertThat(spread(stats, "width per picture").get("median").asInt())
        .isEqualTo(RECORDS.get(0).media().width());
    assertThat(spread(stats, "words per answer, localization").get("min").asInt()).isEqualTo(4);
  }

  @Test
  void aPageIsWrittenOnceAndTheTableIsPrinted() throws IOException {
    Path page = folder.resolve("pages/stats.html");
    String run = folder.resolve("run").toString();
    Heard heard = Heard.of("stats", run, "--output", page.toString());
    assertThat(heard.text()).contains("records by label", "median", "boxes per picture");
    assertThat(Files.readString(page)).contains("<svg class=\"bars\"").doesNotContain("<script");
    Heard again = Heard.of("stats", run, "--output", page.toString());
    assertThat(again.code()).isEqualTo(ExitCode.USAGE);
    assertThat(again.text()).contains("--overwrite");
    assertThat(Heard.of("stats", run, "--output", page.toString(), "--overwrite").code()).isZero();
    assertThat(Heard.of("stats", run, "--output", folder.toString()).code())
        .isEqualTo(ExitCode.USAGE);
  }
}
