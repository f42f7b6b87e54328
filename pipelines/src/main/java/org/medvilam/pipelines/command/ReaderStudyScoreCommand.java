package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.study.FormFile;
import org.medvilam.evaluation.study.StudyException;
import org.medvilam.evaluation.study.StudyForm;
import org.medvilam.evaluation.study.StudyKey;
import org.medvilam.evaluation.study.StudyReport;
import org.medvilam.evaluation.study.StudyResult;
import org.medvilam.evaluation.study.Ties;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores a study. */
@Command(
    name = "score",
    description = "Check the raters' forms, undo the blinding, and print what they found.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam reader-study score --key out/study/key.json --answers answers-R1.json answers-R2.csv --output out/scores",
      "",
      "Writes study.json and study.html."
    })
final class ReaderStudyScoreCommand implements Callable<Integer> {
  @Option(names = "--key", required = true, paramLabel = "FILE", description = "The study's key.")
  private Path key;

  @Option(
      names = "--answers",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "A form of each rater: saved by the page, or a filled CSV form.")
  private List<Path> answers;

  @Option(
      names = "--ties",
      paramLabel = "TIES",
      description = "How equal answers count, exclude or split (default: as the key declares).")
  private @Nullable Ties ties;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "A new directory.")
  private Path output;

  @Option(names = "--overwrite", description = "Replace what an earlier run left there.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print study.json.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    StudyReport report = new StudyReport(result());
    OutputFolder.prepare(
        output, overwrite ? OutputFolder.Existing.OVERWRITE : OutputFolder.Existing.REFUSE);
    report.write(output);
    System.out.print(json ? Files.readString(output.resolve(StudyReport.JSON)) : report.text());
    report.notices().forEach(System.err::println);
    System.err.printf("report      %s%n", output.resolve(StudyReport.PAGE));
    return ExitCode.DONE;
  }

  private StudyResult result() throws IOException {
    try {
      List<StudyForm> forms = new ArrayList<>();
      StudyKey opened = StudyKey.read(existing("--key", key));
      for (Path file : answers) {
        forms.add(FormFile.read(existing("--answers", file)));
      }
      return StudyResult.of(opened, forms, ties);
    } catch (StudyException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static Path existing(String option, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("%s: expected a file, found no %s".formatted(option, file));
    }
    return file;
  }
}
