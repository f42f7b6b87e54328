package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How answers that are equally good enter a preference; declared before anybody rates. */
public enum Ties {
  /** They are left out. */
  @JsonProperty("exclude")
  EXCLUDE("are left out of the preference"),
  /** Half of them counts for each system; of an odd number one is left out. */
  @JsonProperty("split")
  SPLIT("count half for each system");

  private final String rule;

  Ties(String rule) {
    this.rule = rule;
  }

  /** Returns what happens to equal answers, as the end of a sentence. */
  String rule() {
    return rule;
  }
}
