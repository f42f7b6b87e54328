package org.medvilam.records.instruction;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.MaskOutlines;

/**
 * How samples become records.
 *
 * @param tasks what to ask; all by default
 * @param points points per outline, at least 3; 25 by default, as the paper writes
 * @param minComponent least pixels of a mask component; 10 by default
 * @param expandRegions one record per region instead of one per label; off by default
 */
public record InstructionOptions(
    Set<Task> tasks, int points, int minComponent, boolean expandRegions) implements Serializable {
  /** Points per outline in the paper, section 4.1. */
  public static final int PAPER_POINTS = 25;

  /** Copies the set and checks the ranges. */
  public InstructionOptions {
    tasks = Set.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("tasks must not be empty");
    }
    if (points < 3 || points > 1000) {
      throw new IllegalArgumentException("points must be 3 to 1000, but was: " + points);
    }
    if (minComponent < 1) {
      throw new IllegalArgumentException(
          "minComponent must be at least 1, but was: " + minComponent);
    }
  }

  /** Returns the defaults of the paper. */
  public static InstructionOptions standard() {
    return new InstructionOptions(
        EnumSet.allOf(Task.class), PAPER_POINTS, MaskOutlines.DEFAULT_MIN_COMPONENT, false);
  }
}
