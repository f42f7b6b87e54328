package org.medvilam.records.instruction;

import java.util.List;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;

/**
 * What became of a sample.
 *
 * @param records its records, in order of task, label and ordinal
 * @param rejections annotations and parts that gave no record
 * @param converted annotations that stand in at least one record
 * @param notRequested annotations that none of the requested tasks can use
 * @param specks mask components below the least size
 * @param speckPixels pixels of those components
 * @param holePixels pixels of filled holes
 */
public record Instructed(
    List<InstructionRecord> records,
    List<Rejection> rejections,
    int converted,
    int notRequested,
    int specks,
    long speckPixels,
    long holePixels) {
  /** Copies the lists. */
  public Instructed {
    records = List.copyOf(records);
    rejections = List.copyOf(rejections);
  }
}
