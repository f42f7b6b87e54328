package org.medvilam.evaluation.count;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.medvilam.evaluation.check.KeySort;
import org.medvilam.evaluation.report.Format;
import org.medvilam.records.codec.RunFolder;

/**
 * What a run holds.
 *
 * @param records how many records
 * @param media how many pictures, volumes and videos, each once
 * @param groups how many groups, such as patients
 * @param counts counts by dataset, split, task, label, modality and kind of group
 * @param spreads sizes, areas, regions and words
 */
public record RunStats(
    long records, long media, long groups, List<CountTable> counts, List<Spread> spreads) {
  private static final int ROWS = 30;

  /** Copies the lists. */
  public RunStats {
    counts = List.copyOf(counts);
    spreads = List.copyOf(spreads);
  }

  /** Hears how many records were read. */
  @FunctionalInterface
  public interface Listener {
    /** Hears of so many records. */
    void read(long records);
  }

  /**
   * Counts a run in one pass; one record is in memory at a time, groups and media are sorted
   * outside.
   *
   * @param run the run
   * @param scratch sorts keys outside memory
   * @param listener hears of progress
   */
  public static RunStats of(RunFolder run, KeySort.Scratch scratch, Listener listener)
      throws IOException {
    try (RunCounter counter = new RunCounter(scratch)) {
      run.forEach(null, r -> listener.read(counter.add(r)));
      return counter.finish();
    }
  }

  /** Returns the tables for a terminal, the largest {@value #ROWS} rows of each. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s records of %s pictures or volumes in %s groups%n"
            .formatted(Format.count(records), Format.count(media), Format.count(groups)));
    for (CountTable table : counts) {
      text.append("%n%s%n".formatted(table.name()));
      List<Map.Entry<String, Long>> rows = CountRow.largest(table);
      rows.stream()
          .limit(ROWS)
          .forEach(
              e -> text.append("%12s  %s%n".formatted(Format.count(e.getValue()), e.getKey())));
      if (rows.size() > ROWS) {
        text.append("              and %d more (--json names all)%n".formatted(rows.size() - ROWS));
      }
    }
    text.append(
        "%n%-44s %10s %8s %8s %8s %8s %8s %8s  %s%n"
            .formatted("spread", "n", "min", "p5", "median", "mean", "p95", "max", "unit"));
    for (Spread s : spreads) {
      text.append(
          "%-44s %10s %8s %8s %8s %8s %8s %8s  %s%n"
              .formatted(
                  s.name(),
                  Format.count(s.n()),
                  number(s.min()),
                  number(s.p5()),
                  number(s.median()),
                  number(s.mean()),
                  number(s.p95()),
                  number(s.max()),
                  s.unit()));
    }
    return text.toString();
  }

  static String number(double v) {
    return v == Math.rint(v) ? Format.count((long) v) : String.format(Locale.ROOT, "%,.2f", v);
  }
}
