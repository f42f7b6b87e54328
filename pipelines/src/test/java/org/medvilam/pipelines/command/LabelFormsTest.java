package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;

/** Reads back what labelling tools write, from the command line, and compares it with the truth. */
final class LabelFormsTest {
  /** Pixels that the six digits of a fraction allow. */
  private static final Offset<Double> SIX_DIGITS = Offset.offset(0.001);

  @TempDir Path folder;

  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  private int convert() {
    PrintStream err = System.err;
    System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    try {
      return Medvilam.run(
          "convert",
          "--dataset",
          "auto",
          "--input",
          folder.resolve("data").toString(),
          "--output",
          folder.resolve("run").toString(),
          "--max-rejected",
          "100%",
          "--json");
    } finally {
      System.setErr(err);
    }
  }

  private PhantomTruth draw(String name) throws IOException {
    return Catalogue.find(name)
        .orElseThrow()
        .draw(new PhantomRequest(folder.resolve("data"), 12, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coco",
        "cvat",
        "kaggle-rle",
        "label-studio",
        "labelme",
        "masks",
        "via",
        "voc",
        "yolo"
      })
  void autoConvertsEveryFormToItsTruth(String name) throws IOException {
    PhantomTruth truth = draw(name);
    assertThat(convert()).isEqualTo(ExitCode.DONE);
    assertThat(heard.toString(StandardCharsets.UTF_8))
        .contains("found " + name + " (", "converting as " + name);
    Map<String, List<double[]>> expected = new TreeMap<>();
    truth
        .findings()
        .forEach((id, drawn) -> drawn.forEach(d -> add(expected, id, d.label(), d.box())));
    Map<String, List<double[]>> found = localized();
    assertThat(found).hasSameSizeAs(expected).isNotEmpty();
    for (Map.Entry<String, List<double[]>> entry : expected.entrySet()) {
      List<double[]> boxes = found.getOrDefault(entry.getKey(), List.of());
      assertThat(boxes).as(entry.getKey()).hasSameSizeAs(entry.getValue());
      for (int i = 0; i < boxes.size(); i++) {
        assertThat(boxes.get(i))
            .as(entry.getKey())
            .containsExactly(entry.getValue().get(i), SIX_DIGITS);
      }
    }
  }

  private static void add(Map<String, List<double[]>> boxes, String media, String label, Box box) {
    List<double[]> all = boxes.computeIfAbsent(media + " " + label, k -> new ArrayList<>());
    all.add(new double[] {box.x1(), box.y1(), box.x2(), box.y2()});
    all.sort(Arrays::compare);
  }

  private Map<String, List<double[]>> localized() throws IOException {
    Map<String, List<double[]>> boxes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("run/records"))) {
      for (Path file : files.toList()) {
        for (String json : Files.readAllLines(file)) {
          JsonNode record = RecordJson.mapper().readTree(json);
          if (record.get("task").asText().equals("localization")) {
            for (JsonNode b : record.at("/native/boxes")) {
              Box box =
                  new Box(
                      b.get(0).asDouble(),
                      b.get(1).asDouble(),
                      b.get(2).asDouble(),
                      b.get(3).asDouble());
              add(boxes, record.at("/media/id").asText(), record.get("label").asText(), box);
            }
          }
        }
      }
    }
    return boxes;
  }

  @Test
  void autoNamesTheCandidatesWhereNoneIsClear() throws IOException {
    draw("voc");
    draw("cvat");
    assertThat(convert()).isEqualTo(ExitCode.USAGE);
    assertThat(heard.toString(StandardCharsets.UTF_8))
        .contains(
            "found cvat (high confidence): 1 file: annotations.xml",
            "found voc (high confidence): 12 files",
            "name one");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void autoConvertsAReleaseOfTheCatalogue() throws IOException {
    draw("tbx11k");
    assertThat(convert()).isEqualTo(ExitCode.DONE);
    assertThat(heard.toString(StandardCharsets.UTF_8))
        .contains("found tbx11k (high confidence): the tree of TBX11K", "converting as tbx11k");
  }

  @Test
  void autoOfAnUnknownTreeIsUsage() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/notes.txt"), "nothing here");
    assertThat(convert()).isEqualTo(ExitCode.USAGE);
    assertThat(heard.toString(StandardCharsets.UTF_8)).contains("known form");
  }
}
