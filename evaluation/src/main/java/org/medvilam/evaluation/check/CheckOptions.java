package org.medvilam.evaluation.check;

import java.util.Set;

/**
 * How a run is checked.
 *
 * @param skipped checks that are not made
 * @param minIou least IoU of an outline's points with the native outline, 0 to 1; below 0.5 even a
 *     model that repeats the answer misses the thing at IoU 0.5
 * @param maxRatio how many times rarer than the most frequent label of its dataset, split and task
 *     a label may be, at least 1
 * @param examples how many findings of a check are named, at least 0
 */
public record CheckOptions(Set<Check> skipped, double minIou, double maxRatio, int examples) {
  /** Copies the set and checks the ranges. */
  public CheckOptions {
    skipped = Set.copyOf(skipped);
    if (!(minIou >= 0 && minIou <= 1)) {
      throw new IllegalArgumentException("minIou must be 0 to 1, but was: " + minIou);
    }
    if (!(maxRatio >= 1)) {
      throw new IllegalArgumentException("maxRatio must be at least 1, but was: " + maxRatio);
    }
    if (examples < 0) {
      throw new IllegalArgumentException("examples must not be negative, but was: " + examples);
    }
  }

  /** Returns every check at IoU 0.5, 20 times rarer and five examples. */
  public static CheckOptions standard() {
    return new CheckOptions(Set.of(), 0.5, 20, 5);
  }
}
