package org.medvilam.records.instruction;

import java.util.List;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;

/**
 * What became of a sample.
 *
 * @param records its records, in order of task, label and ordinal
 * @param fates what became of each finding, in their order
 * @param specks mask components below the least size
 * @param speckPixels pixels of those components
 * @param holePixels pixels of filled holes
 */
public record Instructed(
    List<InstructionRecord> records,
    List<Fate> fates,
    int specks,
    long speckPixels,
    long holePixels) {
  /** Copies the lists. */
  public Instructed {
    records = List.copyOf(records);
    fates = List.copyOf(fates);
  }

  /** Returns findings and parts of findings that gave no record. */
  public List<Rejection> rejections() {
    return fates.stream().flatMap(f -> f.rejections().stream()).toList();
  }

  /** Returns the number of findings that ended in a way. */
  public int count(Fate.End end) {
    return (int) fates.stream().filter(f -> f.end() == end).count();
  }
}
