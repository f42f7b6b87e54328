package org.medvilam.records.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.store.Store;

/** One file per split that has something to say, all open at once. */
final class SplitFiles {
  private final Store output;
  private final String pattern;
  private final String head;
  private final String tail;
  private final SortedMap<String, ExportFile> files = new TreeMap<>();

  /**
   * Prepares files.
   *
   * @param pattern path with {@code %s} for the split
   * @param head what each file begins with
   * @param tail what each file ends in
   */
  SplitFiles(Store output, String pattern, String head, String tail) {
    this.output = output;
    this.pattern = pattern;
    this.head = head;
    this.tail = tail;
  }

  /** Returns the file of a record's split. */
  ExportFile of(InstructionRecord instruction) throws IOException {
    String split = Split.fileKey(instruction.split());
    ExportFile file = files.get(split);
    if (file == null) {
      file = new ExportFile(output, pattern.formatted(split));
      file.text(head);
      files.put(split, file);
    }
    return file;
  }

  List<Manifest.FileEntry> finish() throws IOException {
    List<Manifest.FileEntry> entries = new ArrayList<>();
    for (ExportFile file : files.values()) {
      file.text(tail);
      entries.add(file.finish());
    }
    return entries;
  }
}
