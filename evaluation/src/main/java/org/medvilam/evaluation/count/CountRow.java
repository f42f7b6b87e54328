package org.medvilam.evaluation.count;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.medvilam.evaluation.report.Format;

/**
 * A row of a table with its bar.
 *
 * @param key the name
 * @param n the count
 * @param share of the largest row, in per cent
 */
record CountRow(String key, String n, String share) {

  /** Returns the rows of a table, the largest first, equal ones by name. */
  static List<Map.Entry<String, Long>> largest(CountTable table) {
    return table.counts().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  static List<CountRow> rows(CountTable table) {
    List<Map.Entry<String, Long>> largest = largest(table);
    return largest.stream()
        .map(
            e ->
                new CountRow(
                    e.getKey(),
                    Format.count(e.getValue()),
                    Format.coordinate(100.0 * e.getValue() / largest.get(0).getValue())))
        .toList();
  }
}
