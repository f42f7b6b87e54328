package org.medvilam.records.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/** Reads one JSON object per line. */
final class JsonlRecordReader implements RecordReader {
  private static final ObjectReader READER = RecordJson.mapper().readerFor(InstructionRecord.class);

  private final BufferedReader in;
  private final String path;
  private long line;

  JsonlRecordReader(InputStream in, String path) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    this.path = path;
  }

  @Override
  public @Nullable InstructionRecord next() throws IOException {
    String text = in.readLine();
    line++;
    if (text == null) {
      return null;
    }
    try {
      return READER.readValue(text);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s line %d: expected an instruction record, found: %s"
              .formatted(path, line, e.getOriginalMessage()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
