package org.medvilam.transforms;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medvilam.converters.DerivedPicture;
import org.medvilam.converters.item.Item;
import org.medvilam.records.Rejection;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.JsonLines;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.PictureWriter;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/**
 * Converts one shard at a time, without any engine.
 *
 * <p>A shard's files are written beside their place and renamed, so that a retry, even one that
 * runs at the same time, ends in the same bytes. Memory is that of one item.
 */
public final class ShardConverter {
  private final ConvertJob job;
  private final ItemConverter items;
  private final RunProgress progress;

  /** Prepares the conversion of shards of a job. */
  public ShardConverter(ConvertJob job) {
    this.job = job;
    this.items = new ItemConverter(job);
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
    checkSeen(spec);
    Store output = job.output();
    String attempt = "." + UUID.randomUUID() + RunFolder.TEMPORARY;
    String records = RunFolder.recordPath(spec.name(), job.format());
    String rejected = WorkFiles.rejected(spec.name());
    Counts counts = new Counts();
    PictureWriter pictures = new PictureWriter(output, spec.name(), WorkFiles.FOLDER);
    PictureEmbedder embedder = new PictureEmbedder(job, counts);
    Checksum checksum = new Checksum(output.write(records + attempt));
    RecordWriter writer = job.format().writer(checksum, embedder);
    try (writer;
        BufferedReader lines = JsonLines.reader(output, WorkFiles.items(spec.name()));
        BufferedWriter rejections = JsonLines.writer(output, rejected + attempt)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Outcome outcome = items.convert(RecordJson.mapper().readValue(line, Item.class));
        for (DerivedPicture p : outcome.pictures()) {
          pictures.write(p.path(), p.png());
        }
        writer.write(outcome.records());
        outcome = outcome.with(embedder.takeRejections());
        for (Rejection r : outcome.rejections()) {
          JsonLines.write(rejections, r.ofMedia(outcome.item().mediaId()));
        }
        outcome.count(counts);
        progress.item(outcome.rejections().size());
      }
    }
    checkSeen(spec); // a disk that went away meanwhile would have left only rejections
    output.move(rejected + attempt, rejected);
    output.move(records + attempt, records);
    List<Manifest.FileEntry> files = new ArrayList<>();
    files.add(new Manifest.FileEntry(records, checksum.bytes(), counts.records(), checksum.hex()));
    if (writer.index().isPresent()) {
      String index = RunFolder.indexPath(spec.name());
      files.add(RunFolder.writeText(output, index, writer.index().get()));
    }
    pictures.finish().ifPresent(files::add);
    ShardSummary summary = new ShardSummary(spec, files, counts);
    RunFolder.writeJson(output, WorkFiles.done(spec.name()), summary);
    return summary;
  }

  /**
   * Checks that this worker sees what the client saw: otherwise every item of the shard would be
   * rejected as missing.
   */
  private void checkSeen(ShardSpec spec) throws IOException {
    String items = WorkFiles.items(spec.name());
    if (!job.root().isFolder("")) {
      throw unseen("the dataset in " + job.root().uri());
    }
    if (!job.output().exists(items)) {
      throw unseen(items + " in " + job.output().uri());
    }
  }

  private static IOException unseen(String what) throws IOException {
    return new IOException(
        "expected %s, as the command sees it, found nothing on the worker %s; use a disk that all workers share under the same path, or object storage"
            .formatted(what, InetAddress.getLocalHost().getHostName()));
  }

  /** Returns the summary of a shard whose item list and checksums still hold. */
  private Optional<ShardSummary> finished(ShardSpec spec) throws IOException {
    Store output = job.output();
    Optional<ShardSummary> summary = WorkFiles.summary(output, spec);
    if (summary.isPresent()) {
      for (Manifest.FileEntry file : summary.get().files()) {
        boolean whole = Checksum.holds(output, file.path(), file.sha256());
        boolean list = file.path().startsWith(RunFolder.IMAGES + "/");
        if (!whole || list && !PictureWriter.isWhole(output, file)) {
          return Optional.empty();
        }
      }
    }
    return summary;
  }
}
