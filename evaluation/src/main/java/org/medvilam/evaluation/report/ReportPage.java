package org.medvilam.evaluation.report;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.score.CompatScore;
import org.medvilam.evaluation.score.Evaluation;

/**
 * Everything the page's template names; the template escapes what it inserts.
 *
 * @param title what was evaluated
 * @param notice the banner, or empty
 * @param facts the summary
 * @param records number of scored records
 * @param runs names and line styles of the runs
 * @param drawn those whose answers are among the pictures
 * @param several whether there is more than one run
 * @param repeated whether some of them repeat one another
 * @param headline the first task's overall figures
 * @param tables the score tables
 * @param compat the other papers' rules
 * @param notScored records without a rule
 * @param loss the loss curve, or null
 * @param grid the pictures
 * @param style the style sheet
 */
record ReportPage(
    String title,
    String notice,
    List<Fact> facts,
    String records,
    List<Run> runs,
    List<Run> drawn,
    boolean several,
    boolean repeated,
    Headline headline,
    List<ScoreTable> tables,
    List<CompatLine> compat,
    List<Fact> notScored,
    @Nullable LossCurve loss,
    PictureGrid grid,
    String style) {

  /** A key and its value. */
  record Fact(String key, String value) {}

  /** A run's name and the number of its line style. */
  record Run(String name, int style) {}

  /** The first task's overall figures. */
  record Headline(String figure, boolean percent, List<Big> runs) {}

  /** One figure with the line below it. */
  record Big(String run, String value, String detail) {}

  /** A rule with its accuracy in each run. */
  record CompatLine(String key, String rule, String n, List<String> accuracies) {}

  static ReportPage of(
      String title,
      String notice,
      Map<String, String> summary,
      List<ScoreTable> tables,
      List<Evaluation> runs,
      List<Evaluation> drawn,
      List<Evaluation> repeats,
      @Nullable LossCurve loss,
      PictureGrid grid)
      throws IOException {
    return new ReportPage(
        title,
        notice,
        summary.entrySet().stream().map(e -> new Fact(e.getKey(), e.getValue())).toList(),
        Format.count(runs.get(0).records().size()),
        named(runs),
        named(drawn),
        runs.size() > 1,
        !repeats.isEmpty(),
        headline(tables.get(0), repeats.stream().map(Evaluation::name).toList()),
        tables,
        compat(runs),
        runs.get(0).notScored().entrySet().stream()
            .map(e -> new Fact(e.getKey().key(), Format.count(e.getValue())))
            .toList(),
        loss,
        grid,
        PageTemplate.houseStyle());
  }

  private static List<Run> named(List<Evaluation> runs) {
    List<Run> names = new ArrayList<>();
    for (Evaluation run : runs) {
      names.add(new Run(run.name(), names.size() % Drawing.STYLES));
    }
    return names;
  }

  /** Fills the template. */
  String render() throws IOException {
    StringWriter page = new StringWriter();
    PageTemplate.fill(ReportPage.class, "report.mustache", this, page);
    return page.toString();
  }

  private static Headline headline(ScoreTable table, List<String> repeats) {
    ScoreTable.Line overall =
        table.lines().stream()
            .filter(line -> line.kind() == ScoreTable.Kind.OVERALL)
            .findFirst()
            .orElseThrow();
    boolean accuracy = table.hasAccuracy();
    List<Big> big =
        overall.runs().stream()
            .filter(c -> !repeats.contains(c.run()))
            .map(c -> new Big(c.run(), accuracy ? c.accuracy() : c.iou(), detail(c, accuracy)))
            .toList();
    String name = accuracy ? table.accuracyName() : "mIoU";
    return new Headline(table.heading() + ", " + name, accuracy, big);
  }

  private static String detail(ScoreTable.Cells cells, boolean accuracy) {
    String n = "n\u00a0=\u00a0" + cells.n();
    return accuracy && !cells.interval().isEmpty() ? "95 % CI " + cells.interval() + ", " + n : n;
  }

  private static List<CompatLine> compat(List<Evaluation> runs) {
    List<CompatLine> lines = new ArrayList<>();
    for (int r = 0; r < runs.get(0).compat().size(); r++) {
      int rule = r;
      CompatScore first = runs.get(0).compat().get(r);
      List<String> accuracies =
          runs.stream().map(run -> Format.percent(run.compat().get(rule).accuracy())).toList();
      lines.add(
          new CompatLine(
              first.rule().key(), first.rule().rule(), Format.count(first.records()), accuracies));
    }
    return lines;
  }
}
