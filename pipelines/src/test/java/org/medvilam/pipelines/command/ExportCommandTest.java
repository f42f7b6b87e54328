package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.evaluation.prediction.CoordinateSpace;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.instruction.AnswerText;
import org.medvilam.records.store.LocalStore;

final class ExportCommandTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void convert() {
    for (String dataset : List.of("busi", "coco")) {
      String data = folder.resolve("data-" + dataset).toString();
      String run = folder.resolve(dataset).toString();
      Heard.of(
          "sample-data", "--dataset", dataset, "--output", data, "--images", "40", "--seed", "5");
      Heard.of(
          "convert",
          "--dataset",
          dataset,
          "--input",
          data,
          "--output",
          run,
          "--max-rejected",
          "100%");
    }
  }

  /** What one picture is said to show, whatever the dataset and its ids. */
  private record Said(
      String uri,
      String split,
      Task task,
      String label,
      String answer,
      List<?> boxes,
      List<?> outlines,
      Object pixels) {
    static Said of(InstructionRecord r, String uri) {
      return new Said(
          uri,
          String.valueOf(r.split()),
          r.task(),
          r.label(),
          r.answer(),
          r.boxes(),
          r.polygons(),
          r.nativeRegions());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coco", "busi"})
  void cocoComesBackAsTheSameRecords(String dataset) throws IOException {
    Path export = folder.resolve("coco-of-" + dataset);
    assertThat(export(dataset, "coco", export, "--images", "copy").code()).isZero();
    Path back = folder.resolve("back-" + dataset);
    Heard heard =
        Heard.of(
            "convert",
            "--dataset",
            "coco",
            "--input",
            export.toString(),
            "--output",
            back.toString());
    assertThat(heard.code()).isZero();
    Set<String> leftOut = new HashSet<>();
    for (String line : Files.readAllLines(export.resolve("left-out.jsonl"))) {
      leftOut.add(new ObjectMapper().readTree(line).path("id").textValue());
    }
    String prefix = "images/" + dataset + "/";
    List<Said> expected =
        records(folder.resolve(dataset)).stream()
            .filter(r -> !leftOut.contains(r.id()))
            .map(r -> Said.of(r, prefix + r.media().uri()))
            .toList();
    List<Said> found = records(back).stream().map(r -> Said.of(r, r.media().uri())).toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected).hasSizeGreaterThan(80);
  }

  /** The grid of Qwen-VL and its reverse are off by half a step each. */
  @ParameterizedTest
  @ValueSource(strings = {"coco", "busi"})
  void qwenBoxesComeBackWithinTheRounding(String dataset) throws IOException {
    Path export = folder.resolve("qwen-of-" + dataset);
    assertThat(export(dataset, "qwen", export, "--tasks", "localization").code()).isZero();
    List<Prediction> answers = new ArrayList<>();
    for (String split : List.of("train", "validation", "test")) {
      Path file = export.resolve("conversations/" + split + ".json");
      if (Files.exists(file)) {
        for (JsonNode sample : new ObjectMapper().readTree(file.toFile())) {
          String answer = sample.at("/conversations/1/value").textValue();
          answers.add(new Prediction(sample.path("id").textValue(), answer));
        }
      }
    }
    Map<String, InstructionRecord> records =
        records(folder.resolve(dataset)).stream()
            .filter(r -> r.task() == Task.LOCALIZATION)
            .collect(Collectors.toMap(InstructionRecord::id, Function.identity()));
    assertThat(answers).hasSameSizeAs(records.keySet());
    for (Prediction p : CoordinateSpace.QWEN.toGrid(answers, records.values())) {
      List<GridBox> back = AnswerText.parseBoxes(p.answer()).orElseThrow();
      List<GridBox> boxes = records.get(p.recordId()).boxes();
      assertThat(back).hasSameSizeAs(boxes);
      for (int i = 0; i < back.size(); i++) {
        assertThat(back.get(i).x1()).isBetween(boxes.get(i).x1() - 1, boxes.get(i).x1() + 1);
        assertThat(back.get(i).y1()).isBetween(boxes.get(i).y1() - 1, boxes.get(i).y1() + 1);
        assertThat(back.get(i).x2()).isBetween(boxes.get(i).x2() - 1, boxes.get(i).x2() + 1);
        assertThat(back.get(i).y2()).isBetween(boxes.get(i).y2() - 1, boxes.get(i).y2() + 1);
      }
    }
  }

  @Test
  void croissantSaysWhatIsNotStated() throws IOException {
    Path export = folder.resolve("croissant");
    Heard heard = export("busi", "croissant", export, "--creator", "A group");
    assertThat(heard.code()).isZero();
    assertThat(heard.text()).contains("not stated: url").contains("not stated: datePublished");
    assertThat(heard.text()).doesNotContain("not stated: creator");
    JsonNode document = new ObjectMapper().readTree(export.resolve("croissant.json").toFile());
    assertThat(document.path("description").textValue()).contains("breast ultrasound");
    assertThat(export.resolve("_SUCCESS")).exists();
  }

  @Test
  void subsetsCanBeExported() throws IOException {
    Path shots = folder.resolve("shots");
    Heard.of("fewshot", "--input", folder.resolve("busi").toString(), "--output", shots.toString());
    Path export = folder.resolve("llava-of-shots");
    Heard heard =
        Heard.of(
            "export",
            shots.toString(),
            "--to",
            "llava",
            "--output",
            export.toString(),
            "--split",
            "train");
    assertThat(heard.code()).isZero();
    assertThat(export.resolve("conversations/train.json")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "yolo,--limit,1,'expected one of llava'",
    "llava,--points,30,'only coco and ofa-tsv'",
    "llava,--split,validation_,'--split'",
    "llava,--tasks,vqa,'expected records of split all and tasks vqa'",
    "llava,--url,https://example.org,'expected --to croissant'",
    "croissant,--images,copy,'as they are'",
    "croissant,--date-published,yesterday,'expected a date'"
  })
  void wrongOptionsAreUsage(String target, String option, String value, String said) {
    Path export = folder.resolve("refused");
    Heard heard = export("busi", target, export, option, value);
    assertThat(heard.code()).isEqualTo(ExitCode.USAGE);
    assertThat(heard.text()).contains(said).doesNotContain("\tat ");
    assertThat(export).doesNotExist();
  }

  @Test
  void nothingExpressedEndsWithOne() throws IOException {
    Path export = folder.resolve("nothing");
    Heard heard = export("busi", "qwen", export, "--tasks", "segmentation");
    assertThat(heard.code()).isEqualTo(ExitCode.REJECTED);
    assertThat(heard.text()).contains("no-form-for-outlines");
    assertThat(export.resolve("_SUCCESS")).exists();
  }

  @Test
  void runsAndDatasetsAreNeverOverwritten() {
    for (String place : List.of("busi", "busi/records", ".", "data-busi")) {
      Path output = folder.resolve(place);
      assertThat(export("busi", "coco", output, "--overwrite").code())
          .as(place)
          .isEqualTo(ExitCode.USAGE);
    }
    assertThat(folder.resolve("busi/_SUCCESS")).exists();
    assertThat(export("busi", "coco", folder.resolve("data-coco"), "--overwrite").code())
        .as("a folder of annotations and images that no export wrote")
        .isEqualTo(ExitCode.USAGE);
    assertThat(folder.resolve("data-coco/annotations")).exists();
  }

  @Test
  void exportIsOverwrittenByAnother() throws IOException {
    Path export = folder.resolve("again");
    assertThat(export("busi", "coco", export).code()).isZero();
    assertThat(export("busi", "llava", export).code()).isEqualTo(ExitCode.USAGE);
    assertThat(export("busi", "llava", export, "--overwrite").code()).isZero();
    assertThat(names(export))
        .containsExactly("CARD.md", "_SUCCESS", "conversations", "export.json", "left-out.jsonl");
    assertThat(export("busi", "croissant", export, "--overwrite").code()).isZero();
    assertThat(export("busi", "llava", export, "--overwrite").code()).isZero();
  }

  private static Set<String> names(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    LocalStore.of(directory).list("").forEach(e -> names.add(e.name()));
    return names;
  }

  private static List<InstructionRecord> records(Path run) throws IOException {
    List<InstructionRecord> records = new ArrayList<>();
    RunFolder.open(LocalStore.of(run)).forEach(null, records::add);
    return records;
  }

  private static Heard export(String dataset, String target, Path output, String... more) {
    List<String> args = new ArrayList<>(List.of("export", folder.resolve(dataset).toString()));
    args.addAll(List.of("--to", target, "--output", output.toString()));
    args.addAll(List.of(more));
    return Heard.of(args.toArray(String[]::new));
  }
}
