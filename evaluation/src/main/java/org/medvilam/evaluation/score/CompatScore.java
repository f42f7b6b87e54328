package org.medvilam.evaluation.score;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.instruction.AnswerText;

/**
 * Acc@0.5 by another paper's rule, over records with exactly one true box.
 *
 * <p>Those scripts know one box per question: the first box of an answer is compared with the true
 * one in pixels of the native image. An answer that cannot be read, or is missing, is wrong.
 * Records without an image size or a native box are left out.
 *
 * @param rule whose rule
 * @param records single-box records
 * @param hits records that the rule counts as right
 */
public record CompatScore(CompatRule rule, int records, int hits) {
  /** Returns hits / records. */
  public double accuracy() {
    return hits / (double) records;
  }

  /** Scores by every rule; empty if no record has exactly one box. */
  static List<CompatScore> all(List<ScoredRecord> scored) {
    List<ScoredRecord> single = scored.stream().filter(s -> hasOneBox(s.record())).toList();
    if (single.isEmpty()) {
      return List.of();
    }
    List<CompatScore> scores = new ArrayList<>();
    for (CompatRule rule : CompatRule.values()) {
      int hits = (int) single.stream().filter(s -> hit(rule, s)).count();
      scores.add(new CompatScore(rule, single.size(), hits));
    }
    return List.copyOf(scores);
  }

  private static boolean hasOneBox(InstructionRecord record) {
    Media media = record.media();
    return record.boxes().size() == 1
        && record.nativeRegions().boxes().size() == 1
        && media.width() != null
        && media.height() != null;
  }

  private static boolean hit(CompatRule rule, ScoredRecord scored) {
    if (scored.outcome() != Outcome.SCORED || scored.answer() == null) {
      return false;
    }
    Media media = scored.record().media();
    GridBox b = AnswerText.parseBoxes(scored.answer()).orElseThrow().get(0);
    double x = media.width() / (double) Grid.MAX;
    double y = media.height() / (double) Grid.MAX;
    Box predicted = new Box(b.x1() * x, b.y1() * y, b.x2() * x, b.y2() * y);
    return rule.hit(predicted, scored.record().nativeRegions().boxes().get(0));
  }
}
