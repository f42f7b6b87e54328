package org.medvilam.evaluation.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/** Compares the files of a run with its manifest. */
final class FileChecks {
  private final Tally tally;
  private final RunFolder run;

  FileChecks(Tally tally, RunFolder run) {
    this.tally = tally;
    this.run = run;
  }

  void look() throws IOException {
    for (Manifest.FileEntry file : run.manifest().files()) {
      tally.examined(Check.SHARD_MISMATCH);
      bytes(run.store(), file);
    }
    Set<String> listed =
        run.manifest().files().stream().map(Manifest.FileEntry::path).collect(Collectors.toSet());
    for (StoreEntry entry : run.store().list(RunFolder.RECORDS)) {
      String path = RunFolder.RECORDS + "/" + entry.name();
      if (!listed.contains(path)) {
        tally.examined(Check.SHARD_MISMATCH);
        tally.found(
            Check.SHARD_MISMATCH, path, "expected files of the manifest only, found one more");
      }
    }
  }

  private void bytes(Store store, Manifest.FileEntry file) throws IOException {
    if (!store.exists(file.path())) {
      tally.found(Check.SHARD_MISMATCH, file.path(), "expected the file, found none");
      return;
    }
    try (InputStream in = store.read(file.path())) {
      Checksum found = Checksum.of(in);
      if (found.bytes() != file.bytes()) {
        tally.found(
            Check.SHARD_MISMATCH,
            file.path(),
            "expected %d bytes, found %d".formatted(file.bytes(), found.bytes()));
      } else if (!found.hex().equals(file.sha256())) {
        tally.found(
            Check.SHARD_MISMATCH,
            file.path(),
            "expected SHA-256 " + file.sha256() + ", found another");
      }
    }
  }

  /** Compares the number of records that could be read. */
  void records(Manifest.FileEntry file, long found) {
    if (found != file.records()) {
      tally.found(
          Check.SHARD_MISMATCH,
          file.path(),
          "expected %d records, found %d".formatted(file.records(), found));
    }
  }
}
