package org.medvilam.evaluation.study;

import org.jspecify.annotations.Nullable;
import org.medvilam.records.Task;

/**
 * How a study is drawn.
 *
 * @param design what raters are asked
 * @param ties how equal answers will count, said on the pages
 * @param task what the records ask for; null for any
 * @param items most records, at least 1; the first by hash of seed and id
 * @param seed what orders and sides are drawn from
 * @param raters number of raters, each of whom gets every item; at least 1
 */
public record StudyOptions(
    Design design, Ties ties, @Nullable Task task, int items, long seed, int raters) {
  /** Checks the ranges. */
  public StudyOptions {
    if (items < 1) {
      throw new StudyException("expected at least 1 item, found " + items);
    }
    if (raters < 1) {
      throw new StudyException("expected at least 1 rater, found " + raters);
    }
  }
}
