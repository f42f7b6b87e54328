package org.medvilam.evaluation.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;

/**
 * The scores of one task.
 *
 * <p>A label belongs to its dataset: the same word in two datasets is two labels. In classification
 * a label's line holds the records whose true answer names it, so that a record with two labels
 * stands in two lines, and once in the dataset's.
 *
 * @param task localization, segmentation or classification
 * @param rows by dataset: its own line, then its labels; both in order of name
 * @param overall all records
 * @param labelMean mean over the label lines
 */
public record TaskScores(Task task, List<ScoreRow> rows, Score overall, LabelMean labelMean) {
  /** Copies the list. */
  public TaskScores {
    rows = List.copyOf(rows);
  }

  /** Adds up records of one task, at least one. */
  static TaskScores of(Task task, List<ScoredRecord> records) {
    SortedMap<String, List<Score>> byDataset = new TreeMap<>();
    SortedMap<String, SortedMap<String, List<Score>>> byLabel = new TreeMap<>();
    for (ScoredRecord scored : records) {
      String dataset = scored.record().dataset();
      byDataset.computeIfAbsent(dataset, k -> new ArrayList<>()).add(scored.score());
      for (String label : labels(scored.record())) {
        byLabel
            .computeIfAbsent(dataset, k -> new TreeMap<>())
            .computeIfAbsent(label, k -> new ArrayList<>())
            .add(scored.score());
      }
    }
    List<ScoreRow> rows = new ArrayList<>();
    List<Score> labelScores = new ArrayList<>();
    byDataset.forEach(
        (dataset, scores) -> {
          rows.add(new ScoreRow(dataset, null, Score.sum(scores)));
          byLabel
              .get(dataset)
              .forEach(
                  (label, some) -> {
                    Score score = Score.sum(some);
                    rows.add(new ScoreRow(dataset, label, score));
                    labelScores.add(score);
                  });
        });
    Score overall = Score.sum(records.stream().map(ScoredRecord::score).toList());
    return new TaskScores(task, rows, overall, LabelMean.of(labelScores));
  }

  private static Set<String> labels(InstructionRecord record) {
    if (record.task() != Task.CLASSIFICATION) {
      return Set.of(record.label());
    }
    Set<String> names = new TreeSet<>(RecordScoring.names(record.answer()));
    return names.isEmpty() ? Set.of(record.label()) : names;
  }
}
