package org.medvilam.fewshot;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.medvilam.fewshot.picture.Fingerprints;
import org.medvilam.fewshot.picture.PictureRef;
import org.medvilam.records.codec.JsonLines;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/**
 * Fingerprints that {@link FingerprintJob} took, read front to back with the records.
 *
 * <p>The files hold what a passage over the records may ask for, in the same order; what it does
 * not ask for is passed over. Memory is that of one fingerprint.
 */
final class TakenFingerprints implements Fingerprints {
  private final Store output;
  private final int pieces;
  private int next;
  private @Nullable BufferedReader lines;

  /**
   * Opens the files of a finished job.
   *
   * @param output the tree they are in
   * @param pieces number of files
   */
  TakenFingerprints(Store output, int pieces) {
    this.output = output;
    this.pieces = pieces;
  }

  @Override
  public void read(PictureRef picture, Taker then) throws IOException {
    for (String line = line(); line != null; line = line()) {
      Seen seen = RecordJson.mapper().readValue(line, Seen.class);
      if (seen.picture().equals(picture)) {
        then.take(seen);
        return;
      }
    }
    throw new IOException(
        "expected the fingerprint of %s in %s of %s, found none: did a run change while it was read?"
            .formatted(picture.name(), FingerprintJob.FOLDER, output.uri()));
  }

  private @Nullable String line() throws IOException {
    while (true) {
      String line = lines == null ? null : lines.readLine();
      if (line != null || next == pieces) {
        return line;
      }
      closeLines();
      lines = JsonLines.reader(output, FingerprintJob.file(next++));
    }
  }

  @Override
  public void finish() throws IOException {
    closeLines();
    next = 0;
  }

  private void closeLines() throws IOException {
    if (lines != null) {
      lines.close();
      lines = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeLines();
  }
}
