package org.medvilam.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.medvilam.evaluation.score.CompatScore;
import org.medvilam.evaluation.score.Evaluation;
import org.medvilam.evaluation.score.LabelMean;
import org.medvilam.evaluation.score.Score;
import org.medvilam.evaluation.score.ScoreRow;
import org.medvilam.evaluation.score.TaskScores;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;

/** The scores as JSON; fractions 0..1, unrounded. */
final class MetricsJson {
  private MetricsJson() {}

  static String render(
      String title, String notice, Map<String, String> summary, List<Evaluation> runs)
      throws JsonProcessingException {
    ObjectNode root = RecordJson.mapper().createObjectNode();
    root.put("title", title);
    root.put("notice", notice);
    ObjectNode facts = root.putObject("summary");
    summary.forEach(facts::put);
    ArrayNode list = root.putArray("runs");
    runs.forEach(run -> fill(list.addObject(), run));
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

  private static String accuracyKey(Task task) {
    return task == Task.LOCALIZATION ? "acc50" : "accuracy";
  }
}
