package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.medvilam.evaluation.statistic.McNemar;
import org.medvilam.evaluation.statistic.SignedRank;

/**
 * Two systems on the records where both were rated.
 *
 * @param first a system
 * @param second another one
 * @param records records that both have a rating of
 * @param significantErrors difference of clinically significant errors, first less second, of the
 *     means over raters
 * @param acceptable acceptability by most raters of a record
 * @param drawn records left out of {@code acceptable} since the raters of one answer were divided
 */
public record SystemPair(
    String first,
    String second,
    int records,
    @JsonProperty("significant_errors") SignedRank significantErrors,
    McNemar acceptable,
    int drawn) {

  /**
   * Compares every pair of systems.
   *
   * @param ratings ratings by system and record
   */
  static List<SystemPair> all(Map<String, Map<String, List<Rating>>> ratings) {
    List<String> systems = List.copyOf(ratings.keySet());
    List<SystemPair> pairs = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      for (int j = i + 1; j < systems.size(); j++) {
        String first = systems.get(i);
        String second = systems.get(j);
        pairs.add(of(first, second, ratings.get(first), ratings.get(second)));
      }
    }
    return pairs;
  }

  private static SystemPair of(
      String first, String second, Map<String, List<Rating>> a, Map<String, List<Rating>> b) {
    TreeSet<String> records = new TreeSet<>(a.keySet());
    records.retainAll(b.keySet());
    double[] differences =
        records.stream()
            .mapToDouble(
                id ->
                    SystemRating.mean(a.get(id), Rating::significant)
                        - SystemRating.mean(b.get(id), Rating::significant))
            .toArray();
    int[] cells = new int[4];
    int drawn = 0;
    for (String id : records) {
      int leadA = SystemRating.lead(a.get(id), Rating::acceptable);
      int leadB = SystemRating.lead(b.get(id), Rating::acceptable);
      if (leadA == 0 || leadB == 0) {
        drawn++;
      } else {
        cells[(leadA > 0 ? 0 : 2) + (leadB > 0 ? 0 : 1)]++;
      }
    }
    McNemar acceptable = McNemar.of(cells[0], cells[1], cells[2], cells[3]);
    return new SystemPair(
        first, second, records.size(), SignedRank.of(differences), acceptable, drawn);
  }
}
