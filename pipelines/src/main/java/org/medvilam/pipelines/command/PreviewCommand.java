package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.preview.Preview;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.model.ShownPictures;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.PageFile;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a run. */
@Command(
    name = "preview",
    description = "Write one page to look at a run: pictures, regions, instructions, answers.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam preview out/busi --output busi.html",
      "  medvilam preview out/busi --output rejected.html --only rejected",
      "",
      "The page holds its pictures and needs no network. Records are drawn by the SHA-256 of their "
          + "ids, and the page says of how many."
    })
public final class PreviewCommand implements Callable<Integer> {
  /** What is shown. */
  enum Only {
    /** Records. */
    RECORDS,
    /** What gave no record. */
    REJECTED
  }

  @Mixin private RunOptions source;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.html",
      description = "The page to write.")
  private Path output;

  @Option(
      names = "--only",
      paramLabel = "WHICH",
      defaultValue = "records",
      description = "records, or rejected: what gave no record, and why.")
  private Only only;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "train, validation or test (default: all).")
  private @Nullable Split split;

  @Option(names = "--task", paramLabel = "TASK", description = "One task only (default: all).")
  private @Nullable String task;

  @Option(names = "--label", paramLabel = "LABEL", description = "One label only (default: all).")
  private @Nullable String label;

  @Option(
      names = "--limit",
      defaultValue = "500",
      paramLabel = "N",
      description = "At most N records, by hash.")
  private int limit;

  @Option(
      names = "--pixels",
      defaultValue = "512",
      paramLabel = "N",
      description = "Longer side of the pictures at most.")
  private int pixels;

  @Mixin private PictureRootOption pictureRoot;

  @Option(names = "--overwrite", description = "Replace an earlier page.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    if (limit < 1 || pixels < 1) {
      throw new UsageException(
          "--limit and --pixels: expected at least 1, found %d and %d".formatted(limit, pixels));
    }
    RunFolder run = source.open();
    PageFile page = PageFile.at(output, overwrite);
    ShownPictures pictures =
        new ShownPictures(
            run, new PictureRoots(List.of(run), pictureRoot.moved(), source.locations()), pixels);
    String title = source.name();
    Preview preview =
        only == Only.REJECTED
            ? Preview.ofRejections(run, title, limit, pictures)
            : Preview.ofRecords(run, title, split, filter(), limit, pictures);
    page.write(preview::write);
    System.out.printf(
        "%,d of %,d %s in %s%n",
        preview.shown(), preview.total(), only == Only.REJECTED ? "rejections" : "records", output);
    return ExitCode.DONE;
  }

  private Predicate<InstructionRecord> filter() {
    try {
      Task of = task == null ? null : Task.of(task);
      return r -> (of == null || r.task() == of) && (label == null || label.equals(r.label()));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--task: " + e.getMessage());
    }
  }
}
