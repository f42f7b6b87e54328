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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.prediction.PredictionFile;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/** A study on the command line, with forms that are filled in by a script. */
final class ReaderStudyCommandTest {
  @TempDir private static Path folder;

  private static Path run;
  private static Path ours;
  private static Path theirs;
  private static List<InstructionRecord> records;

  /** What a command printed. */
  private record Said(int code, String out, String err) {}

  @BeforeAll
  static void convert() throws IOException {
    run = folder.resolve("run");
    Path data = folder.resolve("data");
    said("sample-data", "--dataset", "busi", "--output", data, "--images", "30");
    assertThat(said("convert", "--dataset", "busi", "--input", data, "--output", run).code)
        .isZero();
    records = new ArrayList<>();
    RunFolder.open(LocalStore.of(run)).forEach(Split.TEST, records::add);
    ours = folder.resolve("ours.jsonl");
    theirs = folder.resolve("theirs.jsonl");
    PredictionFile.write(ours, answers(records, ""));
    PredictionFile.write(theirs, answers(records.subList(1, records.size()), "perhaps "));
  }

  private static List<Prediction> answers(List<InstructionRecord> of, String before) {
    return of.stream().map(r -> new Prediction(r.id(), before + r.answer())).toList();
  }

  private static Said create(Path output, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("reader-study", "create", "--data", run, "--output", output));
    words.addAll(List.of(more));
    return said(words.toArray());
  }

  private static Said score(Path study, Path output, Object... forms) {
    List<Object> words =
        new ArrayList<>(
            List.of(
                "reader-study", "score", "--output", output, "--key", study.resolve("key.json")));
    words.add("--answers");
    words.addAll(List.of(forms));
    return said(words.toArray());
  }

  private static Said said(Object... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream heardOut = new ByteArrayOutputStream();
    ByteArrayOutputStream heardErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(heardOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(heardErr, true, StandardCharsets.UTF_8));
    try {
      int code = Medvilam.run(Stream.of(words).map(Object::toString).toArray(String[]::new));
      return new Said(
          code,
          heardOut.toString(StandardCharsets.UTF_8),
          heardErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Fills a CSV form in: the first item stays open, all others prefer the left. */
  private static Path filled(Path study, String rater) throws IOException {
    Path form = study.resolve("raters").resolve("answers-" + rater + ".csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(form));
    for (int i = 2; i < lines.size(); i++) {
      lines.set(i, lines.get(i).replaceFirst("(c-[0-9a-f]+,)", "$1left"));
    }
    return Files.write(folder.resolve(rater + "-" + study.getFileName() + ".csv"), lines);
  }

  @Test
  void formsThatAreFilledInAreScored() throws IOException {
    Path study = folder.resolve("study");
    Said created =
        create(
            study,
            "--predictions",
            ours,
            "--predictions",
            theirs,
            "--design",
            "pairwise",
            "--items",
            "100",
            "--raters",
            "2");
    assertThat(created.code).as(created.err).isZero();
    int items = records.size() - 1;
    assertThat(created.out).contains(items + " comparisons and 0 ratings for each of 2 raters");
    assertThat(created.err)
        .contains("left out 1 records without an answer of every system")
        .contains(items + " of 100 items available");

    Path scores = folder.resolve("scores");
    Said scored = score(study, scores, filled(study, "R1"), filled(study, "R2"));
    assertThat(scored.code).as(scored.err).isZero();
    assertThat(scored.out).contains("ours over theirs", "Clopper-Pearson", "Fleiss' kappa");
    assertThat(scored.err).contains("R1 left 1 of " + items + " items without an answer: c-");
    assertThat(scores.resolve("study.html")).exists();
    JsonNode result = RecordJson.mapper().readTree(scores.resolve("study.json").toFile());
    JsonNode key = RecordJson.mapper().readTree(study.resolve("key.json").toFile());
    int left = 0;
    for (JsonNode comparison : key.get("comparisons")) {
      String first = Files.readAllLines(filled(study, "R1")).get(1);
      boolean open = first.contains(comparison.get("code").asText());
      left += !open && comparison.at("/left/R1").asText().equals("ours") ? 1 : 0;
    }
    assertThat(result.at("/preferences/2/over").asText()).isEqualTo("R1");
    assertThat(result.at("/preferences/2/first_better").asInt()).isEqualTo(left);
    assertThat(result.at("/preferences/2/preferred/trials").asInt()).isEqualTo(items - 1);
  }

  @Test
  void formsOfAnotherStudyAndDoubleFormsAreRefused() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    create(one, "--predictions", ours, "--design", "independent", "--items", "2");
    create(two, "--predictions", ours, "--design", "independent", "--items", "2", "--seed", "2");
    Path scores = folder.resolve("refused");
    Said other = score(one, scores, filled(two, "R1"));
    assertThat(other.code).isEqualTo(ExitCode.USAGE);
    assertThat(other.err).contains("expected forms of the study s-");
    Said twice = score(one, scores, filled(one, "R1"), filled(one, "R1"));
    assertThat(twice.code).isEqualTo(ExitCode.USAGE);
    assertThat(twice.err).contains("a second one of R1");
    Said none = score(one, scores, folder.resolve("nowhere.json"));
    assertThat(none.code).isEqualTo(ExitCode.USAGE);
    Said noKey = score(folder, scores, filled(one, "R1"));
    assertThat(noKey.code).isEqualTo(ExitCode.USAGE);
    assertThat(scores).doesNotExist();
  }

  @Test
  void aStudyThatWasHandedOutIsNotReplaced() {
    Path study = folder.resolve("handed-out");
    Object[] words = {"--predictions", ours, "--design", "independent", "--items", "1"};
    assertThat(create(study, words).code).isZero();
    Said again = create(study, words);
    assertThat(again.code).isEqualTo(ExitCode.USAGE);
    assertThat(again.err).contains("not replaced");
  }

  @Test
  void wrongWordsAreUsageAndLeaveNothing() throws IOException {
    Path study = folder.resolve("nothing");
    Path broken = Files.writeString(folder.resolve("broken.jsonl"), "{\"id\": 1}");
    Path foreign = folder.resolve("foreign.jsonl");
    PredictionFile.write(foreign, List.of(new Prediction("elsewhere", "x")));
    Path sub = Files.createDirectories(folder.resolve("sub"));
    Path twin = Files.copy(ours, sub.resolve("ours.jsonl"));
    List<List<Object>> wrong =
        List.of(
            List.of("--predictions", ours),
            List.of("--predictions", ours, "--predictions", broken),
            List.of("--predictions", ours, "--predictions", foreign),
            List.of("--predictions", ours, "--predictions", twin),
            List.of("--predictions", ours, "--predictions", folder.resolve("none.jsonl")),
            List.of("--predictions", ours, "--predictions", theirs, "--space", "x=qwen"),
            List.of("--predictions", ours, "--predictions", theirs, "--space", "ours=inches"),
            List.of("--predictions", ours, "--predictions", theirs, "--task", "guessing"),
            List.of("--predictions", ours, "--predictions", theirs, "--task", "vqa"),
            List.of("--predictions", ours, "--predictions", theirs, "--items", "0"),
            List.of("--predictions", ours, "--predictions", theirs, "--pixels", "0"));
    for (List<Object> words : wrong) {
      Said said = create(study, words.toArray());
      assertThat(said.code).as(words + said.err).isEqualTo(ExitCode.USAGE);
      assertThat(said.err).contains("expected");
    }
    assertThat(study).doesNotExist();
  }
}
