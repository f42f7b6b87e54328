package org.medvilam.pipelines.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.medvilam.fewshot.DrawMethod;
import org.medvilam.fewshot.Engine;
import org.medvilam.fewshot.Fewshot;
import org.medvilam.fewshot.FewshotOptions;
import org.medvilam.fewshot.FewshotReport;
import org.medvilam.fewshot.picture.PictureMode;
import org.medvilam.pipelines.model.PictureRoots;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.PipelineRun;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.pipelines.run.Runner;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws few-shot subsets. */
@Command(
    name = "fewshot",
    description =
        "Draw a few-shot subset whose training part shares no group and no picture with a held-out one.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam fewshot --input out/busi --input out/tbx11k --output out/shots --shots 20 --seed 1",
      "  medvilam fewshot --input out/busi --output out/draws --seeds 1,2,3,4,5",
      "  medvilam fewshot --input out/busi --output out/shots --runner flink -- --parallelism=4",
      "",
      "The output holds records/train-*, records/test-*, leaks.html to read, and "
          + "fewshot.json: chosen images with their hashes, shortfalls, every exclusion with "
          + "its reason, and what could not be proven. With --seeds it holds a subset per "
          + "seed in seed-1/ and so on, all with the same test part, and a leaks.html and "
          + "fewshot.json on all of them.",
      "",
      "Five shots are the first five of twenty; what --method glip or instances draws "
          + "of five is among what it draws of twenty."
    })
public final class FewshotCommand implements Callable<Integer> {
  /** What to draw once per. */
  enum Per {
    LABEL,
    DATASET
  }

  /** One draw or several. */
  static final class Seeds {
    @Option(names = "--seed", paramLabel = "S", description = "Another seed is another draw (1).")
    private @Nullable Long seed;

    @Option(
        names = "--seeds",
        split = ",",
        paramLabel = "S",
        description = "Several draws from one reading of the runs, e.g. 1,2,3,4,5.")
    private @Nullable List<Long> seeds;
  }

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "RUN",
      description = "Finished conversions, one per dataset; or gs://, s3://, hdfs://.")
  private List<String> inputs;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "A new directory; or gs://, s3://, hdfs://.")
  private String output;

  @Option(names = "--shots", defaultValue = "20", paramLabel = "K", description = "Images each.")
  private int shots;

  @ArgGroup private Seeds seeds = new Seeds();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "label",
      description = {
        "label: K images of each label, one per group (the paper).",
        "glip: at least K images of each label, in one order of all; all records of an image (GLIP).",
        "instances: K instances of each label, whole images that still fit (TFA)."
      })
  private DrawMethod method;

  @Option(
      names = "--per",
      paramLabel = "UNIT",
      defaultValue = "label",
      description = "label, or dataset: K images of each dataset, whatever their labels.")
  private Per per;

  @Option(
      names = "--pictures",
      paramLabel = "PICTURES",
      defaultValue = "perceptual",
      description = {
        "How training pictures are compared with held-out ones.",
        "perceptual: same file, same pixels, or the same to the eye, re-encoded or resized.",
        "exact: same file or same pixels. none: groups and the overlap register alone.",
        "Each is read and decoded once: about 10 ms of a core for 512 x 512, 20 ms for 1024 x 1024;",
        "perceptual costs no more than exact."
      })
  private PictureMode pictures;

  @Mixin private PictureRootOption pictureRoot;

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      description = {
        "direct, flink or dataflow: take the pictures' fingerprints on its workers, for runs of millions.",
        "Without it, on this process's threads. The subset is the same."
      })
  private @Nullable Runner runner;

  @Option(
      names = "--no-wait",
      description = "With --runner: return when the job is submitted, which then draws as well.")
  private boolean noWait;

  @Option(names = "--overwrite", description = "Replace what an earlier run left there.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print fewshot.json.")
  private boolean json;

  @Mixin private BeamFlags beam;

  @Override
  public Integer call() throws IOException {
    if (shots < 1) {
      throw new UsageException("--shots: expected at least 1, found " + shots);
    }
    if (per == Per.DATASET && method != DrawMethod.LABEL) {
      throw new UsageException(
          "--per dataset: expected --method label, found another; the others count per label");
    }
    List<Long> several = seeds.seeds == null ? List.of() : seeds.seeds;
    if (new HashSet<>(several).size() < several.size()) {
      throw new UsageException("--seeds: expected different seeds, found " + several);
    }
    List<RunFolder> runs = new ArrayList<>();
    Locations locations = beam.locations();
    for (String input : inputs) {
      runs.add(Runs.open("--input", locations.store("--input", input)));
    }
    Store place = locations.store("--output", output);
    if (runner == null && beam.given() && !isRemote(locations, runs)) {
      throw new UsageException(
          "Beam's flags after --: expected --runner or remote storage with them, found neither");
    }
    if (runner == null && noWait) {
      throw new UsageException("--no-wait: expected --runner beside it, found none");
    }
    OutputFolder.Existing existing =
        overwrite ? OutputFolder.Existing.OVERWRITE : OutputFolder.Existing.REFUSE;
    FewshotOptions options = new FewshotOptions(shots, method, per == Per.DATASET, pictures);
    PipelineOptions job = runner == null ? null : runner.options(locations.beamFlags());
    Engine engine = job == null ? null : engine(job);
    Drawing drawing = new Drawing(runs, options, pictureRoot.moved(), locations, engine);
    List<Long> seed = List.of(seeds.seed == null ? 1 : seeds.seed);
    if (job != null && noWait) {
      drawing.submit(place, existing, several.isEmpty() ? seed : several, !several.isEmpty(), job);
      System.err.printf("submitted; %s holds fewshot.json when it is drawn%n", output);
      return ExitCode.DONE;
    }
    List<FewshotReport> reports =
        several.isEmpty()
            ? List.of(drawing.one(place, existing, seed.get(0)))
            : drawing.several(place, existing, several);
    if (json) {
      try (InputStream report = place.read(Fewshot.REPORT)) {
        report.transferTo(System.out);
      }
      System.out.flush();
    } else {
      print(reports, System.out);
      System.out.printf("leaks       %s%n", Locations.below(output, Fewshot.PAGE));
      System.out.printf("written to  %s%n", output);
    }
    return ExitCode.DONE;
  }

  private boolean isRemote(Locations locations, List<RunFolder> runs) {
    return locations.haveRemote()
        || pictureRoot.moved().values().stream().anyMatch(Locations::isRemote)
        || runs.stream()
            .flatMap(run -> run.manifest().roots().values().stream())
            .anyMatch(Locations::isRemote);
  }

  private static Engine engine(PipelineOptions options) {
    Progress progress = new Progress(System.err);
    return (steps, pieces, done) -> {
      Pipeline pipeline = Pipeline.create(options);
      steps.accept(pipeline);
      PipelineRun.await(
          pipeline,
          news -> progress.show("looked at pieces of the runs", done.pieces(), pieces, news));
      progress.end("looked at pieces of the runs", pieces, "");
    };
  }

  /**
   * Runs to draw from.
   *
   * @param runs finished runs
   * @param options what to draw
   * @param moved directories of datasets that lie elsewhere now, by dataset
   * @param locations what makes trees of them
   * @param engine what takes the fingerprints of pictures, or null for this process
   */
  record Drawing(
      List<RunFolder> runs,
      FewshotOptions options,
      Map<String, String> moved,
      Locations locations,
      @Nullable Engine engine) {
    /** Draws and writes the subset of a seed. */
    FewshotReport one(Store output, OutputFolder.Existing existing, long seed) throws IOException {
      Fewshot fewshot = fewshot();
      return fewshot.write(OutputFolder.prepare(output, existing), seed);
    }

    /** Submits a job that draws and writes, and returns. */
    void submit(
        Store output,
        OutputFolder.Existing existing,
        List<Long> seeds,
        boolean several,
        PipelineOptions options)
        throws IOException {
      Fewshot fewshot = fewshot();
      Pipeline pipeline = Pipeline.create(options);
      fewshot.steps(pipeline, OutputFolder.prepare(output, existing), seeds, several);
      pipeline.run();
    }

    /** Draws and writes the subsets of several seeds. */
    List<FewshotReport> several(Store output, OutputFolder.Existing existing, List<Long> seeds)
        throws IOException {
      Fewshot fewshot = fewshot();
      return fewshot.writeAll(OutputFolder.prepare(output, existing), seeds);
    }

    private Fewshot fewshot() {
      PictureRoots roots = new PictureRoots(runs, moved, locations);
      Progress progress = new Progress(System.err);
      try {
        return new Fewshot(
            runs, options, roots::of, n -> progress.show("compared pictures", n, 0, ""), engine);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--input: " + e.getMessage());
      }
    }
  }

  /** Prints what a person wants to know of subsets from the same runs. */
  static void print(List<FewshotReport> reports, PrintStream to) {
    for (FewshotReport report : reports) {
      String of = reports.size() == 1 ? "" : "seed %d: ".formatted(report.seed());
      to.printf(
          "chosen      %s%,d images, %,d records to train on%n",
          of, report.images(), report.records().getOrDefault("train", 0L));
      report.shortfalls().forEach(s -> to.printf("shortfall   %s%s%n", of, s));
    }
    FewshotReport any = reports.get(0);
    to.printf("test        %,d records%n", any.records().getOrDefault("test", 0L));
    to.printf("excluded    %,d records%n", any.leaks().excludedRecords());
    any.leaks().excluded().forEach((why, n) -> to.printf("            %,d: %s%n", n, why));
    any.leaks().unproven().forEach(u -> to.printf("unproven    %s%n", u));
    any.leaks().notes().forEach(n -> to.printf("note        %s%n", n));
  }
}
