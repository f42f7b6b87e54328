package org.medvilam.evaluation.report;

import java.util.List;
import org.medvilam.evaluation.score.Outcome;
import org.medvilam.evaluation.score.ScoredRecord;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.instruction.AnswerText;

/** Regions as SVG path data in the 0..1000 frame; 3D boxes are not drawn. */
public final class Drawing {
  /** Number of line styles that the page has for runs. */
  static final int STYLES = 4;

  private Drawing() {}

  /** Returns the true regions of a record. */
  public static String truth(InstructionRecord record) {
    return switch (record.task()) {
      case LOCALIZATION -> boxes(record.boxes());
      case SEGMENTATION -> outlines(record.polygons());
      default -> "";
    };
  }

  /** Returns the regions that an answer names, none where it could not be read. */
  static String predicted(ScoredRecord scored) {
    String answer = scored.answer();
    return answer == null || scored.outcome() != Outcome.SCORED
        ? ""
        : answered(scored.record(), answer);
  }

  /**
   * Returns the regions that an answer in the toolkit's space names.
   *
   * @param record what was asked: records of segmentation are answered by outlines, those of
   *     localization by boxes
   * @return empty where the answer cannot be read, or is asked to name no region of the plane
   */
  public static String answered(InstructionRecord record, String answer) {
    if (record.task() == Task.SEGMENTATION) {
      return outlines(AnswerText.parseOutlines(answer).orElse(List.of()));
    }
    return record.boxes().isEmpty() ? "" : boxes(AnswerText.parseBoxes(answer).orElse(List.of()));
  }

  private static String boxes(List<GridBox> boxes) {
    StringBuilder path = new StringBuilder();
    for (GridBox b : boxes) {
      path.append("M%d %dH%dV%dH%dZ".formatted(b.x1(), b.y1(), b.x2(), b.y2(), b.x1()));
    }
    return path.toString();
  }

  private static String outlines(List<List<GridPoint>> outlines) {
    StringBuilder path = new StringBuilder();
    for (List<GridPoint> outline : outlines) {
      char command = 'M';
      for (GridPoint p : outline) {
        path.append(command).append(p.x()).append(' ').append(p.y());
        command = 'L';
      }
      path.append('Z');
    }
    return path.toString();
  }
}
