package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What raters may agree on. */
public enum Aspect {
  /** Which answer is better: an ordered scale of three. */
  @JsonProperty("preference")
  PREFERENCE("preference"),
  /** The number of clinically significant errors. */
  @JsonProperty("significant_errors")
  SIGNIFICANT_ERRORS("number of significant errors"),
  /** Whether there is any clinically significant error: yes or no. */
  @JsonProperty("any_significant_error")
  ANY_SIGNIFICANT_ERROR("any significant error"),
  /** Whether an answer is acceptable: yes or no. */
  @JsonProperty("acceptable")
  ACCEPTABLE("acceptable");

  private final String title;

  Aspect(String title) {
    this.title = title;
  }

  /** Returns its name on pages. */
  String title() {
    return title;
  }

  /** Tells whether its values are ordered, rather than yes and no. */
  boolean ordered() {
    return this == PREFERENCE || this == SIGNIFICANT_ERRORS;
  }

  /** Returns the value of a rating; there is none for a preference. */
  int of(Rating rating) {
    return switch (this) {
      case SIGNIFICANT_ERRORS -> rating.significant();
      case ANY_SIGNIFICANT_ERROR -> Integer.signum(rating.significant());
      case ACCEPTABLE -> Boolean.TRUE.equals(rating.acceptable()) ? 1 : 0;
      case PREFERENCE -> throw new IllegalArgumentException("a rating prefers nothing");
    };
  }
}
