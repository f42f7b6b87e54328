package org.medvilam.records.codec;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.medvilam.records.InstructionRecord;

/** Writes records to one file; the same records give the same bytes. */
public interface RecordWriter extends Closeable {
  /**
   * Appends the records of one item.
   *
   * @param item all records of each of its media, those of one medium side by side
   */
  void write(List<InstructionRecord> item) throws IOException;

  /** Appends a record that is the only one of its medium, or to a format without pictures. */
  default void write(InstructionRecord instruction) throws IOException {
    write(List.of(instruction));
  }

  /**
   * Returns the index that belongs beside the file, a line per record, once everything is written;
   * empty for formats that have none.
   */
  default Optional<String> index() {
    return Optional.empty();
  }
}
