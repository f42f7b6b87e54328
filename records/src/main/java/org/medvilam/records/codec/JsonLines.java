package org.medvilam.records.codec;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.medvilam.records.store.Store;

/** Files of one JSON value per line, in UTF-8. */
public final class JsonLines {
  private JsonLines() {}

  /** Opens a new file. */
  public static BufferedWriter writer(Store store, String path) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(store.write(path), StandardCharsets.UTF_8), 1 << 16);
  }

  /** Writes a value and ends its line. */
  public static void write(BufferedWriter out, Object value) throws IOException {
    out.write(RecordJson.mapper().writeValueAsString(value));
    out.write('\n');
  }

  /** Opens a file for reading its lines. */
  public static BufferedReader reader(Store store, String path) throws IOException {
    return new BufferedReader(new InputStreamReader(store.read(path), StandardCharsets.UTF_8));
  }
}
