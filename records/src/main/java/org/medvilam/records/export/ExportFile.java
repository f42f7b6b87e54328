package org.medvilam.records.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/** A file on its way: beside its place until it is finished, then there as a whole. */
final class ExportFile {
  private final Store output;
  private final String path;
  private final Checksum checksum;
  private final OutputStream out;
  private long entries;

  ExportFile(Store output, String path) throws IOException {
    this.output = output;
    this.path = path;
    this.checksum = new Checksum(output.write(path + RunFolder.TEMPORARY));
    this.out = new BufferedOutputStream(checksum, 1 << 16);
  }

  /** Returns the number of entries so far. */
  long entries() {
    return entries;
  }

  /** Returns where the bytes go. */
  OutputStream stream() {
    return out;
  }

  /** Writes text that is no entry. */
  void text(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a line. */
  void line(String line) throws IOException {
    text(line);
    out.write('\n');
    entries++;
  }

  /** Writes an element of a JSON array, a line each. */
  void element(Object value) throws IOException {
    text(entries == 0 ? "" : ",\n");
    out.write(RecordJson.mapper().writeValueAsBytes(value));
    entries++;
  }

  /** Closes the file, puts it in its place, and returns its entry. */
  Manifest.FileEntry finish() throws IOException {
    return finish(entries);
  }

  /** Closes a file of a given number of entries, puts it in its place, and returns its entry. */
  Manifest.FileEntry finish(long number) throws IOException {
    out.close();
    output.move(path + RunFolder.TEMPORARY, path);
    return new Manifest.FileEntry(path, checksum.bytes(), number, checksum.hex());
  }
}
