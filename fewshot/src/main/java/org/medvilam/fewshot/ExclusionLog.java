package org.medvilam.fewshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.LocalStore;

/** Every training record that is left out, with the reason; on disk, as there may be many. */
final class ExclusionLog implements Closeable {
  private static final int EXAMPLES = 5;

  private final Path folder;
  private final SortedLines lines;
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final SortedMap<String, TreeMap<String, Example>> examples = new TreeMap<>();

  /**
   * A training record left out.
   *
   * @param record its id
   * @param group its group
   * @param kind what it has in common with a held-out record
   * @param reason the reason in words
   * @param meets the held-out picture that is the same, if that is the reason
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Exclusion(
      String record, String group, Conflict.Kind kind, String reason, @Nullable String meets) {}

  /** An excluded record with its reason, for the page. */
  record Example(InstructionRecord instruction, Conflict conflict) {}

  ExclusionLog() throws IOException {
    folder = Files.createTempDirectory("medvilam-exclusions-");
    lines = SortedLines.in(folder).create();
  }

  /** Adds a record. */
  void add(InstructionRecord r, Conflict conflict) throws IOException {
    String meets = conflict.match() == null ? null : conflict.match().heldOut().name();
    Exclusion exclusion =
        new Exclusion(r.id(), r.group(), conflict.kind(), conflict.reason(), meets);
    lines.add(RecordJson.mapper().writeValueAsString(exclusion));
    counts.merge(conflict.summary(), 1L, Long::sum);
    TreeMap<String, Example> first =
        examples.computeIfAbsent(conflict.summary(), k -> new TreeMap<>());
    first.put(r.id(), new Example(r, conflict));
    if (first.size() > EXAMPLES) {
      first.pollLastEntry();
    }
  }

  /** Returns the number of records left out by the kind of their reason. */
  SortedMap<String, Long> counts() {
    return counts;
  }

  /** Returns the first records, by id, left out for a kind of reason. */
  List<Example> examples(String summary) {
    return List.copyOf(examples.getOrDefault(summary, new TreeMap<>()).values());
  }

  /** Opens the records left out, a JSON object per line, in the order of their ids. */
  BufferedReader sorted() throws IOException {
    return lines.sorted();
  }

  @Override
  public void close() throws IOException {
    lines.close();
    LocalStore.of(folder).delete("");
  }
}
