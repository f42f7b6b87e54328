package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Kinds of errors that raters count, (a) to (f) of Yu et al. (Patterns 2023) and ReXVal. */
public enum ErrorCategory {
  /** A finding that is not there. */
  @JsonProperty("a")
  FALSE_FINDING("a", "False finding", "is not there"),
  /** A finding that was overlooked. */
  @JsonProperty("b")
  MISSED_FINDING("b", "Missed finding", "is there, and left out"),
  /** A finding elsewhere. */
  @JsonProperty("c")
  WRONG_LOCATION("c", "Wrong location", "is elsewhere"),
  /** A finding that is milder or graver. */
  @JsonProperty("d")
  WRONG_SEVERITY("d", "Wrong severity", "too mild or too grave"),
  /** A comparison that the reference does not make. */
  @JsonProperty("e")
  FALSE_COMPARISON("e", "False comparison", "the reference makes none"),
  /** A comparison that only the reference makes. */
  @JsonProperty("f")
  MISSED_COMPARISON("f", "Missed comparison", "the reference makes one");

  private final String key;
  private final String title;
  private final String meaning;

  ErrorCategory(String key, String title, String meaning) {
    this.key = key;
    this.title = title;
    this.meaning = meaning;
  }

  /** Returns the letter used in forms. */
  public String key() {
    return key;
  }

  /** Returns its name on pages. */
  public String title() {
    return title;
  }

  /** Returns what is wrong, in words. */
  public String meaning() {
    return meaning;
  }
}
