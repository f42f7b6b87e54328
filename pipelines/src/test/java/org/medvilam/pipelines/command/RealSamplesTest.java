package org.medvilam.pipelines.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.records.MediaType;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;

/** Real files, where the machine has them: they pass every check, and COCO brings them back. */
final class RealSamplesTest {
  private static final Path SAMPLES =
      Path.of("..", "..", "shared", "samples").toAbsolutePath().normalize();

  @TempDir private Path folder;

  /** Converts a tree, in which pictures may be missing: samples hold few of them. */
  private Path convert(String dataset, Path input, String name, String options) {
    Path run = folder.resolve(name);
    List<String> args = new ArrayList<>();
    args.addAll(List.of("convert", "--dataset", dataset, "--input", input.toString()));
    args.addAll(List.of("--output", run.toString(), "--max-rejected", "100%"));
    args.addAll(options == null ? List.of() : Arrays.asList(options.split(" ", -1)));
    Heard heard = Heard.of(args.toArray(String[]::new));
    assertThat(heard.code()).as(heard.text()).isEqualTo(ExitCode.DONE);
    return run;
  }

  /** Returns what records of still pictures with regions say, without ids and paths. */
  private static List<String> said(Path run) throws IOException {
    List<String> said = new ArrayList<>();
    RunFolder.open(LocalStore.of(run))
        .forEach(
            null,
            r -> {
              if (r.media().type() == MediaType.IMAGE && r.task() != Task.CLASSIFICATION) {
                said.add(
                    "%s %s %s %dx%d: %s"
                        .formatted(
                            r.split(),
                            r.task(),
                            r.label(),
                            r.media().width(),
                            r.media().height(),
                            r.answer()));
              }
            });
    return said;
  }

  @ParameterizedTest
  @CsvSource({
    "busi, busi, 12, ",
    "deeplesion, deeplesion, 304, --labels-only",
    "lgg, lgg, 2, ",
    "msd-hippocampus, msd-task04-hippocampus, 168, ",
    "tbx11k, tbx11k, 1, ",
    "coco, fracatlas, 304, --labels-only",
    "via, fracatlas, 10, ",
    "voc, fracatlas, 5, --zero-based",
    "yolo, fracatlas, 5, ",
    "coco, generic/datumaro/coco_dataset/coco_instances, 3, ",
  })
  void realRecordsPassTheChecksAndComeBackFromCoco(
      String dataset, String sample, int records, String options) throws IOException {
    Path input = SAMPLES.resolve(sample);
    assumeTrue(Files.isDirectory(input), () -> "real files are not on this machine: " + input);
    Path run = convert(dataset, input, "run", options);
    List<String> before = said(run);
    assertThat(before).hasSize(records);
    Heard checked = Heard.of("validate", run.toString());
    assertThat(checked.code()).as(checked.text()).isEqualTo(ExitCode.DONE);
    Path export = folder.resolve("export");
    String pictures = "--labels-only".equals(options) ? "reference" : "copy";
    Heard exported =
        Heard.of(
            "export",
            run.toString(),
            "--to",
            "coco",
            "--output",
            export.toString(),
            "--images",
            pictures);
    assertThat(exported.code()).as(exported.text()).isEqualTo(ExitCode.DONE);
    Path back =
        convert("coco", export, "back", "--labels-only".equals(options) ? "--labels-only" : null);
    assertThat(said(back)).containsExactlyInAnyOrderElementsOf(before);
  }
}
