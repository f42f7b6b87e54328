package org.medvilam.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.codec.ToolVersion;
import org.medvilam.records.store.Store;

/**
 * Puts the summaries of all shards together: rejections into one file, the manifest, {@code
 * _SUCCESS} last. Doing it again changes nothing.
 *
 * @param job the conversion
 * @param plan its units of work
 */
public record RunFinisher(ConvertJob job, ItemPlan plan) implements Serializable {

  /**
   * Finishes the run, or returns the manifest of a finished one.
   *
   * @throws IllegalStateException if a shard is missing or counts do not add up: nothing is marked
   *     finished then
   */
  public Manifest finish() throws IOException {
    if (job.output().exists(RunFolder.SUCCESS)) {
      return RunFolder.open(job.output()).manifest();
    }
    Counts counts = new Counts();
    counts.add(plan.listed());
    List<Manifest.FileEntry> files = new ArrayList<>();
    for (ShardSpec shard : plan.shards()) {
      ShardSummary summary = summary(shard);
      counts.add(summary.counts());
      files.addAll(summary.files());
    }
    checkSums(counts);
    WorkFiles.sweep(
        job.output(), files.stream().map(Manifest.FileEntry::path).collect(Collectors.toSet()));
    files.add(joinRejections(counts.rejections()));
    files.sort(Comparator.comparing(Manifest.FileEntry::path));
    TreeMap<String, String> roots = new TreeMap<>();
    roots.put(job.dataset(), job.root().uri());
    Manifest manifest =
        new Manifest(
            ToolVersion.CURRENT,
            "convert",
            job.arguments(),
            List.of(job.find().info().converter()),
            roots,
            plan.fingerprint(),
            counts,
            files);
    RunFolder.finish(job.output(), manifest);
    job.output().delete(WorkFiles.FOLDER);
    return manifest;
  }

  private ShardSummary summary(ShardSpec shard) throws IOException {
    return WorkFiles.summary(job.output(), shard)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "expected the shard %s among the finished ones of %s, found it missing"
                        .formatted(shard.name(), job.output().uri())));
  }

  private static void checkSums(Counts c) {
    long items = c.items("converted") + c.items("rejected");
    long annotations =
        c.annotations("converted")
            + c.annotations("negative")
            + c.annotations("rejected")
            + c.annotations("not_requested");
    if (items != c.items("read") || annotations != c.annotations("read")) {
      throw new IllegalStateException(
          "counts do not add up: %d of %d items, %d of %d annotations accounted for"
              .formatted(items, c.items("read"), annotations, c.annotations("read")));
    }
  }

  private Manifest.FileEntry joinRejections(long lines) throws IOException {
    Store output = job.output();
    String temporary = RunFolder.REJECTED + RunFolder.TEMPORARY;
    Checksum checksum = new Checksum(output.write(temporary));
    try (checksum) {
      append(WorkFiles.rejected(WorkFiles.LISTING), checksum);
      for (ShardSpec shard : plan.shards()) {
        append(WorkFiles.rejected(shard.name()), checksum);
      }
    }
    output.move(temporary, RunFolder.REJECTED);
    return new Manifest.FileEntry(RunFolder.REJECTED, checksum.bytes(), lines, checksum.hex());
  }

  private void append(String path, Checksum to) throws IOException {
    try (InputStream in = job.output().read(path)) {
      in.transferTo(to);
    }
  }
}
