package org.medvilam.evaluation.report;

import org.medvilam.evaluation.score.Interval;
import org.medvilam.evaluation.score.Score;

/**
 * An accuracy with its interval, drawn on a line of 100 units.
 *
 * @param low left end of the interval
 * @param high right end of the interval
 * @param at the accuracy
 */
record Whisker(String low, String high, String at) {
  static Whisker of(Score score) {
    Interval ci = score.accuracy95();
    return new Whisker(
        Format.coordinate(100 * ci.low()),
        Format.coordinate(100 * ci.high()),
        Format.coordinate(100 * score.accuracy()));
  }
}
