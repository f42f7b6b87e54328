package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rater's judgement of one answer.
 *
 * @param errors errors of every category
 * @param acceptable whether the answer is acceptable as it stands; null where the rater did not say
 *     so, and has not finished
 */
public record Rating(
    @JsonProperty(required = true) Map<ErrorCategory, ErrorCount> errors,
    @Nullable Boolean acceptable) {
  /** Checks that every category is there. */
  public Rating {
    Set<ErrorCategory> missing = EnumSet.allOf(ErrorCategory.class);
    missing.removeAll(errors == null ? Set.of() : errors.keySet());
    if (!missing.isEmpty() || errors.values().stream().anyMatch(Objects::isNull)) {
      throw new StudyException("expected errors of the categories a to f, found not all of them");
    }
    errors = Collections.unmodifiableMap(new EnumMap<>(errors));
  }

  /** Returns the number of clinically significant errors. */
  int significant() {
    return errors.values().stream().mapToInt(ErrorCount::significant).sum();
  }

  /** Returns the number of other errors. */
  int insignificant() {
    return errors.values().stream().mapToInt(ErrorCount::insignificant).sum();
  }
}
