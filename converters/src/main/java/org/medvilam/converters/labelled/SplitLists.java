package org.medvilam.converters.labelled;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.SplitWord;
import org.medvilam.converters.item.WrittenPath;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;

/**
 * Lists of the pictures of each part, a line each: {@code train.txt}, {@code val.txt}, {@code
 * test.txt}.
 *
 * <p>A line means a file when one's path ends with the other's: lists are written in other folders
 * than the dataset lies in. No line is opened as a path. Memory: the lines.
 */
public final class SplitLists {
  private static final Set<String> NAMES =
      Set.of("train.txt", "val.txt", "valid.txt", "validation.txt", "test.txt");

  private final Map<String, List<Line>> byName = new TreeMap<>();
  private final Set<String> used = new TreeSet<>();

  private record Line(String path, Split split, Source source) {}

  /** Tells whether a file has the name of such a list. */
  public static boolean isList(String path) {
    return NAMES.contains(PathNames.name(path));
  }

  /** Reads some lists; their own names tell the parts. */
  public static SplitLists read(Store root, List<String> paths) throws IOException {
    SplitLists lists = new SplitLists();
    for (String path : paths) {
      Optional<SplitWord> word = SplitWord.of(PathNames.name(path));
      if (word.isPresent()) {
        lists.read(root, path, word.get().split());
      }
    }
    return lists;
  }

  private void read(Store root, String path, Split split) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(root.read(path), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        String written = WrittenPath.tidy(line.replace("\uFEFF", "").strip());
        if (!written.isEmpty()) {
          Source source = new Source(path, "line " + number);
          byName
              .computeIfAbsent(PathNames.name(written), k -> new ArrayList<>(1))
              .add(new Line(written, split, source));
        }
      }
    }
  }

  /**
   * What lists say of a file.
   *
   * @param split its part, where all lists that name it agree
   * @param problem {@code conflicting-splits} where they do not, or null
   */
  public record Listed(Optional<Split> split, @Nullable Problem problem) {}

  /**
   * Finds the lines that mean a file.
   *
   * @param path the file as lists would write it, with or without its extension
   */
  public Listed find(String path) {
    List<Line> lines =
        byName.getOrDefault(PathNames.name(path), List.of()).stream()
            .filter(l -> endsWith(l.path, path) || endsWith(path, l.path))
            .toList();
    lines.forEach(l -> used.add(l.source.toString()));
    Set<Split> splits = lines.stream().map(Line::split).collect(Collectors.toSet());
    if (splits.size() > 1) {
      String where = lines.stream().map(l -> l.source.toString()).collect(Collectors.joining(", "));
      String detail = "expected %s in one list, found it in %s".formatted(path, where);
      return new Listed(Optional.empty(), new Problem("conflicting-splits", detail));
    }
    return new Listed(splits.stream().findFirst(), null);
  }

  private static boolean endsWith(String path, String end) {
    return ("/" + path).endsWith("/" + end);
  }

  /** Rejects the lines that mean no file. */
  public void rejectUnused(String dataset, String expected, ItemSink sink) throws IOException {
    for (List<Line> lines : byName.values()) {
      for (Line line : lines) {
        String where = line.source.toString();
        if (!used.contains(where)) {
          String detail = "expected %s of '%s', found none".formatted(expected, line.path);
          sink.reject(
              new Rejection(dataset, Rejection.Scope.ITEM, where, "missing-labels", detail));
        }
      }
    }
  }
}
