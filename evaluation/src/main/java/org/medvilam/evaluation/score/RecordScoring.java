package org.medvilam.evaluation.score;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridBox3d;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.geometry.RingOverlap;
import org.medvilam.records.instruction.AnswerText;

/** Scores the answer to one record by the rules of its task. */
final class RecordScoring {
  private RecordScoring() {}

  /** Tells whether a record's task is scored here: points and free text are not. */
  static boolean canScore(InstructionRecord record) {
    return switch (record.task()) {
      case LOCALIZATION -> !record.boxes().isEmpty() || !record.boxes3d().isEmpty();
      case SEGMENTATION -> !record.polygons().isEmpty();
      case CLASSIFICATION -> true;
      case REPORT_GENERATION, VQA -> false;
    };
  }

  /** Scores an answer, null where there is none. */
  static ScoredRecord score(InstructionRecord record, @Nullable String answer) {
    if (answer == null) {
      return failed(record, null, Outcome.MISSING);
    }
    return switch (record.task()) {
      case LOCALIZATION ->
          record.boxes().isEmpty() ? boxes3d(record, answer) : boxes(record, answer);
      case SEGMENTATION -> outlines(record, answer);
      default -> labels(record, answer);
    };
  }

  /** Returns the names in a comma-separated answer, lower case, blanks folded. */
  static Set<String> names(String answer) {
    return Arrays.stream(answer.toLowerCase(Locale.ROOT).split(",", -1))
        .map(name -> name.strip().replaceAll("\\s+", " "))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static ScoredRecord boxes(InstructionRecord record, String answer) {
    Optional<List<GridBox>> parsed = AnswerText.parseBoxes(answer);
    if (parsed.isEmpty()) {
      return failed(record, answer, Outcome.UNPARSABLE);
    }
    List<Box> truth = record.boxes().stream().map(GridBox::toBox).toList();
    List<Box> predicted = parsed.get().stream().map(GridBox::toBox).toList();
    List<Double> ious = BoxMatching.ious(truth, predicted, Box::iou);
    return regions(record, answer, ious, predicted.size() - truth.size());
  }

  private static ScoredRecord boxes3d(InstructionRecord record, String answer) {
    Optional<List<GridBox3d>> parsed = AnswerText.parseBoxes3d(answer);
    if (parsed.isEmpty()) {
      return failed(record, answer, Outcome.UNPARSABLE);
    }
    List<Box3d> truth = record.boxes3d().stream().map(RecordScoring::box3d).toList();
    List<Box3d> predicted = parsed.get().stream().map(RecordScoring::box3d).toList();
    List<Double> ious = BoxMatching.ious(truth, predicted, Box3d::iou);
    return regions(record, answer, ious, predicted.size() - truth.size());
  }

  private static ScoredRecord outlines(InstructionRecord record, String answer) {
    Optional<List<List<GridPoint>>> parsed = AnswerText.parseOutlines(answer);
    if (parsed.isEmpty()) {
      return failed(record, answer, Outcome.UNPARSABLE);
    }
    double iou = RingOverlap.iou(rings(parsed.get()), rings(record.polygons()));
    return regions(record, answer, List.of(iou), 0);
  }

  private static ScoredRecord labels(InstructionRecord record, String answer) {
    Set<String> names = names(answer);
    if (names.isEmpty()) {
      return failed(record, answer, Outcome.UNPARSABLE);
    }
    int hit = names.equals(names(record.answer())) ? 1 : 0;
    Score score = new Score(1, 1, hit, 0, 0, 0, 0);
    return new ScoredRecord(record, answer, Outcome.SCORED, List.of(), score);
  }

  private static ScoredRecord regions(
      InstructionRecord record, String answer, List<Double> ious, int beyond) {
    int hits = BoxMatching.hits(ious);
    double sum = ious.stream().mapToDouble(Double::doubleValue).sum();
    Score score = new Score(1, ious.size(), hits, sum, 0, 0, Math.max(0, beyond));
    return new ScoredRecord(record, answer, Outcome.SCORED, ious, score);
  }

  private static ScoredRecord failed(
      InstructionRecord record, @Nullable String answer, Outcome outcome) {
    boolean located = record.task() == Task.LOCALIZATION;
    int targets = located ? Math.max(record.boxes().size(), record.boxes3d().size()) : 1;
    int unparsable = outcome == Outcome.UNPARSABLE ? 1 : 0;
    int missing = outcome == Outcome.MISSING ? 1 : 0;
    Score score = new Score(1, targets, 0, 0, unparsable, missing, 0);
    List<Double> ious =
        record.task() == Task.CLASSIFICATION ? List.of() : Collections.nCopies(targets, 0.0);
    return new ScoredRecord(record, answer, outcome, ious, score);
  }

  private static Box3d box3d(GridBox3d b) {
    return new Box3d(b.x1(), b.y1(), b.z1(), b.x2(), b.y2(), b.z2());
  }

  private static List<Ring> rings(List<List<GridPoint>> outlines) {
    return outlines.stream().map(points -> Grid.toPixels(points, Grid.MAX, Grid.MAX)).toList();
  }
}
