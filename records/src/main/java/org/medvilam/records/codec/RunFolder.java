package org.medvilam.records.codec;

import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;

/** The directory of a run: names of its files, and reading a finished one. */
public final class RunFolder {
  /** Written last; a run without it is not finished. */
  public static final String SUCCESS = "_SUCCESS";

  /** The manifest's name. */
  public static final String MANIFEST = "manifest.json";

  /** The folder of records. */
  public static final String RECORDS = "records";

  /** The folder of pictures that the toolkit derived. */
  public static final String IMAGES = "images";

  /** The folder of indexes of records, for formats that have them. */
  public static final String INDEX = "index";

  /** The one file of rejections. */
  public static final String REJECTED = "rejected/rejected-00000-of-00001.jsonl";

  /** What the name of a half-written file ends in. */
  public static final String TEMPORARY = ".tmp";

  private static final ObjectWriter PRETTY = RecordJson.mapper().writerWithDefaultPrettyPrinter();

  private final Store store;
  private final Manifest manifest;

  private RunFolder(Store store, Manifest manifest) {
    this.store = store;
    this.manifest = manifest;
  }

  /**
   * Opens a finished run.
   *
   * @throws IOException with a clear message if it is not there, not finished or not readable
   */
  public static RunFolder open(Store store) throws IOException {
    if (!store.exists(SUCCESS)) {
      throw new IOException(
          "expected a finished run in %s, found %s; run its command again with --resume or --overwrite"
              .formatted(
                  store.uri(),
                  store.isFolder("") ? "a folder without " + SUCCESS : "no such folder"));
    }
    try (InputStream in = store.read(MANIFEST)) {
      return new RunFolder(store, RecordJson.mapper().readValue(in, Manifest.class));
    }
  }

  /** Returns the manifest. */
  public Manifest manifest() {
    return manifest;
  }

  /** Returns the tree that holds the run. */
  public Store store() {
    return store;
  }

  /** Returns the name of a shard, e.g. {@code train-00000-of-00004}. */
  public static String shardName(@Nullable Split split, int index, int count) {
    return String.format(Locale.ROOT, "%s-%05d-of-%05d", Split.fileKey(split), index, count);
  }

  /** Returns the path of a shard's records. */
  public static String recordPath(String shardName, RecordFormat format) {
    return RECORDS + "/" + shardName + "." + format.extension();
  }

  /** Returns the path of a shard's index. */
  public static String indexPath(String shardName) {
    return INDEX + "/" + shardName + ".idx";
  }

  /** Takes records one by one. */
  public interface Visitor {
    /** Takes a record. */
    void visit(InstructionRecord instruction) throws IOException;
  }

  /**
   * Passes over the records in the order of files and lines, one in memory at a time.
   *
   * @param split only this split, or null for all
   */
  public void forEach(@Nullable Split split, Visitor visitor) throws IOException {
    for (Manifest.FileEntry file : recordFiles(split)) {
      try (RecordReader reader = RecordFormat.ofPath(file.path()).reader(store, file.path())) {
        for (InstructionRecord r = reader.next(); r != null; r = reader.next()) {
          visitor.visit(r);
        }
      }
    }
  }

  /**
   * Returns the files of records, in their order.
   *
   * @param split only this split, or null for all
   */
  public List<Manifest.FileEntry> recordFiles(@Nullable Split split) {
    String prefix = RECORDS + "/" + (split == null ? "" : split.key() + "-");
    return manifest.files().stream().filter(f -> f.path().startsWith(prefix)).toList();
  }

  /** Writes the manifest and then the mark that the run is finished. */
  public static void finish(Store store, Manifest manifest) throws IOException {
    writeJson(store, MANIFEST, manifest);
    store.write(SUCCESS).close();
  }

  /** Writes a value as readable JSON, complete or not at all. */
  public static void writeJson(Store store, String path, Object value) throws IOException {
    writeText(store, path, PRETTY.writeValueAsString(value) + "\n");
  }

  /** Writes a small text in UTF-8, complete or not at all, and returns its entry. */
  public static Manifest.FileEntry writeText(Store store, String path, String text)
      throws IOException {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    writeWhole(store, path, path + "." + UUID.randomUUID() + TEMPORARY, data);
    String sha256 = HexFormat.of().formatHex(Hashing.sha256().digest(data));
    return new Manifest.FileEntry(path, data.length, text.lines().count(), sha256);
  }

  /** Writes a file, complete or not at all, under another name until it is. */
  static void writeWhole(Store store, String path, String temporary, byte[] data)
      throws IOException {
    try (OutputStream out = store.write(temporary)) {
      out.write(data);
    }
    store.move(temporary, path);
  }
}
