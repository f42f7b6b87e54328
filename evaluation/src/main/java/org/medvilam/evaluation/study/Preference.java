package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.statistic.Proportion;

/**
 * How often one system's answer was found better than another's.
 *
 * @param first a system
 * @param second another one
 * @param over what is counted: {@value #RECORDS}, {@value #JUDGEMENTS} or a rater's name
 * @param firstBetter how often the first was better
 * @param secondBetter how often the second was better
 * @param equal how often neither was
 * @param preferred how often the first was better, ties treated as declared
 * @param p of the exact two-sided sign test; null where nothing is counted
 */
public record Preference(
    String first,
    String second,
    String over,
    @JsonProperty("first_better") int firstBetter,
    @JsonProperty("second_better") int secondBetter,
    int equal,
    Proportion preferred,
    @JsonProperty("sign_test_p") @Nullable Double p) {
  /** Each record counts once, for the side that more of its raters chose. */
  public static final String RECORDS = "records";

  /** Each judgement counts; the intervals take those of one record as independent. */
  public static final String JUDGEMENTS = "judgements";

  static List<Preference> all(List<Unblinded.Chosen> choices, List<String> raters, Ties ties) {
    Map<List<String>, List<Unblinded.Chosen>> pairs = new LinkedHashMap<>();
    for (Unblinded.Chosen c : choices) {
      List<String> pair = List.of(c.comparison().first(), c.comparison().second());
      pairs.computeIfAbsent(pair, k -> new ArrayList<>()).add(c);
    }
    List<Preference> all = new ArrayList<>();
    pairs.forEach((pair, of) -> all.addAll(pair(pair.get(0), pair.get(1), of, raters, ties)));
    return all;
  }

  private static List<Preference> pair(
      String first, String second, List<Unblinded.Chosen> choices, List<String> raters, Ties ties) {
    Map<String, Integer> sums = new LinkedHashMap<>();
    choices.forEach(c -> sums.merge(c.comparison().code(), c.preference(), Integer::sum));
    List<Preference> rows = new ArrayList<>();
    rows.add(of(first, second, RECORDS, sums.values(), ties));
    if (raters.size() > 1) {
      rows.add(of(first, second, JUDGEMENTS, preferences(choices), ties));
      for (String rater : raters) {
        List<Unblinded.Chosen> own = choices.stream().filter(c -> c.rater().equals(rater)).toList();
        rows.add(of(first, second, rater, preferences(own), ties));
      }
    }
    return rows;
  }

  private static List<Integer> preferences(List<Unblinded.Chosen> choices) {
    return choices.stream().map(Unblinded.Chosen::preference).toList();
  }

  private static Preference of(
      String first, String second, String over, Collection<Integer> preferences, Ties ties) {
    int firstBetter = (int) preferences.stream().filter(v -> v > 0).count();
    int secondBetter = (int) preferences.stream().filter(v -> v < 0).count();
    int equal = preferences.size() - firstBetter - secondBetter;
    int half = ties == Ties.SPLIT ? equal / 2 : 0;
    Proportion preferred = Proportion.of(firstBetter + half, firstBetter + secondBetter + 2 * half);
    return new Preference(
        first, second, over, firstBetter, secondBetter, equal, preferred, preferred.signTest());
  }
}
