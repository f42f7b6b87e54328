package org.medvilam.evaluation.check;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.medvilam.evaluation.report.Format;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Split;
import org.medvilam.records.Task;

/**
 * Counts labels and looks at how they are spelt.
 *
 * <p>Two spellings are one label where they have the same letters and digits, but for a plural
 * {@code s} and the British {@code ou}. Holds the names of labels in memory, nothing of records.
 */
final class LabelChecks {
  private static final Pattern STRAY = Pattern.compile("^\\s|\\s$|\\s{2,}|_");

  private final Tally tally;
  private final double maxRatio;
  private final SortedMap<String, SortedSet<String>> spellings = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();

  LabelChecks(Tally tally, double maxRatio) {
    this.tally = tally;
    this.maxRatio = maxRatio;
  }

  void look(InstructionRecord r) {
    String place = "%s, %s, %s".formatted(r.dataset(), Split.fileKey(r.split()), r.task().key());
    String[] labels =
        r.task() == Task.CLASSIFICATION ? r.label().split(", ", -1) : new String[] {r.label()};
    for (String label : labels) {
      spellings.computeIfAbsent(letters(label), k -> new TreeSet<>()).add(label);
      counts.computeIfAbsent(place, k -> new TreeMap<>()).merge(label, 1L, Long::sum);
    }
  }

  private static String letters(String label) {
    String letters =
        label.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}+]", "").replace("our", "or");
    return letters.length() > 3 && letters.endsWith("s")
        ? letters.substring(0, letters.length() - 1)
        : letters;
  }

  /** Judges what was counted; records may not follow. */
  void finish() {
    for (SortedSet<String> names : spellings.values()) {
      names.forEach(this::spelling);
      if (names.size() > 1) {
        tally.found(Check.LABEL_SPELLING, names.first(), "expected one spelling, found " + names);
      }
    }
    counts.forEach(this::imbalance);
  }

  private void spelling(String label) {
    tally.examined(Check.LABEL_SPELLING);
    if (label.isBlank()) {
      tally.found(Check.LABEL_SPELLING, "'" + label + "'", "expected a name, found none");
    } else if (!label.equals(label.toLowerCase(Locale.ROOT))) {
      tally.found(Check.LABEL_SPELLING, label, "expected lower case, found capitals");
    } else if (STRAY.matcher(label).find()) {
      tally.found(
          Check.LABEL_SPELLING,
          "'" + label + "'",
          "expected words with one blank between, found stray blanks or underscores");
    }
  }

  private void imbalance(String place, Map<String, Long> labels) {
    long most = Collections.max(labels.values());
    labels.forEach(
        (label, n) -> {
          tally.examined(Check.CLASS_IMBALANCE);
          if (most > maxRatio * n) {
            tally.found(
                Check.CLASS_IMBALANCE,
                place,
                "'%s' has %s records, the most frequent label %s"
                    .formatted(label, Format.count(n), Format.count(most)));
          }
        });
  }
}
