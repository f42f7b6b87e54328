package org.medvilam.evaluation.score;

import java.util.Collection;

/**
 * Counts over some records of one task; scores of disjoint records add up.
 *
 * @param records records scored
 * @param targets what there was to get right: true boxes, or one per record in the other tasks
 * @param hits targets with an overlap of 0.5 or more; exact answers in classification
 * @param iouSum sum over the targets of the overlap reached
 * @param unparsable records with an answer that cannot be read
 * @param missing records without an answer
 * @param extra predicted boxes beyond the number of true ones, record by record
 */
public record Score(
    int records, int targets, int hits, double iouSum, int unparsable, int missing, int extra) {
  /** No record at all. */
  public static final Score NONE = new Score(0, 0, 0, 0, 0, 0, 0);

  /** Returns the sum of scores, added in their order. */
  public static Score sum(Collection<Score> scores) {
    return scores.stream().reduce(NONE, Score::plus);
  }

  /** Returns the score over the records of both. */
  public Score plus(Score o) {
    return new Score(
        records + o.records,
        targets + o.targets,
        hits + o.hits,
        iouSum + o.iouSum,
        unparsable + o.unparsable,
        missing + o.missing,
        extra + o.extra);
  }

  /** Returns hits / targets: Acc@0.5, or the accuracy of a classification. */
  public double accuracy() {
    return hits / (double) targets;
  }

  /** Returns the 95 % Wilson interval of {@link #accuracy()}, taking targets as independent. */
  public Interval accuracy95() {
    return Interval.wilson95(hits, targets);
  }

  /** Returns the mean overlap over the targets; a target that nothing matched counts 0. */
  public double meanIou() {
    return iouSum / targets;
  }
}
