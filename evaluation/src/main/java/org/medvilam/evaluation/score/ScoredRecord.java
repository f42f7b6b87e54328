package org.medvilam.evaluation.score;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/**
 * One record with the answer it got and the score of that answer.
 *
 * @param record the record
 * @param answer the answer in the toolkit's space, or null where there was none
 * @param outcome whether the answer could be scored
 * @param ious overlap that each target reached, in the record's order; empty in classification
 * @param score the counts of this record alone
 */
public record ScoredRecord(
    InstructionRecord record,
    @Nullable String answer,
    Outcome outcome,
    List<Double> ious,
    Score score) {
  /** Copies the list. */
  public ScoredRecord {
    ious = List.copyOf(ious);
  }
}
