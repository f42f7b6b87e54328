package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.records.codec.RecordJson;

/** Every downstream dataset from its phantom to scores, through the command line alone. */
final class DownstreamTest {
  private static final String TEST = "records/test-00000-of-00001.jsonl";

  @TempDir private Path folder;

  /** The paper's downstream datasets, and the open stand-in for one of them. */
  static Stream<String> downstream() {
    return Catalogue.all().stream()
        .map(Dataset::info)
        .filter(i -> i.tier() == DatasetInfo.Tier.FINETUNE || i.name().equals("msd-hippocampus"))
        .map(DatasetInfo::name);
  }

  @ParameterizedTest
  @MethodSource("downstream")
  void truthScoresFullMarksAndAWrongAnswerDoesNot(String dataset) throws IOException {
    convert(dataset, "40");
    run("fewshot", "--input", at("run"), "--output", at("shots"), "--shots", "2");
    JsonNode report = json("shots/fewshot.json");
    assertThat(report.path("chosen")).as("chosen of %s", dataset).isNotEmpty();
    List<String> lines = Files.readAllLines(folder.resolve("shots").resolve(TEST));
    assertThat(lines).as("test records of %s", dataset).isNotEmpty();
    List<String> truth = lines.stream().map(DownstreamTest::answer).toList();
    assertThat(accuracy("truth", truth)).isEqualTo(1);
    List<String> wrong =
        truth.stream().map(t -> t.replaceAll("\"answer\":.*", "\"answer\":\"?\"}")).toList();
    assertThat(accuracy("wrong", wrong)).isZero();
  }

  @Test
  void runnersChooseTheSame() throws IOException {
    convert("busi", "60");
    for (String runner : List.of("direct", "flink")) {
      run(
          "fewshot",
          "--input",
          at("run"),
          "--output",
          at(runner),
          "--shots",
          "5",
          "--seeds",
          "1,2",
          "--runner",
          runner);
    }
    run(
        "fewshot",
        "--input",
        at("run"),
        "--output",
        at("threads"),
        "--shots",
        "5",
        "--seeds",
        "1,2");
    assertThat(files("flink")).containsKey("seed-2/" + TEST).isEqualTo(files("threads"));
    assertThat(files("direct")).isEqualTo(files("threads"));
  }

  private void convert(String dataset, String images) {
    run("sample-data", "--dataset", dataset, "--output", at("data"), "--images", images);
    run("convert", "--dataset", dataset, "--input", at("data"), "--output", at("run"));
  }

  private double accuracy(String name, List<String> answers) throws IOException {
    Path file = folder.resolve(name + ".jsonl");
    Files.write(file, answers);
    run(
        "evaluate",
        "--data",
        at("shots"),
        "--predictions",
        file.toString(),
        "--space",
        "medvilam",
        "--output",
        at(name));
    return json(name + "/metrics.json").at("/runs/0/tasks/0/overall/acc50").asDouble(-1);
  }

  private static String answer(String line) {
    try {
      JsonNode r = RecordJson.mapper().readTree(line);
      ObjectNode answer = RecordJson.mapper().createObjectNode();
      answer.set("id", r.get("id"));
      answer.set("answer", r.get("answer"));
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SortedMap<String, String> files(String name) throws IOException {
    Path root = folder.resolve(name);
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  private JsonNode json(String path) throws IOException {
    return RecordJson.mapper().readTree(Files.readAllBytes(folder.resolve(path)));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static void run(String... words) {
    assertThat(Medvilam.run(words)).as(String.join(" ", words)).isZero();
  }
}
