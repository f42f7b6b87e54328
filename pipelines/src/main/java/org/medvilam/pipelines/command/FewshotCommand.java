package org.medvilam.pipelines.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.medvilam.fewshot.Fewshot;
import org.medvilam.fewshot.FewshotOptions;
import org.medvilam.fewshot.FewshotReport;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws a few-shot subset. */
@Command(
    name = "fewshot",
    description = "Draw a few-shot subset whose training groups meet no test or validation group.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  medvilam fewshot --input out/busi --input out/tbx11k --output out/shots --shots 20 --seed 1",
      "",
      "The output holds records/train-*, records/test-* and fewshot.json: chosen images with their",
      "hashes, shortfalls, every exclusion with its reason, and what could not be proven."
    })
public final class FewshotCommand implements Callable<Integer> {
  /** What to draw once per. */
  enum Per {
    LABEL,
    DATASET
  }

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "RUN",
      description = "Finished conversions, one per dataset.")
  private List<Path> inputs;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "A new directory.")
  private Path output;

  @Option(names = "--shots", defaultValue = "20", paramLabel = "K", description = "Images each.")
  private int shots;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Another seed is another draw.")
  private long seed;

  @Option(names = "--per", defaultValue = "label", description = "label or dataset.")
  private Per per;

  @Option(names = "--overwrite", description = "Replace what an earlier run left there.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print fewshot.json.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (shots < 1) {
      throw new UsageException("--shots: expected at least 1, found " + shots);
    }
    List<RunFolder> runs = new ArrayList<>();
    for (Path input : inputs) {
      runs.add(Runs.open("--input", input));
    }
    FewshotReport report =
        draw(
            runs,
            new FewshotOptions(shots, seed, per == Per.DATASET),
            output,
            overwrite ? OutputFolder.Existing.OVERWRITE : OutputFolder.Existing.REFUSE);
    if (json) {
      System.out.println(
          RecordJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } else {
      print(report, System.out);
      System.out.printf("written to  %s%n", output);
    }
    return ExitCode.DONE;
  }

  /** Draws and writes a subset. */
  static FewshotReport draw(
      List<RunFolder> runs, FewshotOptions options, Path output, OutputFolder.Existing existing)
      throws IOException {
    try {
      Fewshot fewshot = new Fewshot(runs, options);
      return fewshot.write(OutputFolder.prepare(output, existing));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--input: " + e.getMessage());
    }
  }

  /** Prints what a person wants to know of a subset. */
  static void print(FewshotReport report, PrintStream to) {
    to.printf(
        "chosen      %,d images, %,d records to train on%n",
        report.chosen().size(), report.records().getOrDefault("train", 0L));
    to.printf("test        %,d records%n", report.records().getOrDefault("test", 0L));
    report.shortfalls().forEach(s -> to.printf("shortfall   %s%n", s));
    to.printf("excluded    %,d records of held-out groups%n", report.exclusions().size());
    report.unproven().forEach(u -> to.printf("unproven    %s%n", u));
    report.notes().forEach(n -> to.printf("note        %s%n", n));
  }
}
