package org.medvilam.pipelines.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Catalogue;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.export.CroissantExport;
import org.medvilam.records.export.DatasetFacts;
import org.medvilam.records.export.Export;
import org.medvilam.records.export.ExportManifest;
import org.medvilam.records.export.ExportOptions;
import org.medvilam.records.export.ExportTarget;
import org.medvilam.records.export.PictureMode;
import org.medvilam.records.export.Publication;
import org.medvilam.records.store.Store;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run in the form of another system. */
@Command(
    name = "export",
    description =
        "Write a finished run in the form of another system, with a card that explains it.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam export out/busi --to llava --output out/busi-llava --images copy",
      "  medvilam export out/busi --to coco --output out/busi-coco --split train",
      "  medvilam export out/busi --to croissant --output out/busi-card --url https://example.org/busi"
          + " --creator 'Our group' --date-published 2026-11-01",
      "",
      "Records that the target cannot express are named in left-out.jsonl. Exit codes: 0 done, "
          + "1 nothing could be expressed, 2 usage, 3 failure."
    })
public final class ExportCommand implements Callable<Integer> {
  /** Which records. */
  static final class Which {
    @Option(
        names = "--split",
        paramLabel = "SPLIT",
        description = "train, validation or test (default: all).")
    private @Nullable Split split;

    @Option(
        names = "--tasks",
        split = ",",
        paramLabel = "TASK",
        showDefaultValue = CommandLine.Help.Visibility.NEVER,
        description =
            "classification, localization, segmentation, report_generation, vqa (default: all).")
    private List<String> tasks = List.of();

    @Option(
        names = "--limit",
        defaultValue = "0",
        paramLabel = "N",
        description = "At most N pictures per split, in hash order; 0 for all.")
    private int limit;
  }

  /** How they are written. */
  static final class Form extends PictureRootOption {
    @Option(
        names = "--images",
        defaultValue = "reference",
        paramLabel = "WAY",
        description = "copy, link, or reference (paths as the records state them).")
    private PictureMode images;

    @Option(
        names = "--group-by-image",
        description = "llava, qwen: one conversation per picture, not one per record.")
    private boolean groupByImage;

    @Option(
        names = "--points",
        defaultValue = "0",
        paramLabel = "N",
        description = "coco, ofa-tsv: points per outline; 0 for all vertices (coco), 25 (ofa-tsv).")
    private int points;
  }

  /** What only those who publish know. */
  static final class Published {
    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "croissant: page of the published records.")
    private @Nullable String url;

    @Option(
        names = "--creator",
        paramLabel = "NAME",
        showDefaultValue = CommandLine.Help.Visibility.NEVER,
        description = "croissant: who made them; may be repeated.")
    private List<String> creators = List.of();

    @Option(
        names = "--date-published",
        paramLabel = "YYYY-MM-DD",
        description = "croissant: when they were published.")
    private @Nullable String date;
  }

  @Parameters(paramLabel = "RUN", description = "A finished conversion or subset.")
  private Path folder;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TARGET",
      description = "llava, ofa-tsv, qwen, coco or croissant.")
  private String to;

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "A new directory.")
  private Path output;

  @ArgGroup(exclusive = false, heading = "%nRecords%n")
  private Which which = new Which();

  @ArgGroup(exclusive = false, heading = "%nForm%n")
  private Form form = new Form();

  @ArgGroup(exclusive = false, heading = "%nPublication%n")
  private Published published = new Published();

  @Option(names = "--overwrite", description = "Replace what an earlier export left there.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the export's manifest as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RunFolder run = Runs.open("RUN", folder);
    PictureRoots roots = new PictureRoots(run, form.moved());
    ExportOptions options = usage(this::options);
    ExportManifest manifest =
        options.target() == ExportTarget.CROISSANT ? describe(run) : write(run, options, roots);
    if (json) {
      System.out.println(
          RecordJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
    } else {
      print(manifest, System.out);
    }
    return manifest.exported() == 0 ? ExitCode.REJECTED : ExitCode.DONE;
  }

  private static <T> T usage(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException("export: " + e.getMessage());
    }
  }

  private ExportOptions options() {
    Set<Task> tasks = EnumSet.noneOf(Task.class);
    which.tasks.forEach(t -> tasks.add(Task.of(t)));
    return new ExportOptions(
        ExportTarget.of(to),
        which.split,
        tasks,
        which.limit,
        form.images,
        form.groupByImage,
        form.points);
  }

  private ExportManifest write(RunFolder run, ExportOptions options, PictureRoots roots)
      throws IOException {
    if (published.url != null || !published.creators.isEmpty() || published.date != null) {
      throw new UsageException(
          "--url, --creator and --date-published: expected --to croissant, found " + to);
    }
    Export export = usage(() -> new Export(run, options, facts(run)));
    Store store = prepare(run);
    Progress line = new Progress(System.err);
    long total = run.manifest().counts().records();
    ExportManifest manifest = export.write(store, roots::of, n -> line.show("read", n, total, ""));
    line.end("read", manifest.selected(), manifest.exported() + " exported");
    return manifest;
  }

  private ExportManifest describe(RunFolder run) throws IOException {
    Publication publication =
        usage(() -> new Publication(published.url, published.creators, published.date));
    CroissantExport export = new CroissantExport(run, facts(run), publication);
    ExportManifest manifest = export.write(prepare(run));
    for (String missing : publication.missing()) {
      System.err.printf("not stated: %s, which Croissant requires; see --help%n", missing);
    }
    return manifest;
  }

  /** Prepares the output, which must not be where the run or its pictures are. */
  private Store prepare(RunFolder run) throws IOException {
    Path out = output.toAbsolutePath().normalize();
    Path source = folder.toAbsolutePath().normalize();
    boolean above = source.startsWith(out);
    for (String root : run.manifest().roots().values()) {
      above |= Path.of(root).toAbsolutePath().normalize().startsWith(out);
    }
    if (above || out.startsWith(source)) {
      throw new UsageException(
          "--output: expected a directory apart from the run and its datasets, found " + output);
    }
    return OutputFolder.prepare(
        output, overwrite ? OutputFolder.Existing.OVERWRITE : OutputFolder.Existing.REFUSE);
  }

  private static SortedMap<String, DatasetFacts> facts(RunFolder run) {
    SortedMap<String, DatasetFacts> facts = new TreeMap<>();
    for (String name : run.manifest().roots().keySet()) {
      facts.put(
          name,
          Catalogue.find(name)
              .map(Dataset::info)
              .map(ExportCommand::facts)
              .orElseGet(() -> DatasetFacts.unknown(name)));
    }
    return facts;
  }

  private static DatasetFacts facts(DatasetInfo info) {
    return new DatasetFacts(
        info.name(),
        info.title(),
        info.citation(),
        info.licence(),
        info.modality(),
        info.group(),
        info.splits());
  }

  private void print(ExportManifest manifest, PrintStream stream) {
    stream.printf(
        "records     %,d selected = %,d exported + %,d left out%n",
        manifest.selected(), manifest.exported(), manifest.selected() - manifest.exported());
    manifest.leftOut().forEach((reason, n) -> stream.printf("left out    %,d %s%n", n, reason));
    manifest.files().forEach(f -> stream.printf("file        %s%n", f.path()));
    stream.printf("written to  %s%n", output);
  }
}
