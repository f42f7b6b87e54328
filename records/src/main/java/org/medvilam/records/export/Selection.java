package org.medvilam.records.export;

import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.MediaGroups;
import org.medvilam.records.codec.RunFolder;

/**
 * Which records of a run are exported.
 *
 * <p>A limit counts media, not records, so that no picture is told by halves. They are ordered by
 * SHA-256 of {@code dataset|media.id}, as {@code convert} orders items.
 */
final class Selection {
  private final RunFolder run;
  private final ExportOptions options;

  /** By split, the greatest hash of a medium that is still in. */
  private final SortedMap<String, String> last = new TreeMap<>();

  private Selection(RunFolder run, ExportOptions options) {
    this.run = run;
    this.options = options;
  }

  /** Reads the run once where there is a limit; memory is that of as many hashes. */
  static Selection of(RunFolder run, ExportOptions options) throws IOException {
    Selection selection = new Selection(run, options);
    if (options.limit() > 0) {
      selection.cut();
    }
    return selection;
  }

  private void cut() throws IOException {
    SortedMap<String, TreeSet<String>> first = new TreeMap<>();
    run.forEach(
        options.split(),
        r -> {
          if (options.asksFor(r.task())) {
            TreeSet<String> hashes =
                first.computeIfAbsent(Split.fileKey(r.split()), k -> new TreeSet<>());
            hashes.add(hash(r));
            if (hashes.size() > options.limit()) {
              hashes.pollLast();
            }
          }
        });
    first.forEach((split, hashes) -> last.put(split, hashes.last()));
  }

  private static String hash(InstructionRecord r) {
    return Hashing.hex(MediaGroups.key(r));
  }

  /** Passes the selected records on, in the order of the run. */
  void forEach(RunFolder.Visitor visitor) throws IOException {
    run.forEach(
        options.split(),
        r -> {
          boolean in =
              options.limit() == 0
                  || hash(r).compareTo(last.getOrDefault(Split.fileKey(r.split()), "")) <= 0;
          if (in && options.asksFor(r.task())) {
            visitor.visit(r);
          }
        });
  }

  /** Tells whether a run has any record that options ask for, by its manifest. */
  static boolean hasAny(RunFolder run, ExportOptions options) {
    for (Task task : Task.values()) {
      if (options.asksFor(task) && !labels(run, options, task).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the labels of a task's records that options may ask for, by the run's manifest. */
  static SortedSet<String> labels(RunFolder run, ExportOptions options, Task task) {
    SortedSet<String> labels = new TreeSet<>();
    for (String key : run.manifest().counts().records("by_split_task_label").keySet()) {
      String[] parts = key.split("/", 3);
      boolean split = options.split() == null || options.split().key().equals(parts[0]);
      if (split && parts[1].equals(task.key())) {
        labels.add(parts[2]);
      }
    }
    return labels;
  }
}
