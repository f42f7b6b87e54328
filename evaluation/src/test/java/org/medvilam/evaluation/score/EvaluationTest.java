package org.medvilam.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.medvilam.evaluation.TestRecords.box;
import static org.medvilam.evaluation.TestRecords.boxes;
import static org.medvilam.evaluation.TestRecords.boxes3d;
import static org.medvilam.evaluation.TestRecords.labels;
import static org.medvilam.evaluation.TestRecords.outlines;
import static org.medvilam.evaluation.TestRecords.question;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.prediction.PredictionException;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.GridBox3d;

final class EvaluationTest {
  private static final InstructionRecord ONE = boxes("a", "busi", "benign", box(0, 0, 100, 200));
  private static final InstructionRecord TWO =
      boxes("b", "busi", "malignant", box(0, 0, 100, 100), box(500, 500, 600, 600));
  private static final InstructionRecord OTHER = boxes("c", "tn3k", "nodule", box(0, 0, 10, 10));

  private static Score overall(InstructionRecord record, String answer) {
    return Evaluation.of("run", List.of(record), List.of(new Prediction(record.id(), answer)))
        .tasks()
        .get(0)
        .overall();
  }

  @Test
  void exactlyHalfIsAHit() {
    assertThat(overall(ONE, "[0, 0, 100, 100]")).isEqualTo(new Score(1, 1, 1, 0.5, 0, 0, 0));
    assertThat(overall(ONE, "[0, 0, 100, 99]").hits()).isZero();
  }

  @Test
  void everyTargetCountsAndExtraBoxesAreCounted() {
    assertThat(overall(TWO, "[500, 500, 600, 600]")).isEqualTo(new Score(1, 2, 1, 1, 0, 0, 0));
    assertThat(overall(ONE, "[0, 0, 100, 200]; [0, 0, 100, 200]; [1, 1, 2, 2]"))
        .isEqualTo(new Score(1, 1, 1, 1, 0, 0, 2));
  }

  @Test
  void anAnswerThatCannotBeReadHitsNothing() {
    Score expected = new Score(1, 2, 0, 0, 1, 0, 0);
    assertThat(overall(TWO, "in the upper left")).isEqualTo(expected);
    assertThat(overall(TWO, "[0, 0, 100, 100]; [500, 500, 600")).isEqualTo(expected);
    assertThat(overall(TWO, "[0, 0, 100, 1001]")).isEqualTo(expected);
    assertThat(overall(TWO, "")).isEqualTo(expected);
  }

  @Test
  void aBoxWithSwappedCornersIsReadAndHitsNothing() {
    assertThat(overall(ONE, "[100, 200, 0, 0]")).isEqualTo(new Score(1, 1, 0, 0, 0, 0, 0));
  }

  @Test
  void aRecordWithoutPredictionIsAMiss() {
    Evaluation run = Evaluation.of("run", List.of(TWO), List.of());
    assertThat(run.tasks().get(0).overall()).isEqualTo(new Score(1, 2, 0, 0, 0, 1, 0));
    assertThat(run.records().get(0).outcome()).isEqualTo(Outcome.MISSING);
  }

  @Test
  void predictionsForOtherRecordsAreRefused() {
    List<Prediction> predictions = List.of(new Prediction("x", "[0, 0, 1, 1]"));
    assertThatThrownBy(() -> Evaluation.of("run", List.of(ONE), predictions))
        .isInstanceOf(PredictionException.class)
        .hasMessage(
            "expected predictions for the 1 evaluated records, found 1 for others, the first for:"
                + " x; evaluate the run and split that they were made for");
  }

  @Test
  void twoPredictionsForOneRecordAreRefused() {
    List<Prediction> predictions = List.of(new Prediction("a", "x"), new Prediction("a", "y"));
    assertThatThrownBy(() -> Evaluation.of("run", List.of(ONE), predictions))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("second one for: a");
  }

  @Test
  void rowsStandByDatasetAndLabel() {
    List<Prediction> predictions =
        List.of(
            new Prediction("a", "[0, 0, 100, 200]"),
            new Prediction("b", "[0, 0, 100, 100]"),
            new Prediction("c", "[900, 900, 910, 910]"));
    TaskScores scores = Evaluation.of("run", List.of(OTHER, TWO, ONE), predictions).tasks().get(0);
    assertThat(scores.rows())
        .containsExactly(
            new ScoreRow("busi", null, new Score(2, 3, 2, 2, 0, 0, 0)),
            new ScoreRow("busi", "benign", new Score(1, 1, 1, 1, 0, 0, 0)),
            new ScoreRow("busi", "malignant", new Score(1, 2, 1, 1, 0, 0, 0)),
            new ScoreRow("tn3k", null, new Score(1, 1, 0, 0, 0, 0, 0)),
            new ScoreRow("tn3k", "nodule", new Score(1, 1, 0, 0, 0, 0, 0)));
    assertThat(scores.overall()).isEqualTo(new Score(3, 4, 2, 2, 0, 0, 0));
    assertThat(scores.labelMean()).isEqualTo(new LabelMean(3, 0.5, 0.5));
  }

  @Test
  void otherPapersRulesSeeRecordsWithOneBoxOnly() {
    List<Prediction> predictions =
        List.of(new Prediction("a", "[0, 0, 100, 100]"), new Prediction("b", "[0, 0, 100, 100]"));
    Evaluation run = Evaluation.of("run", List.of(ONE, TWO, OTHER), predictions);
    assertThat(run.compat())
        .containsExactly(
            new CompatScore(CompatRule.OFA, 2, 1),
            new CompatScore(CompatRule.TRANSVG, 2, 1),
            new CompatScore(CompatRule.VGTR, 2, 0),
            new CompatScore(CompatRule.MINIGPT_V2, 2, 1));
  }

  @Test
  void boxesOfVolumesAreReadInBothForms() {
    InstructionRecord record = boxes3d("v", new GridBox3d(40, 40, 30, 60, 60, 70));
    assertThat(overall(record, "center at [50, 50, 50], box length is [20, 20, 20]").iouSum())
        .isEqualTo(0.5);
    assertThat(overall(record, "[40, 40, 40, 60, 60, 60]").hits()).isEqualTo(1);
    assertThat(overall(record, "[40, 40, 60, 60]").unparsable()).isEqualTo(1);
  }

  @Test
  void outlinesAreComparedAsOneUnion() {
    InstructionRecord record = outlines("s", "jsrt", box(0, 0, 100, 100), box(200, 0, 300, 100));
    String left = "<BOS> 0,0 100,0 100,100 0,100 <EOS>";
    assertThat(overall(record, left).iouSum()).isCloseTo(0.5, within(1e-12));
    assertThat(overall(record, left + " " + left).iouSum()).isCloseTo(0.5, within(1e-12));
    assertThat(overall(record, record.answer()).iouSum()).isCloseTo(1, within(1e-12));
    assertThat(overall(record, "<BOS> 0,0 100,0 <EOS>").unparsable()).isEqualTo(1);
  }

  @Test
  void labelSetsAreComparedWithoutCaseOrOrder() {
    InstructionRecord record = labels("k", "cxr", "Atelectasis, Pleural effusion");
    assertThat(overall(record, "pleural  effusion, ATELECTASIS").hits()).isEqualTo(1);
    assertThat(overall(record, "Atelectasis").hits()).isZero();
    assertThat(overall(record, "Atelectasis, Pleural effusion, Mass").hits()).isZero();
    assertThat(overall(record, " ").unparsable()).isEqualTo(1);
  }

  @Test
  void aRecordWithTwoLabelsStandsInTwoLinesAndOnceInTheDatasets() {
    List<InstructionRecord> records =
        List.of(labels("k", "cxr", "Mass, Edema"), labels("l", "cxr", "Mass"));
    TaskScores scores =
        Evaluation.of("run", records, List.of(new Prediction("l", "mass"))).tasks().get(0);
    assertThat(scores.rows())
        .containsExactly(
            new ScoreRow("cxr", null, new Score(2, 2, 1, 0, 0, 1, 0)),
            new ScoreRow("cxr", "edema", new Score(1, 1, 0, 0, 0, 1, 0)),
            new ScoreRow("cxr", "mass", new Score(2, 2, 1, 0, 0, 1, 0)));
  }

  @Test
  void recordsWithoutARuleAreCountedNotScored() {
    Evaluation run = Evaluation.of("run", List.of(ONE, question("q")), List.of());
    assertThat(run.notScored()).isEqualTo(Map.of(Task.VQA, 1));
    assertThat(run.records()).hasSize(1);
    assertThatThrownBy(() -> Evaluation.of("run", List.of(question("q")), List.of()))
        .hasMessageContaining("found none among 1");
  }
}
