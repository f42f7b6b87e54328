package org.medvilam.pipelines.command;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.medvilam.evaluation.check.Check;
import org.medvilam.evaluation.check.CheckOptions;
import org.medvilam.evaluation.check.CheckReport;
import org.medvilam.evaluation.check.RunCheck;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.pipelines.run.ScratchKeys;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a run. */
@Command(
    name = "validate",
    description =
        "Check a finished run by name: regions, answers, labels, pictures, splits, files.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam validate out/busi",
      "  medvilam validate out/busi --json --skip missing-media",
      "",
      "thin-box, huge-box, duplicate-picture and class-imbalance warn, since healthy data has them "
          + "too; every other check fails the run. What a run of --labels-only never read is skipped. "
          + "Exit codes: 0 passed, 1 a check failed, 2 usage, 3 failure."
    })
public final class ValidateCommand implements Callable<Integer> {
  @Mixin private RunOptions source;

  @Option(
      names = "--skip",
      split = ",",
      paramLabel = "CHECK",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "Checks not to make, by name.")
  private List<String> skip = List.of();

  @Option(
      names = "--min-iou",
      defaultValue = "0.5",
      paramLabel = "IOU",
      description = "Least IoU of an outline's points with the native outline.")
  private double minIou;

  @Option(
      names = "--max-ratio",
      defaultValue = "20",
      paramLabel = "N",
      description = "How many times rarer than the most frequent label a label may be.")
  private double maxRatio;

  @Option(
      names = "--examples",
      defaultValue = "5",
      paramLabel = "N",
      description = "Findings of a check that are named.")
  private int examples;

  @Mixin private PictureRootOption pictureRoot;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunFolder run = source.open();
    CheckOptions options = options(run);
    PictureRoots roots = new PictureRoots(List.of(run), pictureRoot.moved(), source.locations());
    Progress line = new Progress(System.err);
    long total = run.manifest().counts().records();
    CheckReport report =
        RunCheck.of(
            run, options, roots::of, ScratchKeys::create, n -> line.show("checked", n, total, ""));
    line.end("checked", report.records(), "");
    if (json) {
      System.out.println(
          RecordJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } else {
      System.out.print(report.text());
    }
    return report.passed() ? ExitCode.DONE : ExitCode.REJECTED;
  }

  private CheckOptions options(RunFolder run) {
    try {
      Set<Check> skipped = EnumSet.noneOf(Check.class);
      skip.forEach(name -> skipped.add(Check.of(name)));
      if ("true".equals(run.manifest().arguments().get("labels_only"))) {
        skipped.add(Check.MISSING_MEDIA);
      }
      if (skipped.contains(Check.MISSING_MEDIA)) {
        skipped.addAll(Set.of(Check.DUPLICATE_PICTURE, Check.PICTURE_ACROSS_SPLITS));
      }
      return new CheckOptions(skipped, minIou, maxRatio, examples);
    } catch (IllegalArgumentException e) {
      throw new UsageException("validate: " + e.getMessage());
    }
  }
}
