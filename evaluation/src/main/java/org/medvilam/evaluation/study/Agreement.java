package org.medvilam.evaluation.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.statistic.Kappa;
import org.medvilam.evaluation.statistic.Kappa.Weights;
import org.medvilam.evaluation.statistic.McNemar;
import org.medvilam.evaluation.statistic.RankCorrelation;
import org.medvilam.evaluation.statistic.SignedRank;

/**
 * How far raters agree.
 *
 * @param pairs every two raters
 * @param groups all raters together
 */
public record Agreement(List<Pair> pairs, List<Group> groups) {
  /** Copies the lists. */
  public Agreement {
    pairs = List.copyOf(pairs);
    groups = List.copyOf(groups);
  }

  /**
   * Two raters; what does not apply to an aspect is not there, what is undefined is null.
   *
   * @param aspect on what they may agree
   * @param first a rater
   * @param second another one
   * @param items items that both answered
   * @param kappa Cohen's kappa
   * @param kappaLinear with linear weights, on ordered values
   * @param kappaQuadratic with quadratic weights, on ordered values
   * @param tau Kendall's tau-b, on ordered values
   * @param signedRank whether one counts more errors than the other
   * @param mcnemar whether one says yes more often than the other
   */
  public record Pair(
      Aspect aspect,
      String first,
      String second,
      int items,
      @Nullable Double kappa,
      @JsonProperty("kappa_linear") @Nullable Double kappaLinear,
      @JsonProperty("kappa_quadratic") @Nullable Double kappaQuadratic,
      @JsonProperty("kendall_tau_b") @Nullable Double tau,
      @JsonProperty("signed_rank") @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable SignedRank signedRank,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable McNemar mcnemar) {}

  /**
   * All raters.
   *
   * @param aspect on what they may agree
   * @param raters number of raters
   * @param items items that all of them answered
   * @param fleiss Fleiss' kappa
   */
  public record Group(
      Aspect aspect,
      int raters,
      int items,
      @JsonProperty("fleiss_kappa") @Nullable Double fleiss) {}

  static Agreement of(Unblinded study) {
    List<Pair> pairs = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    values(study)
        .forEach(
            (aspect, byRater) -> {
              List<String> raters = List.copyOf(byRater.keySet());
              for (int i = 0; i < raters.size(); i++) {
                for (int j = i + 1; j < raters.size(); j++) {
                  pairs.add(pair(aspect, raters.get(i), raters.get(j), byRater));
                }
              }
              if (raters.size() > 1 && aspect != Aspect.SIGNIFICANT_ERRORS) {
                groups.add(group(aspect, byRater));
              }
            });
    return new Agreement(pairs, groups);
  }

  private static Map<Aspect, SortedMap<String, Map<String, Integer>>> values(Unblinded study) {
    Map<Aspect, SortedMap<String, Map<String, Integer>>> values = new EnumMap<>(Aspect.class);
    for (Unblinded.Chosen c : study.choices()) {
      put(values, Aspect.PREFERENCE, c.rater(), c.comparison().code(), c.preference());
    }
    for (Unblinded.Rated r : study.ratings()) {
      for (Aspect aspect : Aspect.values()) {
        if (aspect != Aspect.PREFERENCE) {
          put(values, aspect, r.rater(), r.answer().code(), aspect.of(r.rating()));
        }
      }
    }
    return values;
  }

  private static void put(
      Map<Aspect, SortedMap<String, Map<String, Integer>>> values,
      Aspect aspect,
      String rater,
      String code,
      int value) {
    values
        .computeIfAbsent(aspect, k -> new TreeMap<>())
        .computeIfAbsent(rater, k -> new TreeMap<>())
        .put(code, value);
  }

  private static Pair pair(
      Aspect aspect, String first, String second, Map<String, Map<String, Integer>> byRater) {
    int[][] values = common(List.of(byRater.get(first), byRater.get(second)));
    int[] a = values[0];
    int[] b = values[1];
    boolean ordered = aspect.ordered();
    return new Pair(
        aspect,
        first,
        second,
        a.length,
        Kappa.cohen(a, b, Weights.NONE),
        ordered ? Kappa.cohen(a, b, Weights.LINEAR) : null,
        ordered ? Kappa.cohen(a, b, Weights.QUADRATIC) : null,
        ordered ? RankCorrelation.kendallTauB(decimals(a), decimals(b)) : null,
        aspect == Aspect.SIGNIFICANT_ERRORS ? SignedRank.of(differences(a, b)) : null,
        ordered ? null : mcnemar(a, b));
  }

  private static Group group(Aspect aspect, Map<String, Map<String, Integer>> byRater) {
    int[][] values = common(List.copyOf(byRater.values()));
    int[] scale = Arrays.stream(values).flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    int[][] table = new int[values[0].length][scale.length];
    for (int[] own : values) {
      for (int i = 0; i < own.length; i++) {
        table[i][Arrays.binarySearch(scale, own[i])]++;
      }
    }
    return new Group(aspect, values.length, table.length, Kappa.fleiss(table));
  }

  /** Returns the values of the items that all raters answered, a row for each rater. */
  private static int[][] common(List<Map<String, Integer>> raters) {
    TreeSet<String> codes = new TreeSet<>(raters.get(0).keySet());
    raters.forEach(r -> codes.retainAll(r.keySet()));
    return raters.stream()
        .map(r -> codes.stream().mapToInt(r::get).toArray())
        .toArray(int[][]::new);
  }

  private static double[] decimals(int[] values) {
    return Arrays.stream(values).asDoubleStream().toArray();
  }

  private static double[] differences(int[] a, int[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static McNemar mcnemar(int[] a, int[] b) {
    int[] cells = new int[4];
    for (int i = 0; i < a.length; i++) {
      cells[3 - 2 * a[i] - b[i]]++;
    }
    return McNemar.of(cells[0], cells[1], cells[2], cells[3]);
  }
}
