package org.medvilam.records.codec;

import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.medvilam.records.InstructionRecord;

/** Writes one JSON object per line, in UTF-8. */
final class JsonlRecordWriter implements RecordWriter {
  private static final ObjectWriter WRITER = RecordJson.mapper().writerFor(InstructionRecord.class);

  private final OutputStream out;

  JsonlRecordWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  @Override
  public void write(List<InstructionRecord> item) throws IOException {
    for (InstructionRecord instruction : item) {
      out.write(WRITER.writeValueAsBytes(instruction));
      out.write('\n');
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
