package org.medvilam.fewshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
 * Writes the records of a subset, one shard per part, in the order of their runs, and copies the
 * pictures that the runs derived for them.
 */
final class SubsetWriter {
  private static final List<Split> PARTS = List.of(Split.TRAIN, Split.TEST);

  private final Store output;
  private final List<Manifest.FileEntry> files = new ArrayList<>();
  private final Counts counts = new Counts();

  SubsetWriter(Store output) {
    this.output = output;
  }

  Map<Split, Long> write(List<RunFolder> runs, Function<InstructionRecord, @Nullable Split> partOf)
      throws IOException {
    Map<Split, Long> written = new EnumMap<>(Split.class);
    for (Split part : PARTS) {
      String shard = RunFolder.shardName(part, 0, 1);
      String path = RunFolder.recordPath(shard, RecordFormat.JSONL);
      PictureWriter pictures = new PictureWriter(output, shard);
      Set<String> copied = new HashSet<>();
      Checksum checksum = new Checksum(output.write(path + RunFolder.TEMPORARY));
      long[] n = new long[1];
      try (RecordWriter writer = RecordFormat.JSONL.writer(checksum)) {
        for (RunFolder run : runs) {
          run.forEach(
              null,
              r -> {
                if (partOf.apply(r) == part) {
                  InstructionRecord moved = r.split() == part ? r : inPart(r, part);
                  writer.write(moved);
                  String uri = r.media().uri();
                  if (Boolean.TRUE.equals(r.media().derived()) && copied.add(uri)) {
                    pictures.write(uri, run.store().readAll(uri));
                  }
                  counts.written(moved);
                  n[0]++;
                }
              });
        }
      }
      output.move(path + RunFolder.TEMPORARY, path);
      files.add(new Manifest.FileEntry(path, checksum.bytes(), n[0], checksum.hex()));
      pictures.finish().ifPresent(files::add);
      written.put(part, n[0]);
    }
    return written;
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
