package org.medvilam.evaluation.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Forms that were checked against their key, with the systems' names put back.
 *
 * @param forms what came from each rater, in the key's order
 * @param choices every comparison that was answered
 * @param ratings every answer whose rating was finished
 */
record Unblinded(List<StudyResult.Received> forms, List<Chosen> choices, List<Rated> ratings) {

  /**
   * An answered comparison.
   *
   * @param preference 1 where the first system is better, -1 where the second is, 0 for equal
   */
  record Chosen(String rater, StudyKey.Comparison comparison, int preference) {}

  /** A finished rating. */
  record Rated(String rater, StudyKey.Answer answer, Rating rating) {}

  /**
   * Checks and unblinds forms.
   *
   * @throws StudyException if a form belongs to another study, to an unknown rater or to one who
   *     has a form already, or answers what was not asked
   */
  static Unblinded of(StudyKey key, Collection<StudyForm> forms) {
    Set<String> seen = new HashSet<>();
    forms.forEach(form -> check(key, form, seen));
    Map<String, StudyForm> byRater =
        forms.stream().collect(Collectors.toMap(StudyForm::rater, Function.identity()));
    List<StudyResult.Received> received = new ArrayList<>();
    List<Chosen> choices = new ArrayList<>();
    List<Rated> ratings = new ArrayList<>();
    for (String rater : key.raters()) {
      StudyForm form =
          byRater.getOrDefault(rater, new StudyForm(key.study(), rater, Map.of(), Map.of()));
      List<String> missing = new ArrayList<>();
      for (StudyKey.Comparison c : key.comparisons()) {
        Choice choice = form.comparisons().get(c.code());
        if (choice == null) {
          missing.add(c.code());
        } else {
          choices.add(new Chosen(rater, c, preference(choice, c, rater)));
        }
      }
      for (StudyKey.Answer a : key.answers()) {
        Rating rating = form.ratings().get(a.code());
        if (rating == null || rating.acceptable() == null) {
          missing.add(a.code());
        } else {
          ratings.add(new Rated(rater, a, rating));
        }
      }
      int items = key.items();
      received.add(new StudyResult.Received(rater, items, items - missing.size(), missing));
    }
    return new Unblinded(received, choices, ratings);
  }

  private static void check(StudyKey key, StudyForm form, Set<String> seen) {
    String rater = form.rater();
    if (!form.study().equals(key.study())) {
      throw new StudyException(
          "expected forms of the study %s, found one of %s by %s; give the key of the same study"
              .formatted(key.study(), form.study(), rater));
    }
    if (!key.raters().contains(rater)) {
      throw new StudyException(
          "expected forms of %s, found one of '%s'".formatted(key.raters(), rater));
    }
    if (!seen.add(rater)) {
      throw new StudyException("expected one form of each rater, found a second one of " + rater);
    }
    Set<String> compared = codes(key.comparisons().stream().map(StudyKey.Comparison::code));
    Set<String> rated = codes(key.answers().stream().map(StudyKey.Answer::code));
    List<String> unknown =
        Stream.concat(
                form.comparisons().keySet().stream().filter(c -> !compared.contains(c)),
                form.ratings().keySet().stream().filter(c -> !rated.contains(c)))
            .sorted(Comparator.naturalOrder())
            .toList();
    if (!unknown.isEmpty()) {
      throw new StudyException(
          "expected answers to the items of the key, found %d others by %s, the first: %s"
              .formatted(unknown.size(), rater, unknown.get(0)));
    }
  }

  private static Set<String> codes(Stream<String> codes) {
    return codes.collect(Collectors.toUnmodifiableSet());
  }

  private static int preference(Choice choice, StudyKey.Comparison c, String rater) {
    if (choice == Choice.EQUAL) {
      return 0;
    }
    boolean firstLeft = c.left().get(rater).equals(c.first());
    return (choice == Choice.LEFT) == firstLeft ? 1 : -1;
  }
}
