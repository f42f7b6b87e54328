package org.medvilam.pipelines.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.ListingException;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;
import org.medvilam.transforms.ConvertJob;
import org.medvilam.transforms.ConvertShards;
import org.medvilam.transforms.ItemPlan;
import org.medvilam.transforms.RunFinisher;
import org.medvilam.transforms.RunProgress;
import org.medvilam.transforms.ShardProgress;
import org.medvilam.transforms.ShardSpec;

/** A conversion from a checked tree to a finished run. */
public final class ConvertRun {
  private static final String CONVERTED = "converted";

  private final ConvertJob job;
  private final PrintStream err;

  /**
   * Prepares a conversion.
   *
   * @param job what to convert, and where to
   * @param err receives progress
   */
  public ConvertRun(ConvertJob job, PrintStream err) {
    this.job = job;
    this.err = err;
  }

  /**
   * Compares an input with the layout of a dataset.
   *
   * @return the dataset's root
   * @throws UsageException with the expected tree and the first difference
   */
  public static Store checkLayout(Dataset dataset, Store store, Settings settings)
      throws IOException {
    String tree = String.join("\n  ", dataset.info().tree());
    if (!store.isFolder("")) {
      throw new UsageException(
          "--input: expected the directory of %s, found %s: %s\nexpected tree:\n  %s"
              .formatted(
                  dataset.info().name(),
                  store.exists("") ? "a file" : "nothing",
                  store.uri(),
                  tree));
    }
    LayoutCheck check = dataset.check(store, settings);
    if (check.problem() != null) {
      throw new UsageException(
          "--input: %s does not hold %s: %s\nexpected tree:\n  %s"
              .formatted(store.uri(), dataset.info().name(), check.problem(), tree));
    }
    return check.prefix().isEmpty() ? store : store.below(check.prefix());
  }

  /**
   * Returns the manifest of a run that stands in the output already.
   *
   * @throws UsageException if it was made with other arguments
   */
  public Optional<Manifest> finished() throws IOException {
    if (!job.output().exists(RunFolder.SUCCESS)) {
      return Optional.empty();
    }
    Manifest manifest = RunFolder.open(job.output()).manifest();
    if (!manifest.arguments().equals(job.arguments())) {
      throw new UsageException(
          "--resume: expected a run with these arguments in %s, found a finished one with %s; use --overwrite"
              .formatted(job.output().uri(), manifest.arguments()));
    }
    return Optional.of(manifest);
  }

  /** Lists the items and cuts them into shards; needs scratch space on the local disk. */
  public ItemPlan plan() throws IOException {
    Path scratch = Files.createTempDirectory("medvilam-");
    Progress line = new Progress(err);
    try {
      ItemPlan plan = ItemPlan.write(job, scratch, n -> line.show("listed", n, 0, ""));
      line.end("listed", plan.items(), "");
      return plan;
    } catch (ListingException e) {
      if (!job.output().isFolder(RunFolder.RECORDS)) {
        job.output().delete("");
      }
      throw new UsageException(
          "%s of %s cannot be listed: %s"
              .formatted(job.root().uri(), job.dataset(), e.getMessage()));
    } finally {
      LocalStore.of(scratch).delete("");
    }
  }

  /**
   * Converts every shard of a plan and finishes the run.
   *
   * @param options of a {@link Runner}
   * @return the manifest of the finished run
   */
  public Manifest run(ItemPlan plan, PipelineOptions options) throws IOException {
    Thread farewell = new Thread(this::sayHowToGoOn);
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      if (plan.shards().isEmpty()) {
        return new RunFinisher(job, plan).finish();
      }
      execute(plan, options);
      return RunFolder.open(job.output()).manifest();
    } finally {
      RunProgress.forget(job.output().uri());
      Runtime.getRuntime().removeShutdownHook(farewell);
    }
  }

  /** Submits the conversion of a plan and returns; the job itself finishes the run. */
  public void submit(ItemPlan plan, PipelineOptions options) throws IOException {
    if (plan.shards().isEmpty()) {
      new RunFinisher(job, plan).finish();
    } else {
      pipeline(plan, options).run();
    }
  }

  private Pipeline pipeline(ItemPlan plan, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            "ReadPlan", Create.of(plan.shards()).withCoder(SerializableCoder.of(ShardSpec.class)))
        .apply("Convert", ConvertShards.of(job, plan));
    return pipeline;
  }

  private void execute(ItemPlan plan, PipelineOptions options) throws IOException {
    Pipeline pipeline = pipeline(plan, options);
    RunProgress here = RunProgress.of(job.output().uri());
    ShardProgress done = new ShardProgress(job.output(), plan);
    boolean remote = PipelineRun.isRemote(options);
    Progress line = new Progress(err);
    try {
      PipelineRun.await(
          pipeline,
          news -> {
            if (remote) {
              done.refresh();
              line.show(CONVERTED, done.items(), plan.items(), rejected(done.rejected()) + news);
            } else {
              line.show(CONVERTED, here.items(), plan.items(), rejected(here.rejected()));
            }
          });
    } catch (IOException e) {
      throw new IOException(
          "the conversion failed: %s; the same command with --resume goes on"
              .formatted(e.getMessage()),
          e);
    }
    Counts counts = RunFolder.open(job.output()).manifest().counts();
    line.end(CONVERTED, plan.items(), rejected(counts.rejections()));
  }

  private static String rejected(long n) {
    return n + " rejected";
  }

  private void sayHowToGoOn() {
    err.printf(
        "%nstopped: %s has no %s; run the same command with --resume to go on, or --overwrite%n",
        job.output().uri(), RunFolder.SUCCESS);
  }
}
