package org.medvilam.evaluation.count;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts by a name.
 *
 * @param name what is counted by what
 * @param counts the counts by name, in the order of names
 */
public record CountTable(String name, SortedMap<String, Long> counts) {
  /** Keeps a view that cannot be changed. */
  public CountTable {
    counts = Collections.unmodifiableSortedMap(counts);
  }

  static CountTable of(String name, Map<String, Long> counts) {
    return new CountTable(name, new TreeMap<>(counts));
  }
}
