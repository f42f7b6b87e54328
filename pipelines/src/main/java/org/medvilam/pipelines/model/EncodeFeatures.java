package org.medvilam.pipelines.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
import org.medvilam.pipelines.run.Runs;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.codec.JsonLines;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RecordReader;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;
import org.medvilam.trainer.FeatureStore;
import org.medvilam.trainer.RecordExamples;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.transforms.Patience;

/**
 * Computes the frozen features of a run's pictures, once each, on any runner.
 *
 * <p>The pictures are listed in the order of the records and cut into ranges; a worker encodes a
 * range and writes one file, so no picture is shuffled and a retried range writes the same bytes.
 */
public final class EncodeFeatures implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String WORK = ".work";
  private static final String REJECTED = "rejected/rejected-00000-of-00001.jsonl";

  /** About how many bytes of features a worker holds at once. */
  private static final long RANGE_BYTES = 64L << 20;

  private final Store run;
  private final TreeMap<String, Store> roots;
  private final String model;
  private final @Nullable String decoder;
  private final Store output;
  private final boolean flips;

  /**
   * Prepares the work.
   *
   * @param run a finished run
   * @param roots the trees that datasets' picture paths start from, by dataset
   * @param model the base, as users name it
   * @param decoder the decoder of a base of two parts, otherwise null
   * @param output the tree to fill
   * @param flips whether mirrored forms are encoded too
   */
  public EncodeFeatures(
      Store run,
      Map<String, Store> roots,
      String model,
      @Nullable String decoder,
      Store output,
      boolean flips) {
    this.run = run;
    this.roots = new TreeMap<>(roots);
    this.model = model;
    this.decoder = decoder;
    this.output = output;
    this.flips = flips;
  }

  /**
   * What was done: every picture listed was encoded or rejected.
   *
   * @param pictures pictures listed
   * @param rejected pictures that could not be read, each named in the output
   * @param features features written, mirrored forms included, equal pictures once
   */
  public record Counts(long pictures, long rejected, long features) {}

  /** Encodes the pictures of a split, or of all splits where it is null. */
  public Counts run(@Nullable Split split, PipelineOptions options) throws IOException {
    Listed listed = list(split);
    PipelineRun.await(pipeline(listed, options), news -> {});
    return new Counts(
        listed.pictures,
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
  public void submit(@Nullable Split split, PipelineOptions options) throws IOException {
    pipeline(list(split), options).run();
  }

  private Pipeline pipeline(Listed listed, PipelineOptions options) {
    List<Integer> ranges = IntStream.range(0, listed.ranges).boxed().toList();
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Ranges", Create.of(ranges).withCoder(VarIntCoder.of()))
        .apply("Encode", ParDo.of(new EncodeFn(this)))
        .apply("AwaitAll", Count.globally())
        .apply("Finish", ParDo.of(new FinishFn(this, listed.ranges)));
    return pipeline;
  }

  /** Puts together what became of all ranges; doing it again changes nothing. */
  private void finish(int ranges) throws IOException {
    if (FeatureStore.finished(output).isPresent()) {
      return;
    }
    long features = 0;
    String temporary = REJECTED + RunFolder.TEMPORARY;
    try (OutputStream rejected = output.write(temporary)) {
      for (int i = 0; i < ranges; i++) {
        features += RecordJson.mapper().readValue(output.readAll(done(i)), Range.class).features();
        rejected.write(output.readAll(rejected(i)));
      }
    }
    output.move(temporary, REJECTED);
    FeatureStore.finish(output, Models.base(model, decoder), features);
    output.delete(WORK);
  }

  private static String pictures(int range) {
    return "%s/pictures-%05d.jsonl".formatted(WORK, range);
  }

  private static String rejected(int range) {
    return "%s/rejected-%05d.jsonl".formatted(WORK, range);
  }

  private static String done(int range) {
    return "%s/done-%05d.json".formatted(WORK, range);
  }

  /** The pictures that there are, and how many lists of them. */
  private record Listed(long pictures, int ranges) {}

  /** Writes the first record of each picture to lists. */
  private Listed list(@Nullable Split split) throws IOException {
    VisionLanguageModel base = Models.base(model, decoder);
    long bytes = (long) Float.BYTES * base.featureValues() * (flips ? 4 : 1);
    int size = (int) Math.max(1, RANGE_BYTES / bytes);
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
    return new Listed(seen.size(), ranges[0]);
  }

  private static String key(Media media) throws IOException {
    return RecordJson.mapper().writeValueAsString(media);
  }

  private void write(int range, List<InstructionRecord> records) throws IOException {
    try (OutputStream out = output.write(pictures(range));
        RecordWriter writer = RecordFormat.JSONL.writer(out)) {
      for (InstructionRecord r : records) {
        writer.write(r);
      }
    }
    records.clear();
  }

  /** Encodes one range. */
  private void encode(int number, VisionLanguageModel base) throws IOException {
    RunFolder folder = Runs.open("--input", run);
    RecordExamples examples = new RecordExamples(folder, this::root, base.inputSize());
    List<float[]> pixels = new ArrayList<>();
    StringBuilder rejected = new StringBuilder();
    try (RecordReader reader = RecordFormat.JSONL.reader(output, pictures(number))) {
      for (InstructionRecord r = reader.next(); r != null; r = reader.next()) {
        try {
          InstructionRecord picture = r;
          pixels.add(Patience.read(() -> examples.example(picture).pixels()));
        } catch (InterruptedIOException e) {
          throw e; // the engine stops this worker
        } catch (UnreadablePictureException | IOException e) {
          rejected.append(rejection(r, e)).append('\n');
        }
      }
    }
    int written = FeatureStore.write(output, number, base, pixels, flips);
    RunFolder.writeText(output, rejected(number), rejected.toString());
    RunFolder.writeJson(output, done(number), new Range(written));
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

  /** What became of a range. */
  record Range(int features) {}

  /** Encodes ranges, each to files of its own. */
  private static final class EncodeFn extends DoFn<Integer, Integer> {
    private static final long serialVersionUID = 1L;
    private final EncodeFeatures job;
    private transient VisionLanguageModel base;

    EncodeFn(EncodeFeatures job) {
      this.job = job;
    }

    @Setup
    public void setup() throws IOException {
      base = Models.base(job.model, job.decoder);
    }

    @ProcessElement
    public void process(@Element Integer range, OutputReceiver<Integer> out) throws IOException {
      if (FeatureStore.finished(job.output).isEmpty()) { // its lists are gone then
        job.encode(range, base);
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
