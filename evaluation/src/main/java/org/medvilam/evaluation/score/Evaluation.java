package org.medvilam.evaluation.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.prediction.PredictionException;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;

/**
 * The scores of one system over some records.
 *
 * <p>The order of records and predictions does not matter: records are held by ascending id, and
 * sums run in that order.
 *
 * @param name what was evaluated, e.g. {@code zero-shot}
 * @param records the scored records by ascending id
 * @param tasks one entry for each task that occurs: localization, segmentation, classification
 * @param compat Acc@0.5 by other papers' rules; empty without single-box records
 * @param notScored records that no rule here scores, by task: points, reports, questions
 */
public record Evaluation(
    String name,
    List<ScoredRecord> records,
    List<TaskScores> tasks,
    List<CompatScore> compat,
    Map<Task, Integer> notScored) {
  /** Copies the collections. */
  public Evaluation {
    records = List.copyOf(records);
    tasks = List.copyOf(tasks);
    compat = List.copyOf(compat);
    notScored = Collections.unmodifiableSortedMap(new TreeMap<>(notScored));
  }

  /**
   * Scores predictions.
   *
   * @param name what is evaluated
   * @param records what was asked; ids are unique
   * @param predictions answers in the toolkit's space, at most one per record; see {@link
   *     org.medvilam.evaluation.prediction.CoordinateSpace#toGrid} for others
   * @throws PredictionException if a prediction is for an unknown record or for one that has one
   *     already
   * @throws IllegalArgumentException if two records share an id, or none can be scored
   */
  public static Evaluation of(
      String name, Collection<InstructionRecord> records, Collection<Prediction> predictions) {
    Map<String, String> answers = answers(records, predictions);
    Map<Task, List<ScoredRecord>> byTask = new EnumMap<>(Task.class);
    Map<Task, Integer> notScored = new EnumMap<>(Task.class);
    List<ScoredRecord> all = new ArrayList<>();
    for (InstructionRecord record : sorted(records)) {
      if (RecordScoring.canScore(record)) {
        ScoredRecord scored = RecordScoring.score(record, answers.get(record.id()));
        all.add(scored);
        byTask.computeIfAbsent(record.task(), k -> new ArrayList<>()).add(scored);
      } else {
        notScored.merge(record.task(), 1, Integer::sum);
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "expected records of localization, segmentation or classification, found none among "
              + records.size());
    }
    List<TaskScores> tasks = new ArrayList<>();
    for (Task task : List.of(Task.LOCALIZATION, Task.SEGMENTATION, Task.CLASSIFICATION)) {
      if (byTask.containsKey(task)) {
        tasks.add(TaskScores.of(task, byTask.get(task)));
      }
    }
    List<CompatScore> compat = CompatScore.all(byTask.getOrDefault(Task.LOCALIZATION, List.of()));
    return new Evaluation(name, all, tasks, compat, notScored);
  }

  private static List<InstructionRecord> sorted(Collection<InstructionRecord> records) {
    return records.stream().sorted(Comparator.comparing(InstructionRecord::id)).toList();
  }

  private static Map<String, String> answers(
      Collection<InstructionRecord> records, Collection<Prediction> predictions) {
    Set<String> known = new HashSet<>();
    for (InstructionRecord record : records) {
      if (!known.add(record.id())) {
        throw new IllegalArgumentException(
            "expected unique record ids, found twice: " + record.id());
      }
    }
    Map<String, String> answers = new HashMap<>();
    for (Prediction prediction : predictions) {
      String id = prediction.recordId();
      if (!known.contains(id)) {
        throw new PredictionException(id, unknown(id, known, predictions));
      }
      if (answers.put(id, prediction.answer()) != null) {
        throw new PredictionException(
            id, "expected one prediction per record, found a second one for: " + id);
      }
    }
    return answers;
  }

  private static String unknown(String id, Set<String> known, Collection<Prediction> predictions) {
    long count = predictions.stream().filter(p -> !known.contains(p.recordId())).count();
    return ("expected predictions for the %d evaluated records, found %d for others, the first for:"
            + " %s; evaluate the run and split that they were made for")
        .formatted(known.size(), count, id);
  }
}
