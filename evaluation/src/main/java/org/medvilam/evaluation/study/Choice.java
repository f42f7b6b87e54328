package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Which of two answers a rater found better. */
public enum Choice {
  /** The one on the left. */
  LEFT("left"),
  /** Neither. */
  EQUAL("equal"),
  /** The one on the right. */
  RIGHT("right");

  private final String key;

  Choice(String key) {
    this.key = key;
  }

  /** Returns the word used in forms. */
  @JsonValue
  String key() {
    return key;
  }

  /** Returns the choice of a word. */
  @JsonCreator
  static Choice of(String key) {
    return Arrays.stream(values())
        .filter(c -> c.key.equals(key))
        .findFirst()
        .orElseThrow(
            () -> new StudyException("expected left, equal or right, found '%s'".formatted(key)));
  }
}
