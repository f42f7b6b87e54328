package org.medvilam.evaluation.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.report.Format;
import org.medvilam.evaluation.score.Interval;
import org.medvilam.evaluation.statistic.Mean;
import org.medvilam.evaluation.statistic.Proportion;

/** The tables of a result, those that have no rows left out. */
final class StudyTables {
  private static final String NONE = "–";

  private StudyTables() {}

  static List<StudyTable> all(StudyResult result) {
    List<StudyTable> tables = new ArrayList<>();
    tables.add(preferences(result));
    tables.add(verdicts(result));
    tables.add(errors(result));
    tables.add(pairs(result));
    tables.add(agreement(result));
    tables.add(groups(result));
    tables.add(forms(result));
    return tables.stream().filter(t -> !t.rows().isEmpty()).toList();
  }

  private static StudyTable preferences(StudyResult result) {
    List<StudyTable.Row> rows = new ArrayList<>();
    for (Preference p : result.preferences()) {
      List<String> cells =
          List.of(
              p.first() + " over " + p.second(),
              p.over(),
              Format.count(p.firstBetter()),
              Format.count(p.secondBetter()),
              Format.count(p.equal()),
              percent(p.preferred().proportion()),
              percent(p.preferred().wilson95()),
              percent(p.preferred().clopperPearson95()),
              p(p.p()));
      rows.add(new StudyTable.Row(cells, StudyTable.Plot.of(p.preferred())));
    }
    return new StudyTable(
        "Which answer is better",
        2,
        List.of(
            "Preference",
            "counted over",
            "first",
            "second",
            "equal",
            "first, %",
            "Wilson 95 %",
            "Clopper-Pearson 95 %",
            "sign test p"),
        rows,
        List.of(
            "Equal answers %s.".formatted(result.ties().rule()),
            "Over records, each counts once, for the side that more of its raters chose; over"
                + " judgements, intervals and test take those of one record as independent, which"
                + " they are not."));
  }

  private static StudyTable verdicts(StudyResult result) {
    List<StudyTable.Row> rows = new ArrayList<>();
    for (SystemRating r : result.ratings()) {
      rows.add(verdict(r, "without significant error", r.withoutSignificant()));
      rows.add(verdict(r, "acceptable", r.acceptable()));
    }
    return new StudyTable(
        "Answers on their own",
        2,
        List.of(
            "System", "answers", "n", "of", "%", "Wilson 95 %", "Clopper-Pearson 95 %", "drawn"),
        rows,
        List.of(
            "Each record counts once, as more of its raters judged; where they are divided, it is"
                + " left out as drawn."));
  }

  private static StudyTable.Row verdict(
      SystemRating rating, String what, SystemRating.Majority majority) {
    Proportion p = majority.records();
    List<String> cells =
        List.of(
            rating.system(),
            what,
            Format.count(p.successes()),
            Format.count(p.trials()),
            percent(p.proportion()),
            percent(p.wilson95()),
            percent(p.clopperPearson95()),
            Format.count(majority.drawn()));
    return new StudyTable.Row(cells, StudyTable.Plot.of(p));
  }

  private static StudyTable errors(StudyResult result) {
    List<StudyTable.Row> rows = new ArrayList<>();
    for (ErrorCategory category : ErrorCategory.values()) {
      String name = "(%s) %s".formatted(category.key(), category.title());
      result.ratings().forEach(r -> rows.add(errors(name, r, r.errors().get(category))));
    }
    result.ratings().forEach(r -> rows.add(errors("All errors", r, r.all())));
    return new StudyTable(
        "Errors per answer",
        2,
        List.of(
            "Error",
            "system",
            "significant",
            "per record",
            "95 %",
            "insignificant",
            "per record",
            "95 %"),
        rows,
        List.of(
            "Means over records, each being the mean of its raters. 95 % intervals are Student's t"
                + " over records, cut at 0; there is none where all records have the same mean."));
  }

  private static StudyTable.Row errors(
      String name, SystemRating rating, SystemRating.Errors errors) {
    Mean significant = errors.significant().perRecord();
    Mean insignificant = errors.insignificant().perRecord();
    return StudyTable.Row.of(
        name,
        rating.system(),
        Format.count(errors.significant().total()),
        decimals(significant.mean()),
        decimals(significant.student95()),
        Format.count(errors.insignificant().total()),
        decimals(insignificant.mean()),
        decimals(insignificant.student95()));
  }

  private static StudyTable pairs(StudyResult result) {
    List<StudyTable.Row> rows = new ArrayList<>();
    for (SystemPair pair : result.pairs()) {
      rows.add(
          StudyTable.Row.of(
              pair.first() + " against " + pair.second(),
              Format.count(pair.records()),
              Format.count(pair.significantErrors().pairs()),
              decimals(pair.significantErrors().statistic()),
              p(pair.significantErrors().p())
                  + (pair.significantErrors().exact() ? " (exact)" : ""),
              "%d : %d".formatted(pair.acceptable().firstOnly(), pair.acceptable().secondOnly()),
              decimals(pair.acceptable().chiSquare()),
              p(pair.acceptable().p())));
    }
    return new StudyTable(
        "Systems on the same records",
        1,
        List.of(
            "Systems",
            "records",
            "differ",
            "Wilcoxon W",
            "p",
            "only one acceptable",
            "McNemar chi2",
            "exact p"),
        rows,
        List.of(
            "Wilcoxon's signed-rank test of significant errors, two-sided; equal records are left"
                + " out; p is the normal approximation with ties corrected unless marked exact.",
            "McNemar's test of acceptability; chi2 has the continuity correction, p is exact."));
  }

  private static StudyTable agreement(StudyResult result) {
    List<StudyTable.Row> rows = new ArrayList<>();
    for (Agreement.Pair pair : result.agreement().pairs()) {
      String test = NONE;
      if (pair.signedRank() != null) {
        test = "Wilcoxon p " + p(pair.signedRank().p());
      } else if (pair.mcnemar() != null) {
        test = "McNemar p " + p(pair.mcnemar().p());
      }
      rows.add(
          StudyTable.Row.of(
              pair.first() + ", " + pair.second(),
              pair.aspect().title(),
              Format.count(pair.items()),
              decimals(pair.kappa()),
              decimals(pair.kappaLinear()),
              decimals(pair.kappaQuadratic()),
              decimals(pair.tau()),
              test));
    }
    return new StudyTable(
        "Agreement of two raters",
        2,
        List.of("Raters", "on", "items", "kappa", "linear", "quadratic", "tau-b", "do they differ"),
        rows,
        List.of(
            "Cohen's kappa, plain and weighted; Kendall's tau-b. Weights and ranks need an ordered"
                + " scale."));
  }

  private static StudyTable groups(StudyResult result) {
    List<StudyTable.Row> rows = new ArrayList<>();
    for (Agreement.Group group : result.agreement().groups()) {
      rows.add(
          StudyTable.Row.of(
              group.aspect().title(),
              Format.count(group.raters()),
              Format.count(group.items()),
              decimals(group.fleiss())));
    }
    return new StudyTable(
        "Agreement of all raters",
        1,
        List.of("On", "raters", "items", "Fleiss' kappa"),
        rows,
        List.of("Items that every rater with a form answered."));
  }

  private static StudyTable forms(StudyResult result) {
    List<StudyTable.Row> rows = new ArrayList<>();
    for (StudyResult.Received form : result.forms()) {
      rows.add(
          StudyTable.Row.of(
              form.rater(),
              Format.count(form.items()),
              Format.count(form.answered()),
              Format.count(form.missing().size())));
    }
    return new StudyTable(
        "Forms", 1, List.of("Rater", "items", "answered", "missing"), rows, List.of());
  }

  private static String percent(@Nullable Double fraction) {
    return fraction == null ? NONE : Format.percent(fraction);
  }

  private static String percent(@Nullable Interval interval) {
    return interval == null ? NONE : Format.percent(interval);
  }

  private static String decimals(@Nullable Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String decimals(@Nullable Interval interval) {
    return interval == null
        ? NONE
        : String.format(Locale.ROOT, "%.3f–%.3f", interval.low(), interval.high());
  }

  /** Returns a p with three decimals, or two digits where it is smaller. */
  static String p(@Nullable Double p) {
    if (p == null) {
      return NONE;
    }
    return String.format(Locale.ROOT, p < 0.001 ? "%.1e" : "%.3f", p);
  }
}
