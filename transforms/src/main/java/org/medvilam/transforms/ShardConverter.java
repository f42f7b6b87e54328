package org.medvilam.transforms;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.instruction.Instructed;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;

/**
 * Converts one shard at a time, without any engine.
 *
 * <p>A shard's files are written beside their place and renamed, so that a retry, even one that
 * runs at the same time, ends in the same bytes. Memory is that of one item.
 */
public final class ShardConverter {
  private static final int READ_ATTEMPTS = 3;
  private static final String NOTHING_LEFT = "expected an annotation that can be used, found none";

  private final ConvertJob job;
  private final Dataset dataset;
  private final DatasetSource source;
  private final Instructor instructor;
  private final RunProgress progress;

  /** Prepares the conversion of shards of a job. */
  public ShardConverter(ConvertJob job) {
    this.job = job;
    this.dataset = job.find();
    this.source = job.source(SortedLines.in(Path.of(System.getProperty("java.io.tmpdir"))));
    this.instructor = new Instructor(job.instructions(), dataset.info().converter());
    this.progress = RunProgress.of(job.output().uri());
  }

  /**
   * Converts a shard, or returns what an earlier attempt made of it if that still stands.
   *
   * @throws IOException if the output cannot be written; bad input never throws
   */
  public ShardSummary convert(ShardSpec spec) throws IOException {
    Optional<ShardSummary> before = finished(spec);
    if (before.isPresent()) {
      progress.skip(spec.items());
      return before.get();
    }
    Store output = job.output();
    String attempt = "." + UUID.randomUUID() + RunFolder.TEMPORARY;
    String records = RunFolder.recordPath(spec.name(), job.format());
    String rejected = WorkFiles.rejected(spec.name());
    Counts counts = new Counts();
    Checksum checksum = new Checksum(output.write(records + attempt));
    try (BufferedReader items = reader(spec);
        RecordWriter writer = job.format().writer(checksum);
        BufferedWriter rejections = WorkFiles.writer(output, rejected + attempt)) {
      for (String line = items.readLine(); line != null; line = items.readLine()) {
        Item item = RecordJson.mapper().readValue(line, Item.class);
        Outcome outcome = convert(item);
        for (InstructionRecord r : outcome.records) {
          writer.write(r);
        }
        for (Rejection r : outcome.rejections) {
          WorkFiles.writeLine(rejections, r);
        }
        count(item, outcome, counts);
        progress.item(outcome.rejections.size());
      }
    }
    output.move(rejected + attempt, rejected);
    output.move(records + attempt, records);
    Manifest.FileEntry file =
        new Manifest.FileEntry(records, checksum.bytes(), counts.records(), checksum.hex());
    ShardSummary summary = new ShardSummary(spec, file, counts);
    RunFolder.writeJson(output, WorkFiles.done(spec.name()), summary);
    return summary;
  }

  private BufferedReader reader(ShardSpec spec) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            job.output().read(WorkFiles.items(spec.name())), StandardCharsets.UTF_8));
  }

  /** Returns the summary of a shard whose item list and checksum still hold. */
  private Optional<ShardSummary> finished(ShardSpec spec) throws IOException {
    Store output = job.output();
    Optional<ShardSummary> summary = WorkFiles.summary(output, spec);
    String records = RunFolder.recordPath(spec.name(), job.format());
    if (summary.isEmpty() || !output.exists(records)) {
      return Optional.empty();
    }
    try (var in = output.read(records)) {
      String sha256 = Checksum.of(in).hex();
      return summary.filter(s -> s.file().sha256().equals(sha256));
    }
  }

  /** What one item gave. */
  private static final class Outcome {
    final List<InstructionRecord> records = new ArrayList<>();
    final List<Rejection> rejections = new ArrayList<>();
    final List<Instructed> instructed = new ArrayList<>();
    int negatives;
    boolean rejected;

    void reject(String dataset, String where, String reason, String detail) {
      rejected = true;
      records.clear();
      rejections.add(new Rejection(dataset, Rejection.Scope.ITEM, where, reason, detail));
    }
  }

  private Outcome convert(Item item) {
    Outcome outcome = new Outcome();
    String where = item.source().toString();
    try {
      Conversion conversion = read(item);
      outcome.rejections.addAll(conversion.rejections());
      outcome.negatives = conversion.negatives();
      for (Sample sample : conversion.samples()) {
        Instructed instructed = instructor.instruct(sample);
        outcome.records.addAll(instructed.records());
        outcome.rejections.addAll(instructed.rejections());
        outcome.instructed.add(instructed);
      }
      boolean labelled = conversion.samples().stream().anyMatch(s -> !s.labels().isEmpty());
      if (outcome.records.isEmpty() && !outcome.rejections.isEmpty() && !labelled) {
        Rejection first = outcome.rejections.get(0);
        outcome.reject(job.dataset(), where, first.reason(), NOTHING_LEFT);
      }
    } catch (ItemException e) {
      String detail =
          e.source().equals(where) ? e.getMessage() : e.getMessage() + "; needed by " + where;
      outcome.reject(job.dataset(), e.source(), e.reason(), detail);
    } catch (UnsafePathException e) {
      outcome.reject(job.dataset(), where, "unsafe-path", e.getMessage());
    } catch (IOException e) {
      outcome.reject(job.dataset(), where, "unreadable-file", e.toString());
    } catch (RuntimeException e) {
      outcome.reject(job.dataset(), where, "unexpected", "the converter failed: " + e);
    }
    return outcome;
  }

  /** Reads an item; a read error that comes and goes is tried again. */
  private Conversion read(Item item) throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
      try {
        return dataset.convert(source, item);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static void count(Item item, Outcome outcome, Counts counts) {
    counts.items("read", 1);
    counts.annotations("read", item.annotations());
    outcome.rejections.forEach(counts::rejected);
    counts.items("with_rejections", outcome.rejections.isEmpty() ? 0 : 1);
    if (outcome.rejected) {
      counts.items("rejected", 1);
      counts.annotations("rejected", item.annotations());
      return;
    }
    counts.items("converted", 1);
    counts.annotations("negative", outcome.negatives);
    counts.items("without_records", outcome.records.isEmpty() ? 1 : 0);
    counts.annotations(
        "rejected",
        outcome.rejections.stream().filter(r -> r.scope() == Rejection.Scope.ANNOTATION).count());
    for (Instructed instructed : outcome.instructed) {
      counts.annotations("converted", instructed.converted());
      counts.annotations("not_requested", instructed.notRequested());
      counts.outlines("specks", instructed.specks());
      counts.outlines("speck_pixels", instructed.speckPixels());
      counts.outlines("hole_pixels", instructed.holePixels());
    }
    outcome.records.forEach(counts::written);
  }
}
