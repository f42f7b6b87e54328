package org.medvilam.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.medvilam.evaluation.score.CompatScore;
import org.medvilam.evaluation.score.Evaluation;
import org.medvilam.evaluation.score.LabelMean;
import org.medvilam.evaluation.score.Repeated;
import org.medvilam.evaluation.score.Score;
import org.medvilam.evaluation.score.ScoreRow;
import org.medvilam.evaluation.score.TaskScores;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;

/** The scores as JSON; fractions 0..1, unrounded. */
final class MetricsJson {
  private MetricsJson() {}

  static String render(
      String title,
      String notice,
      Map<String, String> summary,
      List<Evaluation> runs,
      List<Evaluation> repeats)
      throws JsonProcessingException {
    ObjectNode root = RecordJson.mapper().createObjectNode();
    root.put("title", title);
    root.put("notice", notice);
    ObjectNode facts = root.putObject("summary");
    summary.forEach(facts::put);
    ArrayNode list = root.putArray("runs");
    runs.forEach(run -> fill(list.addObject(), run));
    if (!repeats.isEmpty()) {
      fill(root.putObject("repeats"), repeats);
    }
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    return RecordJson.mapper().writer(printer).writeValueAsString(root) + "\n";
  }

  private static void fill(ObjectNode node, Evaluation run) {
    node.put("name", run.name());
    ArrayNode tasks = node.putArray("tasks");
    run.tasks().forEach(task -> fill(tasks.addObject(), task));
    if (!run.compat().isEmpty()) {
      ObjectNode compat = node.putObject("compat_single_box");
      for (CompatScore score : run.compat()) {
        ObjectNode entry = compat.putObject(score.rule().key());
        entry.put("rule", score.rule().rule());
        entry.put("records", score.records());
        entry.put("hits", score.hits());
        entry.put("acc50", score.accuracy());
      }
    }
    ObjectNode notScored = node.putObject("not_scored");
    run.notScored().forEach((task, count) -> notScored.put(task.key(), count));
  }

  private static void fill(ObjectNode node, TaskScores scores) {
    Task task = scores.task();
    node.put("task", task.key());
    fill(node.putObject("overall"), task, scores.overall());
    LabelMean mean = scores.labelMean();
    ObjectNode labels = node.putObject("mean_over_labels");
    labels.put("labels", mean.labels());
    if (task != Task.SEGMENTATION) {
      labels.put(accuracyKey(task), mean.accuracy());
    }
    if (task != Task.CLASSIFICATION) {
      labels.put("miou", mean.meanIou());
    }
    ArrayNode rows = node.putArray("rows");
    for (ScoreRow row : scores.rows()) {
      ObjectNode entry = rows.addObject();
      entry.put("dataset", row.dataset());
      entry.put("label", row.label());
      fill(entry, task, row.score());
    }
  }

  private static void fill(ObjectNode node, Task task, Score score) {
    node.put("records", score.records());
    if (task == Task.LOCALIZATION) {
      node.put("targets", score.targets());
    }
    if (task != Task.SEGMENTATION) {
      node.put("hits", score.hits());
      node.put(accuracyKey(task), score.accuracy());
      ArrayNode interval = node.putArray(accuracyKey(task) + "_ci95");
      interval.add(score.accuracy95().low()).add(score.accuracy95().high());
    }
    if (task != Task.CLASSIFICATION) {
      node.put("miou", score.meanIou());
    }
    node.put("unparsable", score.unparsable());
    node.put("missing", score.missing());
    if (task == Task.LOCALIZATION) {
      node.put("extra", score.extra());
    }
  }

  private static void fill(ObjectNode node, List<Evaluation> repeats) {
    ArrayNode names = node.putArray("runs");
    repeats.forEach(run -> names.add(run.name()));
    ArrayNode tasks = node.putArray("tasks");
    List<TaskScores> first = repeats.get(0).tasks();
    for (int t = 0; t < first.size(); t++) {
      int task = t;
      ObjectNode entry = tasks.addObject();
      entry.put("task", first.get(t).task().key());
      spread(
          entry.putObject("overall"),
          first.get(t).task(),
          repeats.stream().map(run -> run.tasks().get(task).overall()).toList());
      ArrayNode rows = entry.putArray("rows");
      for (int r = 0; r < first.get(t).rows().size(); r++) {
        int row = r;
        ScoreRow named = first.get(t).rows().get(r);
        ObjectNode line = rows.addObject();
        line.put("dataset", named.dataset());
        line.put("label", named.label());
        spread(
            line,
            first.get(t).task(),
            repeats.stream().map(run -> run.tasks().get(task).rows().get(row).score()).toList());
      }
    }
  }

  private static void spread(ObjectNode node, Task task, List<Score> scores) {
    if (task != Task.SEGMENTATION) {
      spread(node.putObject(accuracyKey(task)), scores.stream().mapToDouble(Score::accuracy));
    }
    if (task != Task.CLASSIFICATION) {
      spread(node.putObject("miou"), scores.stream().mapToDouble(Score::meanIou));
    }
  }

  private static void spread(ObjectNode node, DoubleStream values) {
    Repeated repeated = Repeated.of(values.toArray());
    node.put("mean", repeated.mean());
    node.put("deviation", repeated.deviation());
  }

  private static String accuracyKey(Task task) {
    return task == Task.LOCALIZATION ? "acc50" : "accuracy";
  }
}
