package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Errors of one category in one answer.
 *
 * @param significant number that matters clinically, 0..{@value #MAX}
 * @param insignificant number that does not, 0..{@value #MAX}
 */
public record ErrorCount(
    @JsonProperty(required = true) int significant,
    @JsonProperty(required = true) int insignificant) {
  /** The largest number that a form takes. */
  static final int MAX = 99;

  /** Checks the range. */
  public ErrorCount {
    if (Math.min(significant, insignificant) < 0 || Math.max(significant, insignificant) > MAX) {
      throw new StudyException(
          "expected numbers of errors of 0..%d, found %d significant and %d insignificant"
              .formatted(MAX, significant, insignificant));
    }
  }
}
