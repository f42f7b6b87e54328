package org.medvilam.fewshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Finding;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

/** Finished runs made in code: records first, then as many runs of them as a test needs. */
final class TestRuns {
  static final Source SOURCE = new Source("labels.csv", null);

  /** Made once: each reads its wording. */
  private static final Map<String, Instructor> INSTRUCTORS = new ConcurrentHashMap<>();

  private final Path folder;
  private final List<InstructionRecord> records = new ArrayList<>();
  private int written;

  TestRuns(Path folder) {
    this.folder = folder;
  }

  /** Returns where a dataset's pictures are. */
  Path root(String dataset) {
    return folder.resolve("data-" + dataset);
  }

  /** Writes a picture of a dataset. */
  void picture(String dataset, String uri, byte[] data) throws IOException {
    Path file = root(dataset).resolve(uri);
    Files.createDirectories(file.getParent());
    Files.write(file, data);
  }

  /** Adds the records of a picture {@code id.png} with one box. */
  void add(String dataset, String id, String group, @Nullable Split split, String label) {
    add(dataset, id, group, split, List.of(label));
  }

  /** Adds the records of a picture {@code id.png} with a box per label. */
  void add(String dataset, String id, String group, @Nullable Split split, List<String> labels) {
    add(dataset, Media.image(id, id + ".png", 100, 100), group, split, labels);
  }

  /** Adds the records of a medium with a box per label. */
  void add(String dataset, Media media, String group, @Nullable Split split, List<String> labels) {
    List<Finding> findings = new ArrayList<>();
    for (String label : labels) {
      int at = findings.size();
      findings.add(Finding.of(label, label, new Box(at, 10, 40 + at, 50), SOURCE));
    }
    add(new Sample(dataset, media, split, "us", group, SOURCE, List.of(), findings));
  }

  /** Adds the records of a sample. */
  void add(Sample sample) {
    Instructor instructor =
        INSTRUCTORS.computeIfAbsent(
            sample.dataset(), d -> new Instructor(InstructionOptions.standard(), d + "/1"));
    records.addAll(instructor.instruct(sample).records());
  }

  List<InstructionRecord> records() {
    return records;
  }

  /** Puts the records into another order. */
  void shuffle(long seed) {
    Collections.shuffle(records, new Random(seed));
  }

  /** Writes a run per dataset. */
  List<RunFolder> write() throws IOException {
    return write(1, RecordFormat.JSONL);
  }

  /** Writes a run per dataset, of some shards. */
  List<RunFolder> write(int shards, RecordFormat format) throws IOException {
    written++;
    List<RunFolder> runs = new ArrayList<>();
    for (String dataset :
        records.stream().map(InstructionRecord::dataset).distinct().sorted().toList()) {
      runs.add(write(dataset, shards, format));
    }
    return runs;
  }

  private RunFolder write(String dataset, int shards, RecordFormat format) throws IOException {
    LocalStore store = LocalStore.of(folder.resolve("run-" + dataset + "-" + written));
    List<InstructionRecord> mine =
        records.stream().filter(r -> r.dataset().equals(dataset)).toList();
    List<Manifest.FileEntry> files = new ArrayList<>();
    for (int s = 0; s < shards; s++) {
      List<InstructionRecord> part =
          mine.subList(mine.size() * s / shards, mine.size() * (s + 1) / shards);
      String path = RunFolder.recordPath(RunFolder.shardName(null, s, shards), format);
      try (RecordWriter writer = format.writer(store.write(path))) {
        for (InstructionRecord r : part) {
          writer.write(r);
        }
      }
      files.add(new Manifest.FileEntry(path, 0, part.size(), ""));
    }
    TreeMap<String, String> roots = new TreeMap<>();
    roots.put(dataset, root(dataset).toString());
    RunFolder.finish(
        store,
        new Manifest(
            "medvilam",
            "convert",
            new TreeMap<>(),
            List.of(dataset + "/1"),
            roots,
            "00",
            new Counts(),
            files));
    return RunFolder.open(store);
  }

  /** Returns a draw from runs whose pictures are where these are. */
  Fewshot fewshot(List<RunFolder> runs, FewshotOptions options) {
    return fewshot(runs, options, null);
  }

  /** Returns a draw whose fingerprints an engine takes, if there is one. */
  Fewshot fewshot(List<RunFolder> runs, FewshotOptions options, @Nullable Engine engine) {
    return new Fewshot(runs, options, d -> LocalStore.of(root(d)), n -> {}, engine);
  }
}
