package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What raters are asked. */
public enum Design {
  /** Which of two answers is better. */
  @JsonProperty("pairwise")
  PAIRWISE,
  /** Which errors one answer has against the reference, and whether it is acceptable. */
  @JsonProperty("independent")
  INDEPENDENT,
  /** First all pairs, then each answer on its own, since only the latter shows the reference. */
  @JsonProperty("both")
  BOTH;

  /** Tells whether answers are compared. */
  boolean compares() {
    return this != INDEPENDENT;
  }

  /** Tells whether answers are rated one by one. */
  boolean rates() {
    return this != PAIRWISE;
  }
}
