package org.medvilam.pipelines.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.count.RunStats;
import org.medvilam.evaluation.count.StatsPage;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.PageFile;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.pipelines.run.ScratchKeys;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts a run. */
@Command(
    name = "stats",
    description = "Count a finished run: splits, tasks, labels, sizes, areas, regions, words.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam stats out/busi",
      "  medvilam stats out/busi --output busi-stats.html"
    })
public final class StatsCommand implements Callable<Integer> {
  @Mixin private RunOptions source;

  @Option(
      names = "--output",
      paramLabel = "FILE.html",
      description = "Also write a page with plots.")
  private @Nullable Path output;

  @Option(names = "--overwrite", description = "Replace an earlier page.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunFolder run = source.open();
    PageFile page = output == null ? null : PageFile.at(output, overwrite);
    Progress line = new Progress(System.err);
    long total = run.manifest().counts().records();
    RunStats stats = RunStats.of(run, ScratchKeys::create, n -> line.show("counted", n, total, ""));
    line.end("counted", stats.records(), "");
    if (json) {
      System.out.println(
          RecordJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(stats));
    } else {
      System.out.print(stats.text());
    }
    if (page != null) {
      page.write(out -> StatsPage.write(stats, source.name(), out));
      System.err.printf("page        %s%n", output);
    }
    return ExitCode.DONE;
  }
}
