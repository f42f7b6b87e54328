package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one rater entered, still blinded: {@code answers-RATER.json}, or its CSV form.
 *
 * @param study the study that the page belongs to
 * @param rater the rater
 * @param comparisons the better side, by item code
 * @param ratings errors and acceptability, by item code
 */
public record StudyForm(
    @JsonProperty(required = true) String study,
    @JsonProperty(required = true) String rater,
    @JsonProperty(required = true) Map<String, Choice> comparisons,
    @JsonProperty(required = true) Map<String, Rating> ratings) {
  /** Checks that all is there, and keeps the order. */
  public StudyForm {
    if (study == null || rater == null || comparisons == null || ratings == null) {
      throw new StudyException("expected study, rater, comparisons and ratings, found one null");
    }
    if (Stream.concat(comparisons.values().stream(), ratings.values().stream())
        .anyMatch(Objects::isNull)) {
      throw new StudyException("expected an answer for every item that is listed, found null");
    }
    comparisons = Collections.unmodifiableMap(new LinkedHashMap<>(comparisons));
    ratings = Collections.unmodifiableMap(new LinkedHashMap<>(ratings));
  }
}
