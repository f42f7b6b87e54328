package org.medvilam.records.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.medvilam.records.store.Store;

/** The file forms of records; all carry the same fields. */
public enum RecordFormat {
  /** One JSON object per line. */
  JSONL("jsonl"),
  /** Parquet with nested lists, as {@code instruction-record.avsc} declares them. */
  PARQUET("parquet");

  private final String extension;

  RecordFormat(String extension) {
    this.extension = extension;
  }

  /** Returns the name on the command line, which is the file extension too. */
  public String extension() {
    return extension;
  }

  /** Returns the format of a name, or says which names there are. */
  public static RecordFormat of(String name) {
    return Arrays.stream(values())
        .filter(f -> f.extension.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a format out of %s, but was: %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(RecordFormat::extension)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  /** Opens a writer; closing it writes what the format needs at the end, and closes the stream. */
  public RecordWriter writer(OutputStream out) throws IOException {
    return switch (this) {
      case JSONL -> new JsonlRecordWriter(out);
      case PARQUET -> new ParquetRecordWriter(out);
    };
  }

  /** Opens a file of a tree for reading. */
  public RecordReader reader(Store store, String path) throws IOException {
    return switch (this) {
      case JSONL -> new JsonlRecordReader(store.read(path), path);
      case PARQUET -> new ParquetRecordReader(store.readAll(path));
    };
  }
}
