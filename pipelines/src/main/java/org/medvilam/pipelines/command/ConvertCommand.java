package org.medvilam.pipelines.command;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.FormDetection;
import org.medvilam.converters.Settings;
import org.medvilam.pipelines.run.ConvertRun;
import org.medvilam.pipelines.run.ExitCode;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.pipelines.run.OutputFolder;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.store.Store;
import org.medvilam.transforms.ConvertJob;
import org.medvilam.transforms.Embedding;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Converts a dataset. */
@Command(
    name = "convert",
    description = "Convert a dataset, as its owners distribute it, to instruction records.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  medvilam convert --dataset busi --input Dataset_BUSI_with_GT --output out/busi",
      "  medvilam convert --dataset coco --input my-set --output out/my-set --tasks localization",
      "  medvilam convert --dataset auto --input my-set --output out/my-set",
      "  medvilam convert --dataset deeplesion --input DL --labels-only --output out/dl --max-rejected 5%%",
      "  medvilam convert --dataset busi --input BUSI --output out --runner flink -- --parallelism=4",
      "  medvilam convert --dataset busi --input gs://data/BUSI --output gs://data/out",
      "  medvilam convert --dataset busi --input s3://data/BUSI --output out -- --awsRegion=eu-west-1",
      "  medvilam convert --dataset busi --input BUSI --output out --format webdataset"
          + " --embed-images jpeg --max-side 896",
      "",
      "Exit codes: 0 done, 1 more rejected than allowed (the good records are there), 2 usage, 3 failure."
    })
public final class ConvertCommand implements Callable<Integer> {
  private static final String AUTO = "auto";

  /** What goes in. */
  static final class Input {
    @Option(
        names = "--dataset",
        required = true,
        paramLabel = "NAME",
        description =
            "Dataset; see 'medvilam datasets'. 'auto' looks for the tree of a known release or label"
                + " files of a known form, and says what it found.")
    private String dataset;

    @Option(
        names = "--input",
        required = true,
        paramLabel = "DIR",
        description = "The dataset's directory, or the one above it; or gs://, s3://, hdfs://.")
    private String input;

    @Option(
        names = "--labels-only",
        description = "Convert label files alone, where they carry the picture size.")
    private boolean labelsOnly;

    @Option(
        names = "--annotations",
        paramLabel = "FILE",
        description =
            "The one label file of coco, cvat, kaggle-rle, label-studio or via; yolo: names of the"
                + " classes; endovis18: ISINet's class table; relative to --input (default: look"
                + " for it).")
    private @Nullable String annotations;

    @Option(
        names = "--label",
        defaultValue = Settings.DEFAULT_LABEL,
        paramLabel = "TEXT",
        description = "masks, kaggle-rle: what masks without a label show.")
    private String label;

    @Option(
        names = "--zero-based",
        description = "voc: boxes count from 0 and end outside, as many tools write them.")
    private boolean zeroBased;

    @Option(
        names = "--limit",
        defaultValue = "0",
        paramLabel = "N",
        description = "At most N items per split, in hash order; 0 for all.")
    private int limit;
  }

  /** What the records are. */
  static final class Shape {
    @Option(
        names = "--tasks",
        split = ",",
        paramLabel = "TASK",
        showDefaultValue = CommandLine.Help.Visibility.NEVER,
        description = "classification, localization, segmentation (default: all).")
    private List<String> tasks = List.of();

    @Option(
        names = "--points",
        defaultValue = "25",
        paramLabel = "N",
        description = "Points per outline.")
    private int points;

    @Option(
        names = "--expand",
        paramLabel = "regions",
        description = "'regions': one record per region instead of one per label.")
    private @Nullable String expand;

    @Option(
        names = "--min-component",
        defaultValue = "10",
        paramLabel = "N",
        description = "Mask components of fewer pixels are left out and counted.")
    private int minComponent;
  }

  /** Where they go. */
  static final class Output {
    @Option(
        names = "--output",
        required = true,
        paramLabel = "DIR",
        description = "A new directory; or gs://, s3://, hdfs://.")
    private String output;

    @Option(
        names = "--format",
        defaultValue = "jsonl",
        paramLabel = "FORMAT",
        description = "jsonl, parquet, tfrecord or webdataset (which stores the pictures too).")
    private String format;

    @Option(
        names = "--embed-images",
        paramLabel = "png|jpeg",
        description =
            "tfrecord, webdataset: store the pictures encoded anew, 8 bits (webdataset's default:"
                + " the files as they are).")
    private @Nullable String embedImages;

    @Option(
        names = "--max-side",
        defaultValue = "0",
        paramLabel = "N",
        description = "--embed-images: make larger pictures smaller; 0 for any size.")
    private int maxSide;

    @Option(
        names = "--shards",
        defaultValue = "0",
        paramLabel = "N",
        description = "Files per split; 0 for one per 1,000 items.")
    private int shards;

    @Option(names = "--overwrite", description = "Replace what an earlier run left there.")
    private boolean overwrite;

    @Option(
        names = "--resume",
        description = "Go on where a broken-off run with the same arguments stopped.")
    private boolean resume;

    @Option(
        names = "--max-rejected",
        defaultValue = "0",
        paramLabel = "N|P%",
        description = "Exit 1 when more rejections, or a larger share of items, than this.")
    private String maxRejected;

    @Option(names = "--dry-run", description = "Check the tree and list the items; write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the manifest as JSON.")
    private boolean json;
  }

  @ArgGroup(exclusive = false, multiplicity = "1", heading = "%nInput%n")
  private Input in;

  @ArgGroup(exclusive = false, heading = "%nRecords%n")
  private Shape shape = new Shape();

  @ArgGroup(exclusive = false, multiplicity = "1", heading = "%nOutput%n")
  private Output out;

  @Mixin private RunnerOptions engine;

  @Override
  public Integer call() throws IOException {
    RejectionThreshold threshold = RejectionThreshold.parse(out.maxRejected);
    Settings settings = new Settings(in.labelsOnly, in.label, in.annotations, in.zeroBased);
    Locations locations = engine.locations();
    Store input = locations.store("--input", in.input);
    Dataset dataset =
        in.dataset.equals(AUTO) ? detected(input, settings) : DatasetsCommand.find(in.dataset);
    InstructionOptions instructions = instructions(dataset.info());
    RecordFormat format = usage("--format", () -> RecordFormat.of(out.format));
    checkNumbers();
    OutputFolder.Existing existing = OutputFolder.Existing.of(out.overwrite, out.resume);
    Embedding embedding = embedding(format, settings);
    Store root = ConvertRun.checkLayout(dataset, input, settings);
    Store place = locations.store("--output", out.output);
    PipelineOptions options = engine.options(locations.beamFlags(), false);
    Store output = out.dryRun ? DryRun.scratch() : OutputFolder.prepare(place, existing);
    ConvertJob job =
        new ConvertJob(
            dataset.info().name(),
            root,
            output,
            settings,
            instructions,
            format,
            out.shards,
            in.limit,
            embedding);
    ConvertRun run = new ConvertRun(job, System.err);
    if (out.dryRun) {
      DryRun.print(run.plan(), root, output);
      return ExitCode.DONE;
    }
    Optional<Manifest> before = out.resume ? run.finished() : Optional.empty();
    if (before.isEmpty() && engine.submitsOnly()) {
      run.submit(run.plan(), options);
      System.err.printf("submitted; %s holds _SUCCESS when the run is finished%n", out.output);
      return ExitCode.DONE;
    }
    Manifest manifest = before.isPresent() ? before.get() : run.run(run.plan(), options);
    print(manifest);
    if (threshold.isPassedBy(manifest.counts())) {
      if (manifest.counts().items("converted") == 0) {
        System.err.println("no item could be converted: is --input the whole dataset?");
      }
      System.err.printf(
          "rejected more than --max-rejected %s allows; see %s%n",
          out.maxRejected, Locations.below(out.output, "rejected"));
      return ExitCode.REJECTED;
    }
    return ExitCode.DONE;
  }

  /** Returns the dataset that the input is of, and says what was found. */
  private Dataset detected(Store input, Settings settings) throws IOException {
    if (!input.isFolder("")) {
      throw new UsageException("--input: expected a directory, found none: " + in.input);
    }
    FormDetection found = FormDetection.of(input, settings);
    found.candidates().forEach(c -> System.err.println("found " + c));
    if (found.candidates().isEmpty()) {
      throw new UsageException(
          "--dataset auto: expected the tree of a known release or label files of a known form under %s, found none; see 'medvilam datasets'"
              .formatted(in.input));
    }
    Dataset dataset =
        found
            .clear()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--dataset auto: expected one dataset that fits best under %s, found those above; name one"
                            .formatted(in.input)));
    System.err.println("converting as " + dataset.info().name());
    return dataset;
  }

  private void print(Manifest manifest) throws IOException {
    if (out.json) {
      System.out.println(
          RecordJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(manifest));
    } else {
      ConvertSummary.print(manifest, out.output, System.out);
    }
  }

  private InstructionOptions instructions(DatasetInfo info) {
    if (shape.expand != null && !shape.expand.equals("regions")) {
      throw new UsageException("--expand: expected 'regions', found '" + shape.expand + "'");
    }
    Set<Task> tasks = EnumSet.noneOf(Task.class);
    for (String task : shape.tasks) {
      tasks.add(usage("--tasks", () -> Task.of(task)));
    }
    if (!info.tasks().containsAll(tasks)) {
      throw new UsageException(
          "--tasks: %s has %s, found %s"
              .formatted(
                  info.name(),
                  info.tasks().stream().sorted().map(Task::key).toList(),
                  shape.tasks));
    }
    Set<Task> asked = tasks.isEmpty() ? info.tasks() : tasks;
    return usage(
        "options",
        () ->
            new InstructionOptions(asked, shape.points, shape.minComponent, shape.expand != null));
  }

  private Embedding embedding(RecordFormat format, Settings settings) {
    if (out.embedImages == null) {
      if (out.maxSide != 0) {
        throw new UsageException("--max-side: expected --embed-images png or jpeg beside it");
      }
      return Embedding.standard(format, settings);
    }
    if (!format.holdsPictures()) {
      throw new UsageException(
          "--embed-images: expected --format tfrecord or webdataset, found " + format.key());
    }
    if (settings.labelsOnly()) {
      throw new UsageException("--embed-images: expected pictures, found --labels-only");
    }
    return usage(
        "--embed-images",
        () -> new Embedding(Embedding.Form.encoded(out.embedImages), out.maxSide));
  }

  private void checkNumbers() {
    if (out.shards < 0 || in.limit < 0 || out.maxSide < 0) {
      throw new UsageException("--shards, --limit and --max-side: expected 0 or more");
    }
  }

  private static <T> T usage(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }
}
