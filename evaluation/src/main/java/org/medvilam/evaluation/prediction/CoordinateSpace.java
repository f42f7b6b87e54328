package org.medvilam.evaluation.prediction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.export.QwenGrid;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.instruction.AnswerText;

/**
 * The coordinate space that a system writes its answers in.
 *
 * <p>Answers of the toolkit itself are taken as they stand and must be whole. In every other space
 * the boxes {@code [x1, y1, x2, y2]} and {@code (x1,y1),(x2,y2)} are found anywhere in the answer
 * (others answer in sentences), outlines as {@code <BOS> x,y … <EOS>}; their coordinates are
 * rounded and clamped to 0..1000 by the rule that made the records, so that a perfect answer has an
 * overlap of exactly 1. An answer with none stays as it is and is scored as unparsable.
 */
public enum CoordinateSpace {
  /** Integers 0..1000 of the image, as the records. */
  MEDVILAM("medvilam"),
  /** Pixels of the record's image, edges included: the right edge is the width. */
  PIXEL("pixel"),
  /** Fractions 0..1 of the image. */
  UNIT("unit"),
  /** Integers 0..999 of the image, as Qwen-VL's evaluation script divides them. */
  QWEN("qwen");

  private final String key;

  CoordinateSpace(String key) {
    this.key = key;
  }

  /** Returns the name used on the command line. */
  public String key() {
    return key;
  }

  /** Returns the space of a name, or says which names there are. */
  public static CoordinateSpace of(String key) {
    return Arrays.stream(values())
        .filter(s -> s.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a coordinate space (medvilam, pixel, unit, qwen), but was: " + key));
  }

  /**
   * Returns predictions in the toolkit's space, in the same order.
   *
   * @param predictions answers in this space
   * @param records the records they answer
   * @throws PredictionException if a prediction is for another record, if a record has no image
   *     size that {@link #PIXEL} needs, or if a 3D box is asked for in a foreign space
   */
  public List<Prediction> toGrid(
      Collection<Prediction> predictions, Collection<InstructionRecord> records) {
    if (this == MEDVILAM) {
      return List.copyOf(predictions);
    }
    Map<String, InstructionRecord> byId =
        records.stream().collect(Collectors.toMap(InstructionRecord::id, r -> r));
    List<Prediction> converted = new ArrayList<>(predictions.size());
    for (Prediction p : predictions) {
      InstructionRecord record = byId.get(p.recordId());
      if (record == null) {
        throw new PredictionException(
            p.recordId(), "expected ids of the evaluated records, found: " + p.recordId());
      }
      converted.add(new Prediction(p.recordId(), answer(p.answer(), record)));
    }
    return List.copyOf(converted);
  }

  private String answer(String text, InstructionRecord record) {
    if (!record.boxes3d().isEmpty()) {
      throw new PredictionException(
          record.id(),
          "expected 3D boxes in the space medvilam, found the space " + key + " at " + record.id());
    }
    return switch (record.task()) {
      case LOCALIZATION -> {
        List<Box> boxes = ForeignAnswer.boxes(text);
        yield boxes.isEmpty() ? text : AnswerText.boxes(grid(boxes, record));
      }
      case SEGMENTATION -> {
        List<Ring> outlines = ForeignAnswer.outlines(text);
        yield outlines.isEmpty() ? text : AnswerText.outlines(gridOutlines(outlines, record));
      }
      default -> text;
    };
  }

  private List<GridBox> grid(List<Box> boxes, InstructionRecord record) {
    double width = size(record.media().width(), record);
    double height = size(record.media().height(), record);
    return boxes.stream().map(b -> Grid.normalise(b, width, height)).toList();
  }

  private List<List<GridPoint>> gridOutlines(List<Ring> outlines, InstructionRecord record) {
    double width = size(record.media().width(), record);
    double height = size(record.media().height(), record);
    return outlines.stream().map(r -> Grid.normalise(r, width, height)).toList();
  }

  private double size(@Nullable Integer pixels, InstructionRecord record) {
    return switch (this) {
      case MEDVILAM -> Grid.MAX;
      case UNIT -> 1;
      case QWEN -> QwenGrid.MAX;
      case PIXEL -> {
        if (pixels == null) {
          throw new PredictionException(
              record.id(),
              "expected the image size that pixel coordinates need, found none at " + record.id());
        }
        yield pixels;
      }
    };
  }
}
