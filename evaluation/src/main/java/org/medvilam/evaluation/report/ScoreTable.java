package org.medvilam.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.score.Evaluation;
import org.medvilam.evaluation.score.LabelMean;
import org.medvilam.evaluation.score.Repeated;
import org.medvilam.evaluation.score.Score;
import org.medvilam.evaluation.score.ScoreRow;
import org.medvilam.evaluation.score.TaskScores;
import org.medvilam.records.Task;

/**
 * The table of one task as text: a line for each dataset, label and summary.
 *
 * <p>A dataset with a single label is one line, since both have the same records.
 *
 * @param task the task
 * @param lines lines from top to bottom
 */
record ScoreTable(Task task, List<Line> lines) {

  /** What a line sums up. */
  enum Kind {
    DATASET,
    LABEL,
    OVERALL,
    MEAN
  }

  /**
   * A dataset, label or summary.
   *
   * @param kind what it sums up
   * @param name its name
   * @param runs one entry for each run
   */
  record Line(Kind kind, String name, List<Cells> runs) {
    String style() {
      return kind.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The figures of one run; blank where a summary has none.
   *
   * @param run name of the run
   * @param n targets, or records
   * @param accuracy per cent, with the deviation in a line of means
   * @param interval per cent
   * @param whisker the interval as a drawing, or null
   * @param iou mean overlap
   * @param unparsable records with an answer that cannot be read
   * @param missing records without an answer
   * @param extra boxes beyond the targets
   */
  record Cells(
      String run,
      String n,
      String accuracy,
      String interval,
      @Nullable Whisker whisker,
      String iou,
      String unparsable,
      String missing,
      String extra) {}

  /**
   * Returns a table for each task of the runs, which share their records.
   *
   * @param runs the runs, in the order to show
   * @param repeats which of them repeat one another: their mean stands in every line, they
   *     themselves in the summaries alone
   */
  static List<ScoreTable> all(List<Evaluation> runs, List<Evaluation> repeats) {
    List<ScoreTable> tables = new ArrayList<>();
    for (int t = 0; t < runs.get(0).tasks().size(); t++) {
      tables.add(of(t, runs, repeats));
    }
    return tables;
  }

  private static ScoreTable of(int task, List<Evaluation> runs, List<Evaluation> repeats) {
    TaskScores first = runs.get(0).tasks().get(task);
    List<Evaluation> single = runs.stream().filter(run -> !repeats.contains(run)).toList();
    List<Line> lines = new ArrayList<>();
    for (int r = 0; r < first.rows().size(); r++) {
      int row = r;
      List<Cells> cells =
          scores(single, repeats, run -> run.tasks().get(task).rows().get(row).score());
      ScoreRow shown = first.rows().get(r);
      if (shown.label() != null) {
        lines.add(new Line(Kind.LABEL, shown.label(), cells));
      } else if (hasOneLabel(first.rows(), shown.dataset())) {
        r++;
        String label = first.rows().get(r).label();
        lines.add(new Line(Kind.DATASET, shown.dataset() + ", " + label, cells));
      } else {
        lines.add(new Line(Kind.DATASET, shown.dataset(), cells));
      }
    }
    lines.add(
        new Line(
            Kind.OVERALL,
            "Overall",
            scores(runs, repeats, run -> run.tasks().get(task).overall())));
    lines.add(
        new Line(
            Kind.MEAN,
            meanName(first.labelMean()),
            cells(
                runs,
                repeats,
                run -> run.tasks().get(task).labelMean(),
                ScoreTable::cells,
                LabelMean::accuracy,
                LabelMean::meanIou)));
    return new ScoreTable(first.task(), lines);
  }

  /** Returns the cells of a line: each run's own, and the mean of those that repeat one another. */
  private static <T> List<Cells> cells(
      List<Evaluation> runs,
      List<Evaluation> repeats,
      Function<Evaluation, T> part,
      BiFunction<String, T, Cells> own,
      ToDoubleFunction<T> accuracy,
      ToDoubleFunction<T> iou) {
    List<Cells> cells = new ArrayList<>();
    runs.forEach(run -> cells.add(own.apply(run.name(), part.apply(run))));
    if (!repeats.isEmpty()) {
      List<T> parts = repeats.stream().map(part).toList();
      String name = "mean of " + repeats.size();
      cells.add(
          new Cells(
              name,
              own.apply(name, parts.get(0)).n(),
              Format.percent(Repeated.of(parts.stream().mapToDouble(accuracy).toArray())),
              "",
              null,
              Format.iou(Repeated.of(parts.stream().mapToDouble(iou).toArray())),
              "",
              "",
              ""));
    }
    return cells;
  }

  private static List<Cells> scores(
      List<Evaluation> runs, List<Evaluation> repeats, Function<Evaluation, Score> part) {
    return cells(runs, repeats, part, ScoreTable::cells, Score::accuracy, Score::meanIou);
  }

  private static String meanName(LabelMean mean) {
    return "Mean over " + Format.count(mean.labels()) + (mean.labels() == 1 ? " label" : " labels");
  }

  private static boolean hasOneLabel(List<ScoreRow> rows, String dataset) {
    return rows.stream().filter(row -> row.dataset().equals(dataset)).count() == 2;
  }

  private static Cells cells(String run, Score s) {
    return new Cells(
        run,
        Format.count(s.targets()),
        Format.percent(s.accuracy()),
        Format.percent(s.accuracy95()),
        Whisker.of(s),
        Format.iou(s.meanIou()),
        Format.count(s.unparsable()),
        Format.count(s.missing()),
        Format.count(s.extra()));
  }

  private static Cells cells(String run, LabelMean mean) {
    return new Cells(
        run, "", Format.percent(mean.accuracy()), "", null, Format.iou(mean.meanIou()), "", "", "");
  }

  /** Tells whether the task has an accuracy. */
  boolean hasAccuracy() {
    return task != Task.SEGMENTATION;
  }

  /** Tells whether the task has an overlap. */
  boolean hasIou() {
    return task != Task.CLASSIFICATION;
  }

  /** Tells whether the task matches boxes. */
  boolean hasExtra() {
    return task == Task.LOCALIZATION;
  }

  /** Returns the task as a heading. */
  String heading() {
    String key = task.key();
    return Character.toUpperCase(key.charAt(0)) + key.substring(1);
  }

  /** Returns the name of the accuracy. */
  String accuracyName() {
    return task == Task.LOCALIZATION ? "Acc@0.5" : "Accuracy";
  }
}
