package org.medvilam.fewshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.ParDo;
import org.jspecify.annotations.Nullable;
import org.medvilam.fewshot.picture.Fingerprints;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.fewshot.picture.PictureReader;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.codec.ToolVersion;
import org.medvilam.records.store.Store;

/**
 * Draws few-shot subsets from finished runs.
 *
 * <p>Candidates are {@code localization} records of still pictures in the train part, and of
 * volumes or videos where a label has no still picture. Left out are those whose group is in a test
 * or validation part of any of the runs, or is connected with one: through the overlap register,
 * through a picture that is the same as a held-out one, or through other records of the same group.
 * The test part keeps all its localization records.
 *
 * <p>Runs are read front to back up to four times: groups and held-out pictures, candidates'
 * pictures, selection, writing. Memory holds keys of groups and pictures, not records.
 */
public final class Fewshot {
  /** The report's name in the output. */
  public static final String REPORT = "fewshot.json";

  /** The name of the report for people. */
  public static final String PAGE = "leaks.html";

  private final SortedMap<String, RunFolder> byDataset = new TreeMap<>();
  private final List<RunFolder> runs;
  private final FewshotOptions options;
  private final KnownStores stores;
  private final LongConsumer progress;
  private final @Nullable Engine engine;
  private final OverlapRegister register = OverlapRegister.standard();

  /**
   * Prepares a draw.
   *
   * @param runs finished runs, each of one dataset, no dataset twice
   * @param options what to draw
   * @param roots the tree that a dataset's picture paths start from, by the dataset's name
   * @param progress takes the number of pictures compared so far
   * @param engine what takes the fingerprints of pictures, or null for threads of this process
   */
  public Fewshot(
      List<RunFolder> runs,
      FewshotOptions options,
      Function<String, Store> roots,
      LongConsumer progress,
      @Nullable Engine engine) {
    for (RunFolder run : runs) {
      for (String dataset : run.manifest().roots().keySet()) {
        if (byDataset.put(dataset, run) != null) {
          throw new IllegalArgumentException(
              "expected one run per dataset, found two of " + dataset);
        }
      }
    }
    this.runs = byDataset.values().stream().distinct().toList();
    this.options = options;
    SortedMap<String, Store> trees = new TreeMap<>();
    SortedMap<String, Store> derived = new TreeMap<>();
    byDataset.forEach(
        (dataset, run) -> {
          trees.put(dataset, roots.apply(dataset));
          derived.put(dataset, run.store());
        });
    this.stores = new KnownStores(trees, derived);
    this.progress = progress;
    this.engine = engine;
  }

  /**
   * Adds the whole draw to a pipeline: its workers take the fingerprints of pictures, and after the
   * last one of them draws and writes what {@link #write} or {@link #writeAll} would.
   *
   * @param output an empty tree
   * @param several whether each seed has a tree of its own below that one; otherwise there is one
   */
  public void steps(Pipeline pipeline, Store output, List<Long> seeds, boolean several) {
    List<RunFolder> compared = options.pictures() == PictureMode.NONE ? List.of() : runs;
    new FingerprintJob(compared, options.pictures(), stores, output)
        .steps(pipeline)
        .apply("AwaitAll", Count.globally())
        .apply("Draw", ParDo.of(new DrawFn(runs, options, stores, output, seeds, several)));
  }

  /** Writes the subset of a seed into an empty tree and returns its report. */
  public FewshotReport write(Store output, long seed) throws IOException {
    try (ExclusionLog excluded = new ExclusionLog()) {
      FewshotReport report = draw(output, Map.of(seed, output), excluded).get(0);
      output.delete(FingerprintJob.WORK);
      return report;
    }
  }

  /**
   * Writes a subset per seed below an empty tree, in {@code seed-1/} and so on, and a report on
   * all.
   *
   * <p>Their test parts have the same bytes.
   *
   * @param output an empty tree
   * @param seeds different seeds
   * @return a report per seed, in the order of the seeds
   */
  public List<FewshotReport> writeAll(Store output, List<Long> seeds) throws IOException {
    Map<Long, Store> outputs = new LinkedHashMap<>();
    for (long seed : seeds) {
      if (outputs.put(seed, output.below(SeedsReport.folder(seed))) != null) {
        throw new IllegalArgumentException("seeds must be different, but were: " + seeds);
      }
    }
    try (ExclusionLog excluded = new ExclusionLog()) {
      List<FewshotReport> reports = draw(output, outputs, excluded);
      LeakPage page = new LeakPage(register, stores, excluded);
      page.write(output, reports);
      ReportFile.write(output, SeedsReport.of(reports), excluded);
      output.delete(FingerprintJob.WORK);
      return reports;
    }
  }

  private List<FewshotReport> draw(Store work, Map<Long, Store> outputs, ExclusionLog excluded)
      throws IOException {
    List<Draw> draws = outputs.keySet().stream().map(seed -> new Draw(options, seed)).toList();
    try (LeakScan scan = scan(work)) {
      select(scan, draws, excluded);
      List<SubsetWriter> writers = write(scan, draws, List.copyOf(outputs.values()));
      LeakReport leaks = scan.report(excluded.counts(), rootNames());
      List<FewshotReport> reports = new ArrayList<>();
      int i = 0;
      for (Store output : outputs.values()) {
        Draw draw = draws.get(i);
        SubsetWriter writer = writers.get(i++);
        FewshotReport report =
            new FewshotReport(
                draw.seed(),
                options.shots(),
                options.per(),
                options.methodName(),
                draw.chosen(),
                draw.shortfalls(),
                writer.written(),
                leaks);
        ReportFile.write(output, report, excluded);
        new LeakPage(register, stores, excluded).write(output, List.of(report));
        RunFolder.finish(output, manifest(writer, leaks, draw.seed()));
        reports.add(report);
      }
      return reports;
    }
  }

  private LeakScan scan(Store work) throws IOException {
    try (Fingerprints prints = fingerprints(work)) {
      return LeakScan.of(runs, register, options, prints, progress);
    }
  }

  private @Nullable Fingerprints fingerprints(Store work) throws IOException {
    if (options.pictures() == PictureMode.NONE) {
      return null;
    }
    return engine == null
        ? new PictureReader(options.pictures(), stores, PictureReader.threads())
        : new FingerprintJob(runs, options.pictures(), stores, work).run(engine);
  }

  private void select(LeakScan scan, List<Draw> draws, ExclusionLog excluded) throws IOException {
    for (RunFolder run : runs) {
      run.forEach(
          null,
          r -> {
            if (!scan.isCandidate(r)) {
              return;
            }
            draws.forEach(draw -> draw.name(r));
            Optional<Conflict> conflict = scan.conflict(r);
            if (conflict.isPresent()) {
              excluded.add(r, conflict.get());
            } else {
              draws.forEach(draw -> draw.offer(r, scan.instances(r)));
            }
          });
    }
    draws.forEach(Draw::finish);
  }

  private List<SubsetWriter> write(LeakScan scan, List<Draw> draws, List<Store> outputs)
      throws IOException {
    List<SubsetWriter> writers = new ArrayList<>();
    try {
      for (Store output : outputs) {
        writers.add(new SubsetWriter(output));
      }
      for (RunFolder run : runs) {
        run.forEach(null, r -> write(scan, draws, writers, run, r));
      }
      for (SubsetWriter writer : writers) {
        writer.finish();
      }
      return writers;
    } finally {
      for (SubsetWriter writer : writers) {
        writer.close();
      }
    }
  }

  private static void write(
      LeakScan scan,
      List<Draw> draws,
      List<SubsetWriter> writers,
      RunFolder run,
      InstructionRecord r)
      throws IOException {
    boolean test = r.task() == Task.LOCALIZATION && HeldOutGroups.part(r) == Split.TEST;
    boolean candidate = !test && scan.isCandidate(r) && scan.conflict(r).isEmpty();
    for (int i = 0; i < draws.size(); i++) {
      if (test) {
        writers.get(i).write(run, r, Split.TEST);
      } else if (candidate && draws.get(i).takes(r)) {
        writers.get(i).write(run, r, Split.TRAIN);
      }
    }
  }

  private SortedMap<String, String> rootNames() {
    SortedMap<String, String> names = new TreeMap<>();
    stores.roots().forEach((dataset, tree) -> names.put(dataset, tree.uri()));
    return names;
  }

  private Manifest manifest(SubsetWriter writer, LeakReport leaks, long seed) {
    SortedMap<String, String> arguments = new TreeMap<>();
    arguments.put("shots", Integer.toString(options.shots()));
    arguments.put("seed", Long.toString(seed));
    arguments.put("per", options.per());
    arguments.put("method", options.methodName());
    arguments.put("pictures", options.comparison());
    List<String> converters = new ArrayList<>();
    runs.forEach(run -> converters.addAll(run.manifest().converters()));
    return new Manifest(
        ToolVersion.CURRENT,
        "fewshot",
        arguments,
        converters,
        rootNames(),
        Hashing.hex(leaks.inputs().toString()),
        writer.counts(),
        writer.files());
  }
}
