package org.medvilam.records.codec;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/** Reads the records of one file in their order. */
public interface RecordReader extends Closeable {
  /** Returns the next record, or null at the end. */
  @Nullable InstructionRecord next() throws IOException;
}
