package org.medvilam.records.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.store.Store;

/** Reads the records of a tar file for WebDataset; stored pictures are passed over. */
final class WebDatasetReader implements RecordReader {
  private final TarArchiveInputStream tar;
  private final String path;
  private final Queue<InstructionRecord> sample = new ArrayDeque<>();

  WebDatasetReader(InputStream in, String path) {
    this.tar = new TarArchiveInputStream(new BufferedInputStream(in, 1 << 16));
    this.path = path;
  }

  @Override
  public @Nullable InstructionRecord next() throws IOException {
    while (sample.isEmpty()) {
      TarArchiveEntry entry = tar.getNextEntry();
      if (entry == null) {
        return null;
      }
      if (entry.getName().endsWith(".json")) {
        read(entry);
      }
    }
    return sample.remove();
  }

  private void read(TarArchiveEntry entry) throws IOException {
    String where = path + "#" + entry.getName();
    if (entry.getSize() > Store.MAX_WHOLE_FILE) {
      throw new IOException(
          "%s: expected at most %d bytes, found %d declared"
              .formatted(where, Store.MAX_WHOLE_FILE, entry.getSize()));
    }
    byte[] json = tar.readNBytes((int) entry.getSize());
    if (json.length < entry.getSize()) {
      throw new EOFException(
          "%s: expected %d bytes, found %d; the file is cut"
              .formatted(where, entry.getSize(), json.length));
    }
    try {
      sample.addAll(RecordJson.mapper().readValue(json, WebDatasetWriter.Sample.class).records());
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected instruction records, found: %s".formatted(where, e.getOriginalMessage()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
