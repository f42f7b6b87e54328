package org.medvilam.converters.item;

import com.google.code.externalsorting.ExternalSort;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lines of text, sorted on disk: what a listing gathers without holding it in memory.
 *
 * <p>Lines are compared as strings, so a sort key comes first in a line. Memory: at most {@value
 * #MEMORY_MIB} MiB however many lines there are.
 */
public final class SortedLines implements AutoCloseable {
  private static final int MEMORY_MIB = 64;
  private static final int MAX_RUNS = 1024;

  private final Path folder;
  private final Path unsorted;
  private final BufferedWriter writer;

  private SortedLines(Path folder) throws IOException {
    this.folder = folder;
    this.unsorted = folder.resolve("lines");
    this.writer = Files.newBufferedWriter(unsorted);
  }

  /** Makes empty sets of lines. */
  public interface Scratch {
    /** Returns a new empty set, in a folder of its own. */
    SortedLines create() throws IOException;
  }

  /** Returns scratch space below a local folder. */
  public static Scratch in(Path folder) {
    return () -> {
      Files.createDirectories(folder);
      return new SortedLines(Files.createTempDirectory(folder, "lines-"));
    };
  }

  /**
   * Adds a line.
   *
   * @param line text without a line break
   */
  public void add(String line) throws IOException {
    if (line.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("line must not hold a line break");
    }
    writer.write(line);
    writer.write('\n');
  }

  /** Sorts what was added, and opens it; nothing may be added after. */
  public BufferedReader sorted() throws IOException {
    writer.close();
    Path sorted = folder.resolve("sorted");
    List<File> runs =
        ExternalSort.sortInBatch(
            Files.newBufferedReader(unsorted),
            Files.size(unsorted),
            Comparator.naturalOrder(),
            MAX_RUNS,
            (long) MEMORY_MIB << 20,
            StandardCharsets.UTF_8,
            folder.toFile(),
            false,
            0,
            false,
            false);
    ExternalSort.mergeSortedFiles(
        runs,
        sorted.toFile(),
        Comparator.naturalOrder(),
        StandardCharsets.UTF_8,
        false,
        false,
        false);
    return Files.newBufferedReader(sorted);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
