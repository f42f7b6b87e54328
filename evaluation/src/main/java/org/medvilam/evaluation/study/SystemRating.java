package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.medvilam.evaluation.statistic.Mean;
import org.medvilam.evaluation.statistic.Proportion;

/**
 * What raters found in a system's answers.
 *
 * @param system the system
 * @param records records that at least one rater rated
 * @param ratings ratings of all raters
 * @param errors errors by category
 * @param all errors of all categories
 * @param withoutSignificant records whose answer has no clinically significant error
 * @param acceptable records whose answer is acceptable as it stands
 */
public record SystemRating(
    String system,
    int records,
    int ratings,
    Map<ErrorCategory, Errors> errors,
    Errors all,
    @JsonProperty("without_significant") Majority withoutSignificant,
    Majority acceptable) {

  /** Copies the map. */
  public SystemRating {
    errors = Collections.unmodifiableMap(new EnumMap<>(errors));
  }

  /** Errors that matter clinically and others. */
  public record Errors(Count significant, Count insignificant) {}

  /**
   * A number of errors.
   *
   * @param total sum over all ratings
   * @param perRecord mean over records, each being the mean of its raters
   */
  public record Count(int total, @JsonProperty("per_record") Mean perRecord) {}

  /**
   * A yes/no judgement, decided for each record by most of its raters.
   *
   * @param records records decided
   * @param drawn records left out since as many raters said yes as no
   */
  public record Majority(Proportion records, int drawn) {}

  /** Returns the rating of a system from the ratings of each of its records. */
  static SystemRating of(String system, Collection<List<Rating>> records) {
    Map<ErrorCategory, Errors> errors = new EnumMap<>(ErrorCategory.class);
    for (ErrorCategory category : ErrorCategory.values()) {
      errors.put(
          category,
          new Errors(
              count(records, r -> r.errors().get(category).significant()),
              count(records, r -> r.errors().get(category).insignificant())));
    }
    return new SystemRating(
        system,
        records.size(),
        records.stream().mapToInt(List::size).sum(),
        errors,
        new Errors(count(records, Rating::significant), count(records, Rating::insignificant)),
        majority(records, r -> r.significant() == 0),
        majority(records, Rating::acceptable));
  }

  /** Returns the mean over the raters of one record. */
  static double mean(List<Rating> ratings, ToIntFunction<Rating> number) {
    return ratings.stream().mapToInt(number).sum() / (double) ratings.size();
  }

  /** Returns by how many raters yes leads over no. */
  static int lead(List<Rating> ratings, Predicate<Rating> yes) {
    return 2 * (int) ratings.stream().filter(yes).count() - ratings.size();
  }

  private static Count count(Collection<List<Rating>> records, ToIntFunction<Rating> number) {
    int total = records.stream().flatMap(List::stream).mapToInt(number).sum();
    double[] means = records.stream().mapToDouble(r -> mean(r, number)).toArray();
    return new Count(total, Mean.of(means));
  }

  private static Majority majority(Collection<List<Rating>> records, Predicate<Rating> yes) {
    List<Integer> leads = new ArrayList<>();
    records.forEach(r -> leads.add(lead(r, yes)));
    int won = (int) leads.stream().filter(l -> l > 0).count();
    int drawn = (int) leads.stream().filter(l -> l == 0).count();
    return new Majority(Proportion.of(won, leads.size() - drawn), drawn);
  }
}
