package org.medvilam.pipelines.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.jspecify.annotations.Nullable;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.pipelines.run.PipelineRun;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.pipelines.run.Runs;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.JsonLines;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RecordReader;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;
import org.medvilam.trainer.Engine;
import org.medvilam.trainer.FeatureStore;
import org.medvilam.trainer.RecordExamples;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.nn.VisionConfig;
import org.medvilam.transforms.Patience;

/**
 * Computes the frozen features of a run's pictures, once each, on any runner.
 *
 * <p>The pictures are listed in the order of the records and cut into ranges; a worker encodes a
 * range and writes one file, so no picture is shuffled and a retried range writes the same bytes.
 * What is finished is noted beside it, so that a run that was broken off can go on. A process loads
 * the base once, whatever it encodes, and the one that starts the job not at all.
 */
public final class EncodeFeatures implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String REJECTED = "rejected/rejected-00000-of-00001.jsonl";

  /** About how many bytes of features a worker holds at once. */
  private static final long RANGE_BYTES = 64L << 20;

  private final Store run;
  private final TreeMap<String, Store> roots;
  private final String model;
  private final @Nullable String decoder;
  private final Engine engine;
  private final Store output;
  private final boolean flips;
  private final long rangeBytes;
  private final transient PrintStream err;

  /** Tells the jobs of a process apart. */
  private final String job = UUID.randomUUID().toString();

  /**
   * Prepares the work.
   *
   * @param run a finished run
   * @param roots the trees that datasets' picture paths start from, by dataset
   * @param model the base, as users name it
   * @param decoder the decoder of a base of two parts, otherwise null
   * @param engine what computes the features, one that was chosen: every worker uses the same
   * @param output the tree to fill
   * @param flips whether mirrored forms are encoded too
   * @param err receives progress
   */
  public EncodeFeatures(
      Store run,
      Map<String, Store> roots,
      String model,
      @Nullable String decoder,
      Engine engine,
      Store output,
      boolean flips,
      PrintStream err) {
    this(run, roots, model, decoder, engine, output, flips, RANGE_BYTES, err);
  }

  /** Prepares the work; {@code rangeBytes} is about how many bytes a worker holds at once. */
  EncodeFeatures(
      Store run,
      Map<String, Store> roots,
      String model,
      @Nullable String decoder,
      Engine engine,
      Store output,
      boolean flips,
      long rangeBytes,
      PrintStream err) {
    this.run = run;
    this.roots = new TreeMap<>(roots);
    this.model = model;
    this.decoder = decoder;
    this.engine = engine;
    this.output = output;
    this.flips = flips;
    this.rangeBytes = rangeBytes;
    this.err = err;
  }

  /**
   * What was done: every picture listed was encoded or rejected.
   *
   * @param pictures pictures listed
   * @param rejected pictures that could not be read, each named in the output
   * @param features features written, mirrored forms included, equal pictures once
   */
  public record Counts(long pictures, long rejected, long features) {}

  /**
   * Encodes the pictures of a split, or of all splits where it is null.
   *
   * @param resume whether to keep the ranges that an earlier run finished, if it was one with the
   *     same arguments
   * @throws UsageException if it was not
   */
  public Counts run(@Nullable Split split, boolean resume, PipelineOptions options)
      throws IOException {
    EncodePlan plan = plan(split, resume);
    List<Integer> pending = pending(plan, resume);
    Thread farewell = new Thread(this::sayHowToGoOn);
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      if (pending.isEmpty()) {
        finish(plan.ranges());
      } else {
        encode(plan, pending, options);
      }
    } finally {
      EncodeWorker.forget(job);
      Runtime.getRuntime().removeShutdownHook(farewell);
    }
    return new Counts(
        plan.pictures(),
        rejections(),
        FeatureStore.finished(output)
            .orElseThrow(() -> new IOException("expected a card in " + output.uri())));
  }

  private long rejections() throws IOException {
    try (BufferedReader lines = JsonLines.reader(output, REJECTED)) {
      return lines.lines().count();
    }
  }

  /** Submits the work and returns; the job itself finishes the output. */
  public void submit(@Nullable Split split, boolean resume, PipelineOptions options)
      throws IOException {
    EncodePlan plan = plan(split, resume);
    pipeline(plan, pending(plan, resume), options).run();
  }

  private EncodePlan plan(@Nullable Split split, boolean resume) throws IOException {
    if (resume && output.exists(CheckpointFiles.CARD)) {
      throw new UsageException(
          "--resume: expected a run that was broken off in %s, found a finished one; use it, or"
                  .formatted(output.uri())
              + " --overwrite");
    }
    VisionConfig vision = Models.vision(model, decoder);
    SortedMap<String, String> arguments = arguments(split);
    Optional<EncodePlan> found = resume ? EncodePlan.find(output) : Optional.empty();
    if (found.isPresent() && !found.get().arguments().equals(arguments)) {
      throw new UsageException(
          "--resume: expected a run with these arguments in %s, found one with %s; use --overwrite"
              .formatted(output.uri(), found.get().arguments()));
    }
    return found.isPresent() ? found.get() : list(split, vision, arguments);
  }

  private List<Integer> pending(EncodePlan plan, boolean resume) throws IOException {
    List<Integer> pending = plan.pending(output);
    if (resume) {
      err.printf(
          "resumed     %,d of %,d ranges were finished%n",
          plan.ranges() - pending.size(), plan.ranges());
    }
    return pending;
  }

  private void sayHowToGoOn() {
    err.printf(
        "%nstopped: %s is not finished; run the same command with --resume to keep the ranges that"
            + " are, or --overwrite%n",
        output.uri());
  }

  private SortedMap<String, String> arguments(@Nullable Split split) {
    RunFolder folder = Runs.open("--input", run);
    SortedMap<String, String> arguments = new TreeMap<>();
    arguments.put("input", folder.manifest().inputFingerprint());
    arguments.put("records", Hashing.hex(folder.manifest().files().toString()));
    arguments.put("split", split == null ? "all" : split.key());
    arguments.put("model", model);
    arguments.put("decoder", decoder == null ? "none" : decoder);
    arguments.put("engine", engine.toString());
    arguments.put("flips", Boolean.toString(flips));
    return arguments;
  }

  private Pipeline pipeline(EncodePlan plan, List<Integer> pending, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Ranges", Create.of(pending).withCoder(VarIntCoder.of()))
        .apply("Encode", ParDo.of(new EncodeFn(this)))
        .apply("AwaitAll", Count.globally())
        .apply("Finish", ParDo.of(new FinishFn(this, plan.ranges())));
    return pipeline;
  }

  private void encode(EncodePlan plan, List<Integer> pending, PipelineOptions options)
      throws IOException {
    boolean remote = PipelineRun.isRemote(options);
    Progress line = new Progress(err);
    int before = plan.ranges() - pending.size();
    long each = (plan.pictures() + plan.ranges() - 1) / Math.max(1, plan.ranges());
    long kept = Math.min(plan.pictures(), before * each);
    line.goOnFrom(remote ? before : kept);
    EncodeWorker here = EncodeWorker.of(job);
    PipelineRun.await(
        pipeline(plan, pending, options),
        news -> {
          if (remote) {
            line.show("encoded ranges", before + finished(pending), plan.ranges(), news);
          } else {
            line.show("encoded", kept + here.pictures(), plan.pictures(), "");
          }
        });
    line.goOnFrom(kept);
    line.end("encoded", plan.pictures(), before + " of " + plan.ranges() + " ranges kept");
  }

  private long finished(List<Integer> pending) throws IOException {
    long finished = 0;
    for (int range : pending) {
      finished += EncodePlan.done(output, range).isPresent() ? 1 : 0;
    }
    return finished;
  }

  /** Puts together what became of all ranges; doing it again changes nothing. */
  private void finish(int ranges) throws IOException {
    if (FeatureStore.finished(output).isPresent()) {
      return;
    }
    long features = 0;
    EncodePlan.Done any = null;
    String temporary = REJECTED + RunFolder.TEMPORARY;
    try (OutputStream rejected = output.write(temporary)) {
      for (int i = 0; i < ranges; i++) {
        int range = i;
        EncodePlan.Done done =
            EncodePlan.done(output, i)
                .orElseThrow(() -> new IOException("range %d was not encoded".formatted(range)));
        if (any != null && !any.base().equals(done.base())) {
          throw new UsageException(
              "--resume: expected ranges of one base in %s, found those of %.12s… and %.12s…;"
                      .formatted(output.uri(), any.base(), done.base())
                  + " use --overwrite");
        }
        any = done;
        features += done.features();
        rejected.write(output.readAll(EncodePlan.rejected(i)));
      }
    }
    output.move(temporary, REJECTED);
    if (any == null) {
      VisionLanguageModel base = Models.base(model, decoder);
      FeatureStore.finish(output, base.name(), base.baseSha256(), engine, 0);
    } else {
      FeatureStore.finish(output, any.name(), any.base(), engine, features);
    }
    output.delete(EncodePlan.WORK);
  }

  /** Writes the first record of each picture to lists, each of what a worker can hold at once. */
  private EncodePlan list(
      @Nullable Split split, VisionConfig vision, SortedMap<String, String> arguments)
      throws IOException {
    long bytes = (long) Float.BYTES * vision.patches() * vision.width() * (flips ? 4 : 1);
    int size = (int) Math.max(1, rangeBytes / bytes);
    Set<String> seen = new HashSet<>();
    List<InstructionRecord> range = new ArrayList<>();
    int[] ranges = new int[1];
    Runs.open("--input", run)
        .forEach(
            split,
            r -> {
              if (StillPictures.are(r) && seen.add(r.dataset() + "|" + key(r.media()))) {
                range.add(r);
              }
              if (range.size() == size) {
                write(ranges[0]++, range);
              }
            });
    if (!range.isEmpty()) {
      write(ranges[0]++, range);
    }
    EncodePlan plan = new EncodePlan(arguments, seen.size(), ranges[0]);
    plan.write(output);
    return plan;
  }

  private static String key(Media media) throws IOException {
    return RecordJson.mapper().writeValueAsString(media);
  }

  private void write(int range, List<InstructionRecord> records) throws IOException {
    try (OutputStream out = output.write(EncodePlan.pictures(range));
        RecordWriter writer = RecordFormat.JSONL.writer(out)) {
      for (InstructionRecord r : records) {
        writer.write(r);
      }
    }
    records.clear();
  }

  /** Encodes one range. */
  private void encode(int number) throws IOException {
    EncodeWorker worker = EncodeWorker.of(job);
    VisionLanguageModel base = worker.base(model, decoder, engine);
    RunFolder folder = Runs.open("--input", run);
    RecordExamples examples = new RecordExamples(folder, this::root, base.inputSize());
    List<float[]> pixels = new ArrayList<>();
    StringBuilder rejected = new StringBuilder();
    try (RecordReader reader = RecordFormat.JSONL.reader(output, EncodePlan.pictures(number))) {
      for (InstructionRecord r = reader.next(); r != null; r = reader.next()) {
        worker.picture();
        try {
          InstructionRecord picture = r;
          pixels.add(Patience.read(() -> examples.pixels(picture)));
        } catch (InterruptedIOException e) {
          throw e; // the engine stops this worker
        } catch (UnreadablePictureException | IOException e) {
          rejected.append(rejection(r, e)).append('\n');
        }
      }
    }
    int written = FeatureStore.write(output, number, base, pixels, flips);
    RunFolder.writeText(output, EncodePlan.rejected(number), rejected.toString());
    try (InputStream file = output.read(FeatureStore.file(number))) {
      EncodePlan.finish(
          output,
          number,
          new EncodePlan.Done(written, Checksum.of(file).hex(), base.baseSha256(), base.name()));
    }
  }

  private Store root(String dataset) {
    return Optional.ofNullable(roots.get(dataset))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected the pictures of %s in one of %s".formatted(dataset, roots.keySet())));
  }

  private static String rejection(InstructionRecord r, Exception e) {
    ObjectNode line = RecordJson.mapper().createObjectNode();
    line.put("dataset", r.dataset());
    line.put("source", r.media().uri());
    boolean missing = e instanceof NoSuchFileException;
    line.put("reason", missing ? "missing-picture" : "unreadable-picture");
    line.put("detail", missing ? "no such file" : String.valueOf(e.getMessage()));
    return line.toString();
  }

  /** Encodes ranges, each to files of its own. */
  private static final class EncodeFn extends DoFn<Integer, Integer> {
    private static final long serialVersionUID = 1L;
    private final EncodeFeatures job;

    EncodeFn(EncodeFeatures job) {
      this.job = job;
    }

    @ProcessElement
    public void process(@Element Integer range, OutputReceiver<Integer> out) throws IOException {
      if (FeatureStore.finished(job.output).isEmpty()) { // its lists are gone then
        job.encode(range);
      }
      out.output(range);
    }
  }

  /** Finishes the output, when every range is there. */
  private static final class FinishFn extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final EncodeFeatures job;
    private final int ranges;

    FinishFn(EncodeFeatures job, int ranges) {
      this.job = job;
      this.ranges = ranges;
    }

    @ProcessElement
    public void process() throws IOException {
      job.finish(ranges);
    }
  }
}
