package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.pipelines.Medvilam;
import org.medvilam.pipelines.run.ExitCode;

/** What a person sees: exit codes, messages and files. */
final class CommandLineTest {
  @TempDir private static Path folder;

  private static Path busi;

  /** What a command printed. */
  private record Said(int code, String out, String err) {}

  @BeforeAll
  static void draw() {
    busi = folder.resolve("busi");
    Said said =
        run("sample-data", "--dataset", "busi", "--output", busi.toString(), "--images", "30");
    assertThat(said.code).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quickstart",
        "datasets",
        "sample-data",
        "convert",
        "export",
        "fewshot",
        "encode",
        "finetune",
        "evaluate",
        "pretrain",
        "preview",
        "reader-study",
        "stats",
        "validate"
      })
  void everyCommandHelpsWithAnExample(String command) {
    Said said = run(command, "--help");
    assertThat(said.code).isZero();
    assertThat(said.out).contains("Example").contains("medvilam " + command);
    assertThat(said.out).doesNotContain("Default: []", "Default: {}");
  }

  @Test
  void convertWritesAFinishedRun() {
    Path out = folder.resolve("finished");
    assertThat(convert(busi, out).code).isZero();
    assertThat(out.resolve("_SUCCESS")).isEmptyFile();
  }

  @Test
  void secondRunIntoTheSameDirectoryIsRefused() {
    Path out = folder.resolve("twice");
    convert(busi, out);
    Said said = convert(busi, out);
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.err).contains("--overwrite");
  }

  @Test
  void overwriteSparesWhatNoRunWrote() throws IOException {
    Path out = Files.createDirectories(folder.resolve("precious"));
    Files.writeString(out.resolve("thesis.docx"), "years of work");
    Said said = convert(busi, out, "--overwrite");
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(out.resolve("thesis.docx")).hasContent("years of work");
  }

  @Test
  void overwriteGivesTheSameBytes() throws IOException {
    Path out = folder.resolve("again");
    convert(busi, out);
    String before = Files.readString(out.resolve("manifest.json"));
    Files.delete(out.resolve("_SUCCESS"));
    convert(busi, out, "--overwrite");
    assertThat(out.resolve("manifest.json")).hasContent(before);
  }

  @Test
  void resumingAFinishedRunLeavesItAsItIs() throws IOException {
    Path out = folder.resolve("finished-before");
    convert(busi, out);
    var written = Files.getLastModifiedTime(out.resolve("manifest.json"));
    assertThat(convert(busi, out, "--resume").code).isZero();
    assertThat(Files.getLastModifiedTime(out.resolve("manifest.json"))).isEqualTo(written);
  }

  @Test
  void resumingWithOtherArgumentsIsRefused() {
    Path out = folder.resolve("finished-otherwise");
    convert(busi, out);
    assertThat(convert(busi, out, "--resume", "--points", "12").code).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void wrongTreeNamesTheExpectedOne() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path out = folder.resolve("nothing");
    Said said = convert(empty, out);
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.err).contains("expected tree").contains("benign/").doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  @Test
  void unknownDatasetNamesTheKnownOnes() {
    Said said = run("convert", "--dataset", "bussi", "--input", "x", "--output", "y");
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.err).contains("busi").contains("bussi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "convert --dataset=busi --input x --dataset busi --output y",
        "encode --input x --input=z --output y",
        "finetune --train x --rate 1 --rate=2 --output y"
      })
  void optionGivenTwiceIsNamed(String command) {
    Said said = run(command.split(" "));
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.err).startsWith("option '--").contains("should be specified only once");
    assertThat(said.err.lines()).hasSize(2);
  }

  @Test
  void unknownOptionIsUsage() {
    assertThat(run("convert", "--nonsense").code).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void brokenPictureEndsWithOneAndKeepsTheOthers() throws IOException {
    Path damaged = copy(busi, folder.resolve("damaged"));
    Path victim = picture(damaged);
    byte[] whole = Files.readAllBytes(victim);
    Files.write(victim, Arrays.copyOf(whole, whole.length / 2));
    Path out = folder.resolve("damaged-out");
    Said said = convert(damaged, out);
    assertThat(said.code).isEqualTo(ExitCode.REJECTED);
    List<String> rejected =
        Files.readAllLines(out.resolve("rejected/rejected-00000-of-00001.jsonl"));
    assertThat(rejected).hasSize(1);
    assertThat(rejected.get(0)).contains("truncated-picture").contains("\"scope\":\"item\"");
    assertThat(out.resolve("_SUCCESS")).exists();
  }

  @Test
  void thresholdLetsAShareOfItemsPass() throws IOException {
    Path damaged = copy(busi, folder.resolve("tolerated"));
    Files.write(picture(damaged), new byte[] {0});
    Said said = convert(damaged, folder.resolve("tolerated-out"), "--max-rejected", "5%");
    assertThat(said.code).isZero();
  }

  @Test
  void limitTakesTheFirstItemsPerSplit() throws IOException {
    Path out = folder.resolve("limited");
    convert(busi, out, "--limit", "2");
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertThat(manifest.path("items").path("read").asInt()).isBetween(2, 6);
  }

  @Test
  void tasksChooseTheRecords() throws IOException {
    Path out = folder.resolve("tasks");
    convert(busi, out, "--tasks", "localization");
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("manifest.json").toFile());
    assertThat(manifest.path("records").path("by_task").fieldNames())
        .toIterable()
        .containsExactly("localization");
  }

  @Test
  void dryRunWritesNothing() {
    Path out = folder.resolve("dry");
    assertThat(convert(busi, out, "--dry-run").code).isZero();
    assertThat(out).doesNotExist();
  }

  @Test
  void fewshotOfAnUnfinishedRunIsRefused() throws IOException {
    Path unfinished = Files.createDirectories(folder.resolve("unfinished"));
    Said said =
        run(
            "fewshot",
            "--input",
            unfinished.toString(),
            "--output",
            folder.resolve("shots").toString());
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.err).contains("_SUCCESS");
  }

  @Test
  void fewshotDrawsSeveralSeedsAndOverwritesThem() throws IOException {
    Path run = folder.resolve("several-run");
    Path out = folder.resolve("several");
    convert(busi, run);
    String[] words = {
      "fewshot", "--input", run.toString(), "--output", out.toString(), "--seeds", "1,2"
    };
    Said said = run(words);
    assertThat(said.code).isZero();
    assertThat(said.out).contains("seed 2: ").contains("leaks.html");
    assertThat(out.resolve("seed-2").resolve("_SUCCESS")).exists();
    List<String> again = new ArrayList<>(Arrays.asList(words));
    again.set(again.size() - 1, "3");
    again.add("--overwrite");
    assertThat(run(again.toArray(String[]::new)).code).isZero();
    assertThat(out.resolve("seed-2")).doesNotExist();
    assertThat(out.resolve("seed-3")).exists();
  }

  @Test
  void severalDrawsAreNotOneRun() throws IOException {
    Path out = folder.resolve("draws");
    Files.createDirectories(out.resolve("seed-7"));
    Said said = run("finetune", "--train", out.toString(), "--output", out + "-checkpoint");
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.err).contains("seed-7");
  }

  @Test
  void fewshotPrintsItsReport() throws IOException {
    Path run = folder.resolve("json-run");
    convert(busi, run);
    Path out = folder.resolve("json-shots");
    Said said = run("fewshot", "--input", run.toString(), "--output", out.toString(), "--json");
    JsonNode report = new ObjectMapper().readTree(said.out);
    assertThat(report.path("comparison").asText()).isEqualTo("perceptual");
    assertThat(report.path("pictures").path("busi").path("compared").asInt()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--per dataset --method glip",
        "--seeds 1,1",
        "--seed 1 --seeds 2",
        "--shots 0",
        "--root nowhere=x",
        "--pictures some"
      })
  void fewshotSaysWhatDoesNotGoTogether(String words) {
    Path run = folder.resolve("together-run");
    if (!Files.exists(run)) {
      convert(busi, run);
    }
    Path out = folder.resolve("together");
    List<String> args =
        new ArrayList<>(List.of("fewshot", "--input", run.toString(), "--output", out.toString()));
    args.addAll(Arrays.asList(words.split(" ", -1)));
    Said said = run(args.toArray(String[]::new));
    assertThat(said.code).isEqualTo(ExitCode.USAGE);
    assertThat(said.err).contains(words.substring(0, words.indexOf(' '))).doesNotContain("\tat ");
    assertThat(out).doesNotExist();
  }

  private static Said convert(Path input, Path output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "convert",
                "--dataset",
                "busi",
                "--input",
                input.toString(),
                "--output",
                output.toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  private static Path picture(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(p -> p.toString().endsWith(").png")).sorted().findFirst().orElseThrow();
    }
  }

  private static Said run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream heardOut = new ByteArrayOutputStream();
    ByteArrayOutputStream heardErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(heardOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(heardErr, true, StandardCharsets.UTF_8));
    try {
      int code = Medvilam.run(args);
      return new Said(
          code,
          heardOut.toString(StandardCharsets.UTF_8),
          heardErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
