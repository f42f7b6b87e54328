package org.medvilam.records.codec;

import java.io.Closeable;
import java.io.IOException;
import org.medvilam.records.InstructionRecord;

/** Writes records to one file; the same records give the same bytes. */
public interface RecordWriter extends Closeable {
  /** Appends a record. */
  void write(InstructionRecord instruction) throws IOException;
}
