package org.medvilam.records.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

/** A finished run of given records, and exports of it. */
final class TestRun {
  static final DatasetFacts FACTS =
      new DatasetFacts(
          "phantom", "A title", "A citation", "CC BY-NC 4.0", "ct", "patient", "by hash");

  private final Path folder;
  private final RunFolder run;
  private int exports;

  private TestRun(Path folder, RunFolder run) {
    this.folder = folder;
    this.run = run;
  }

  /** Writes a run into {@code folder/run}; its pictures are to lie in {@code folder/data}. */
  static TestRun of(Path folder, List<InstructionRecord> records) throws IOException {
    Store store = LocalStore.of(folder.resolve("run"));
    Counts counts = new Counts();
    Map<String, List<InstructionRecord>> bySplit = new TreeMap<>();
    for (InstructionRecord r : records) {
      bySplit.computeIfAbsent(Split.fileKey(r.split()), k -> new ArrayList<>()).add(r);
      counts.written(r);
    }
    List<Manifest.FileEntry> files = new ArrayList<>();
    for (Map.Entry<String, List<InstructionRecord>> split : bySplit.entrySet()) {
      String path = "records/" + split.getKey() + "-00000-of-00001.jsonl";
      Checksum checksum = new Checksum(store.write(path));
      try (RecordWriter writer = RecordFormat.JSONL.writer(checksum)) {
        writer.write(split.getValue());
      }
      files.add(
          new Manifest.FileEntry(path, checksum.bytes(), split.getValue().size(), checksum.hex()));
    }
    TreeMap<String, String> roots = new TreeMap<>();
    roots.put("phantom", folder.resolve("data").toString());
    RunFolder.finish(
        store,
        new Manifest(
            "medvilam",
            "convert",
            new TreeMap<>(Map.of("points", "25")),
            List.of("phantom/2"),
            roots,
            "f00d",
            counts,
            files));
    return new TestRun(folder, RunFolder.open(store));
  }

  RunFolder folder() {
    return run;
  }

  static SortedMap<String, DatasetFacts> facts() {
    return new TreeMap<>(Map.of("phantom", FACTS));
  }

  /** Exports into a new folder and returns it. */
  Path export(ExportOptions options) throws IOException {
    Path output = folder.resolve("export" + exports++);
    write(options, output);
    return output;
  }

  ExportManifest write(ExportOptions options, Path output) throws IOException {
    return new Export(run, options, facts())
        .write(LocalStore.of(output), d -> LocalStore.of(folder.resolve("data")), n -> {});
  }

  /** Returns all files of a folder by their paths, as text. */
  static SortedMap<String, String> files(Path root) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            root.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  static List<String> reasons(Path export) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (String line : Files.readAllLines(export.resolve("left-out.jsonl"))) {
      reasons.add(line.replaceAll(".*\"reason\":\"([^\"]*)\".*", "$1"));
    }
    return reasons;
  }
}
