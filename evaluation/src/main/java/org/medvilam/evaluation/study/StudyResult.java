package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a study found; fractions 0..1, unrounded.
 *
 * @param study the study's hash
 * @param design what was asked
 * @param declared how equal answers were to count, as the pages said
 * @param ties how they count here
 * @param systems the systems
 * @param records number of records shown
 * @param forms what came from each rater
 * @param preferences pairs of systems in the comparisons
 * @param ratings systems in the ratings
 * @param pairs pairs of systems in the ratings
 * @param agreement how far raters agree
 */
public record StudyResult(
    String study,
    Design design,
    @JsonProperty("ties_declared") Ties declared,
    Ties ties,
    List<String> systems,
    int records,
    List<Received> forms,
    List<Preference> preferences,
    List<SystemRating> ratings,
    List<SystemPair> pairs,
    Agreement agreement) {
  /** Copies the lists. */
  public StudyResult {
    systems = List.copyOf(systems);
    forms = List.copyOf(forms);
    preferences = List.copyOf(preferences);
    ratings = List.copyOf(ratings);
    pairs = List.copyOf(pairs);
  }

  /**
   * What came from a rater.
   *
   * @param rater the rater
   * @param items items asked
   * @param answered items answered
   * @param missing codes of the others
   */
  public record Received(String rater, int items, int answered, List<String> missing) {
    /** Copies the list. */
    public Received {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Scores forms.
   *
   * @param key the study's key
   * @param forms at most one of each rater
   * @param ties how equal answers count; null for as declared
   * @throws StudyException if a form does not belong to the key
   */
  public static StudyResult of(StudyKey key, Collection<StudyForm> forms, @Nullable Ties ties) {
    Unblinded study = Unblinded.of(key, forms);
    Ties used = ties == null ? key.ties() : ties;
    Map<String, Map<String, List<Rating>>> bySystem = new TreeMap<>();
    for (Unblinded.Rated r : study.ratings()) {
      bySystem
          .computeIfAbsent(r.answer().system(), k -> new LinkedHashMap<>())
          .computeIfAbsent(r.answer().recordId(), k -> new ArrayList<>())
          .add(r.rating());
    }
    List<SystemRating> ratings = new ArrayList<>();
    bySystem.forEach((system, own) -> ratings.add(SystemRating.of(system, own.values())));
    return new StudyResult(
        key.study(),
        key.design(),
        key.ties(),
        used,
        key.systems(),
        key.records(),
        study.forms(),
        Preference.all(study.choices(), key.raters(), used),
        ratings,
        SystemPair.all(bySystem),
        Agreement.of(study));
  }
}
