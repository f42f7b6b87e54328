package org.medvilam.records.instruction;

import java.util.List;
import org.medvilam.records.Finding;
import org.medvilam.records.Rejection;

/**
 * What became of one finding.
 *
 * @param finding the finding
 * @param end how it ended
 * @param rejections the finding as a whole, or parts of it, that gave no record
 */
public record Fate(Finding finding, End end, List<Rejection> rejections) {
  /** How a finding ends, the best end first. */
  public enum End {
    /** It stands in at least one record. */
    CONVERTED,
    /** None of the requested tasks can use it. */
    NOT_REQUESTED,
    /** It has no region that can be used. */
    REJECTED
  }

  /** Copies the list. */
  public Fate {
    rejections = List.copyOf(rejections);
  }
}
