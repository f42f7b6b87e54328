package org.medvilam.pipelines.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.evaluation.check.KeySort;
import org.medvilam.records.store.LocalStore;

/** Keys sorted in the machine's temporary directory. */
public final class ScratchKeys implements KeySort {
  private final Path folder;
  private final SortedLines lines;

  private ScratchKeys(Path folder, SortedLines lines) {
    this.folder = folder;
    this.lines = lines;
  }

  /** Returns a new empty set in a directory of its own, removed when it is closed. */
  public static KeySort create() throws IOException {
    Path folder = Files.createTempDirectory("medvilam-keys-");
    return new ScratchKeys(folder, SortedLines.in(folder).create());
  }

  @Override
  public void add(String line) throws IOException {
    lines.add(line);
  }

  @Override
  public BufferedReader sorted() throws IOException {
    return lines.sorted();
  }

  @Override
  public void close() throws IOException {
    lines.close();
    LocalStore.of(folder).delete("");
  }
}
