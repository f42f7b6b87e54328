package org.medvilam.evaluation.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medvilam.evaluation.TestRecords.box;
import static org.medvilam.evaluation.TestRecords.boxes;
import static org.medvilam.evaluation.TestRecords.boxes3d;
import static org.medvilam.evaluation.TestRecords.labels;
import static org.medvilam.evaluation.TestRecords.outlines;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.geometry.GridBox3d;

/** Pictures here are 200 x 100 pixels. */
final class CoordinateSpaceTest {
  private static final InstructionRecord BOX = boxes("a", "busi", "benign", box(0, 0, 500, 500));

  private static String converted(CoordinateSpace space, InstructionRecord record, String answer) {
    return space
        .toGrid(List.of(new Prediction(record.id(), answer)), List.of(record))
        .get(0)
        .answer();
  }

  @Test
  void theToolkitsOwnAnswersStayAsTheyAre() {
    assertThat(converted(CoordinateSpace.MEDVILAM, BOX, "at [1,2,3,4]")).isEqualTo("at [1,2,3,4]");
  }

  @Test
  void pixelsAreDividedByEachSide() {
    assertThat(converted(CoordinateSpace.PIXEL, BOX, "[10, 20.5, 200, 100]"))
        .isEqualTo("[50, 205, 1000, 1000]");
  }

  @Test
  void coordinatesOutsideTheImageAreClamped() {
    assertThat(converted(CoordinateSpace.PIXEL, BOX, "[-3, -1e1, 201, 1e9]"))
        .isEqualTo("[0, 0, 1000, 1000]");
  }

  @Test
  void fractionsAreFoundInSentences() {
    assertThat(converted(CoordinateSpace.UNIT, BOX, "It is at [.12, 0.5, 0.33, 1.] and [0,0,1,1]."))
        .isEqualTo("[120, 500, 330, 1000]; [0, 0, 1000, 1000]");
  }

  @Test
  void qwenRunsTo999() {
    assertThat(converted(CoordinateSpace.QWEN, BOX, "<ref>x</ref><box>(0,500),(998,999)</box>"))
        .isEqualTo("[0, 501, 999, 1000]");
  }

  @Test
  void outlinesAndLabelsAreConvertedByTask() {
    InstructionRecord outline = outlines("s", "jsrt", box(0, 0, 10, 10));
    assertThat(converted(CoordinateSpace.PIXEL, outline, "<BOS> 0,0 100,0 100.0,50 <EOS>"))
        .isEqualTo("<BOS> 0,0 500,0 500,500 <EOS>");
    InstructionRecord label = labels("k", "cxr", "Mass");
    assertThat(converted(CoordinateSpace.PIXEL, label, "Mass")).isEqualTo("Mass");
  }

  @Test
  void anAnswerWithoutBoxesStaysUnreadable() {
    assertThat(converted(CoordinateSpace.PIXEL, BOX, "none [1, 2, 3]")).isEqualTo("none [1, 2, 3]");
  }

  @Test
  void whatCannotBeConvertedIsRefused() {
    InstructionRecord volume = boxes3d("v", new GridBox3d(0, 0, 0, 1, 1, 1));
    assertThatThrownBy(() -> converted(CoordinateSpace.UNIT, volume, "[0, 0, 0, 1, 1, 1]"))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("3D boxes");
    List<Prediction> other = List.of(new Prediction("x", ""));
    assertThatThrownBy(() -> CoordinateSpace.UNIT.toGrid(other, List.of(BOX)))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("found: x");
    assertThatThrownBy(() -> CoordinateSpace.of("bins"))
        .hasMessage("expected a coordinate space (medvilam, pixel, unit, qwen), but was: bins");
  }
}
