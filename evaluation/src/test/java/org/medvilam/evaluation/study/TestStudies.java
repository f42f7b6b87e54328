package org.medvilam.evaluation.study;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medvilam.records.Hashing;

/** Keys and forms made in code. */
final class TestStudies {
  private TestStudies() {}

  /** Returns a key of the systems a and b over records r0, r1, …; a is left where the hash says. */
  static StudyKey key(int records, Ties ties, String... raters) {
    List<StudyKey.Comparison> comparisons = new ArrayList<>();
    List<StudyKey.Answer> answers = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      Map<String, String> left = new LinkedHashMap<>();
      for (String rater : raters) {
        left.put(rater, Hashing.index(rater + i, 2) == 0 ? "a" : "b");
      }
      comparisons.add(new StudyKey.Comparison("c-" + i, "r" + i, "a", "b", left));
      answers.add(new StudyKey.Answer("r-a" + i, "r" + i, "a"));
      answers.add(new StudyKey.Answer("r-b" + i, "r" + i, "b"));
    }
    return new StudyKey(
        "s-1",
        1,
        Design.BOTH,
        ties,
        List.of("a", "b"),
        List.of(raters),
        comparisons,
        answers,
        List.of());
  }

  /** Returns what a rater says who prefers a (1), b (-1) or neither (0). */
  static Choice choice(StudyKey.Comparison comparison, String rater, int preference) {
    if (preference == 0) {
      return Choice.EQUAL;
    }
    String better = preference > 0 ? comparison.first() : comparison.second();
    return comparison.left().get(rater).equals(better) ? Choice.LEFT : Choice.RIGHT;
  }

  /** Returns a rating with errors of the category (a) alone. */
  static Rating rating(int significant, int insignificant, Boolean acceptable) {
    Map<ErrorCategory, ErrorCount> errors = new EnumMap<>(ErrorCategory.class);
    for (ErrorCategory category : ErrorCategory.values()) {
      errors.put(category, new ErrorCount(0, 0));
    }
    errors.put(ErrorCategory.FALSE_FINDING, new ErrorCount(significant, insignificant));
    return new Rating(errors, acceptable);
  }

  /** Returns a form of the study s-1. */
  static StudyForm form(String rater, Map<String, Choice> choices, Map<String, Rating> ratings) {
    return new StudyForm("s-1", rater, choices, ratings);
  }
}
