package org.medvilam.fewshot;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.fewshot.picture.HashKey;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.PictureWriter;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/**
 * Writes the records of a subset, one shard per part, in the order in which they come, and copies
 * the pictures that the runs derived for them.
 */
final class SubsetWriter implements Closeable {
  private static final List<Split> PARTS = List.of(Split.TRAIN, Split.TEST);

  private final Store output;
  private final Map<Split, Shard> shards = new EnumMap<>(Split.class);
  private final List<Manifest.FileEntry> files = new ArrayList<>();
  private final Counts counts = new Counts();
  private final SortedMap<String, Long> written = new TreeMap<>();

  /** A shard that is being written. */
  private static final class Shard {
    private final String path;
    private final Checksum checksum;
    private final RecordWriter writer;
    private final PictureWriter pictures;
    private final Map<HashKey, String> copied = new HashMap<>();
    private long records;

    Shard(Store output, Split part) throws IOException {
      String name = RunFolder.shardName(part, 0, 1);
      path = RunFolder.recordPath(name, RecordFormat.JSONL);
      checksum = new Checksum(output.write(path + RunFolder.TEMPORARY));
      writer = RecordFormat.JSONL.writer(checksum);
      pictures = new PictureWriter(output, name);
    }
  }

  SubsetWriter(Store output) throws IOException {
    this.output = output;
    for (Split part : PARTS) {
      shards.put(part, new Shard(output, part));
    }
  }

  /**
   * Writes a record.
   *
   * @param run the run it is from
   * @param r the record
   * @param part train or test
   */
  void write(RunFolder run, InstructionRecord r, Split part) throws IOException {
    Shard shard = shards.get(part);
    InstructionRecord moved = r.split() == part ? r : inPart(r, part);
    shard.writer.write(moved);
    if (Boolean.TRUE.equals(r.media().derived())) {
      copyPicture(run, r, shard);
    }
    counts.written(moved);
    shard.records++;
  }

  private static void copyPicture(RunFolder run, InstructionRecord r, Shard shard)
      throws IOException {
    String uri = r.media().uri();
    String before = shard.copied.putIfAbsent(HashKey.of(uri), r.dataset());
    if (before == null) {
      shard.pictures.write(uri, run.store().readAll(uri));
    } else if (!before.equals(r.dataset())) {
      throw new IOException(
          "expected derived pictures of different names, found %s in %s and in %s; draw from one at a time"
              .formatted(uri, before, r.dataset()));
    }
  }

  /** Gives the shards their names, once every record is written. */
  void finish() throws IOException {
    close();
    for (Map.Entry<Split, Shard> entry : shards.entrySet()) {
      Shard s = entry.getValue();
      output.move(s.path + RunFolder.TEMPORARY, s.path);
      files.add(new Manifest.FileEntry(s.path, s.checksum.bytes(), s.records, s.checksum.hex()));
      s.pictures.finish().ifPresent(files::add);
      written.put(entry.getKey().key(), s.records);
    }
  }

  /** Returns the number of records by split, once finished. */
  SortedMap<String, Long> written() {
    return written;
  }

  @Override
  public void close() throws IOException {
    for (Shard shard : shards.values()) {
      shard.writer.close();
    }
  }

  List<Manifest.FileEntry> files() {
    return files;
  }

  Counts counts() {
    return counts;
  }

  private static InstructionRecord inPart(InstructionRecord r, Split part) {
    return new InstructionRecord(
        r.id(),
        r.dataset(),
        part,
        r.task(),
        r.modality(),
        r.media(),
        r.group(),
        r.label(),
        r.nativeLabel(),
        r.instruction(),
        r.answer(),
        r.boxes(),
        r.polygons(),
        r.boxes3d(),
        r.points(),
        r.nativeRegions(),
        r.source(),
        r.converter());
  }
}
