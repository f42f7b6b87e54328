package org.medvilam.fewshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.SortedMap;

/**
 * What is known of leaks between the training and the held-out part of a subset; the same for every
 * seed.
 *
 * @param inputs SHA-256 over the records of each dataset
 * @param parts groups and records of each part of each dataset
 * @param comparison how pictures were compared: {@code none}, {@code exact} or {@code perceptual}
 * @param pictures what became of the pictures that were compared, by dataset
 * @param excluded number of training records left out, by the kind of their reason
 * @param unproven checks that could not be made, and why
 * @param notes what else a reader must know, such as where the test part comes from
 */
public record LeakReport(
    SortedMap<String, String> inputs,
    SortedMap<String, SortedMap<String, Part>> parts,
    String comparison,
    SortedMap<String, PictureCounts> pictures,
    SortedMap<String, Long> excluded,
    List<String> unproven,
    List<String> notes) {
  /** Copies the lists. */
  public LeakReport {
    unproven = List.copyOf(unproven);
    notes = List.copyOf(notes);
  }

  /**
   * A part of a dataset.
   *
   * @param groups different groups
   * @param records records of any task
   * @param localization records that ask where something is
   */
  public record Part(long groups, long records, long localization) {
    /** Returns the part with one more record. */
    Part plus(boolean newGroup, boolean asksWhere) {
      return new Part(groups + (newGroup ? 1 : 0), records + 1, localization + (asksWhere ? 1 : 0));
    }
  }

  /** Returns the number of training records left out. */
  @JsonProperty("excluded_records")
  public long excludedRecords() {
    return excluded.values().stream().mapToLong(Long::longValue).sum();
  }
}
