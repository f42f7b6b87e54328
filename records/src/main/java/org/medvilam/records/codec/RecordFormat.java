package org.medvilam.records.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.medvilam.records.store.Store;

/** The file forms of records; all carry the same fields. */
public enum RecordFormat {
  /** One JSON object per line. */
  JSONL("jsonl", "jsonl", false),
  /** Parquet with nested lists, as {@code instruction-record.avsc} declares them. */
  PARQUET("parquet", "parquet", false),
  /** One {@code tf.Example} per record, its features as {@link TfFeatures} lists them. */
  TFRECORD("tfrecord", "tfrecord", true),
  /** Tar files of one sample per medium: its records in {@code KEY.json}, its picture beside. */
  WEBDATASET("webdataset", "tar", true);

  private final String key;
  private final String extension;
  private final boolean pictures;

  RecordFormat(String key, String extension, boolean pictures) {
    this.key = key;
    this.extension = extension;
    this.pictures = pictures;
  }

  /** Returns the name on the command line. */
  public String key() {
    return key;
  }

  /** Returns the file extension. */
  public String extension() {
    return extension;
  }

  /** Tells whether files of this format can hold pictures. */
  public boolean holdsPictures() {
    return pictures;
  }

  /** Returns the format of a file by its extension. */
  public static RecordFormat ofPath(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1);
    return Arrays.stream(values())
        .filter(f -> f.extension.equals(extension))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected a file of records, but was: " + path));
  }

  /** Returns the format of a name, or says which names there are. */
  public static RecordFormat of(String name) {
    return Arrays.stream(values())
        .filter(f -> f.key.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a format out of %s, but was: %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(RecordFormat::key)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  /** Opens a writer that stores no picture. */
  public RecordWriter writer(OutputStream out) throws IOException {
    return writer(out, PictureSource.NONE);
  }

  /**
   * Opens a writer; closing it writes what the format needs at the end, and closes the stream.
   *
   * @param pictures asked once for each medium by formats that hold pictures
   */
  public RecordWriter writer(OutputStream out, PictureSource pictures) throws IOException {
    return switch (this) {
      case JSONL -> new JsonlRecordWriter(out);
      case PARQUET -> new ParquetRecordWriter(out);
      case TFRECORD -> new TfRecordWriter(out, pictures);
      case WEBDATASET -> new WebDatasetWriter(out, pictures);
    };
  }

  /** Opens a file of a tree for reading. */
  public RecordReader reader(Store store, String path) throws IOException {
    return switch (this) {
      case JSONL -> new JsonlRecordReader(store.read(path), path);
      case PARQUET -> new ParquetRecordReader(store.readAll(path));
      case TFRECORD -> new TfRecordReader(store.read(path), path);
      case WEBDATASET -> new WebDatasetReader(store.read(path), path);
    };
  }
}
