package org.medvilam.records.codec;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/** Reads records from {@code tf.Example} messages; stored pictures are passed over. */
final class TfRecordReader implements RecordReader {
  private final InputStream in;
  private final String path;
  private long number;

  TfRecordReader(InputStream in, String path) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.path = path;
  }

  @Override
  public @Nullable InstructionRecord next() throws IOException {
    number++;
    try {
      byte[] message = TfFrame.read(in);
      return message == null ? null : TfFeatures.toRecord(TfExample.decode(message));
    } catch (IOException e) {
      throw new IOException(
          "%s record %d: expected an instruction record: %s"
              .formatted(path, number, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
