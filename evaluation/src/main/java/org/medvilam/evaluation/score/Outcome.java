package org.medvilam.evaluation.score;

/** What became of a record's answer. */
public enum Outcome {
  /** It was read and scored. */
  SCORED,
  /** It was there but could not be read; it hits nothing. */
  UNPARSABLE,
  /** There was none; it hits nothing. */
  MISSING
}
