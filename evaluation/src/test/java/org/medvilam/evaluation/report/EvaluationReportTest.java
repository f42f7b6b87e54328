package org.medvilam.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medvilam.evaluation.TestRecords.box;
import static org.medvilam.evaluation.TestRecords.boxes;
import static org.medvilam.evaluation.TestRecords.labels;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.evaluation.score.Evaluation;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.RecordJson;

final class EvaluationReportTest {
  private static final String EVIL = "<script>alert('x')</script> & \"y\" | z";
  private static final byte[] PNG = "not a real picture".getBytes(StandardCharsets.UTF_8);
  private static final InstructionRecord ONE = boxes("a", "busi", "benign", box(0, 0, 100, 200));
  private static final InstructionRecord TWO =
      boxes("b", "busi", "malignant", box(0, 0, 100, 100), box(500, 500, 600, 600));
  private static final Evaluation BEFORE =
      Evaluation.of("zero-shot", List.of(ONE, TWO), List.of(new Prediction("a", "no idea")));
  private static final Evaluation AFTER =
      Evaluation.of(
          "fine-tuned",
          List.of(TWO, ONE),
          List.of(new Prediction("a", "[0, 0, 100, 100]"), new Prediction("b", TWO.answer())));

  @TempDir Path folder;

  private String written(EvaluationReport report, String file) throws IOException {
    report.write(folder.resolve("out"));
    return Files.readString(folder.resolve("out").resolve(file));
  }

  @Test
  void tableHasALineForEachLabelAndRun() throws IOException {
    String table = written(EvaluationReport.of("T", List.of(BEFORE, AFTER)), "table.md");
    assertThat(table)
        .contains(
            """
            ## Localization

            | Dataset / label | Run | n | Acc@0.5 (%) | 95 % CI | mIoU | Unparsable | Missing | Extra |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | **busi** | zero-shot | 3 | 0.0 | 0.0–56.1 | 0.000 | 1 | 1 | 0 |
            | **busi** | fine-tuned | 3 | 100.0 | 43.9–100.0 | 0.833 | 0 | 0 | 0 |
            | – benign | zero-shot | 1 | 0.0 | 0.0–79.3 | 0.000 | 1 | 0 | 0 |
            | – benign | fine-tuned | 1 | 100.0 | 20.7–100.0 | 0.500 | 0 | 0 | 0 |
            """)
        .contains("| **Mean over 2 labels** | fine-tuned |  | 100.0 |  | 0.750 |  |  |  |\n")
        .contains("| vgtr (IoU > 0.5, float32) | fine-tuned | 1 | 0.0 |\n")
        .contains("| ofa (IoU ≥ 0.5, float32, denominator + 1e-6) | fine-tuned | 1 | 100.0 |\n");
  }

  @Test
  void aDatasetWithOneLabelIsOneLine() throws IOException {
    Evaluation run = Evaluation.of("r", List.of(ONE), List.of());
    assertThat(written(EvaluationReport.of("T", List.of(run)), "table.md"))
        .contains("| **busi, benign** | 1 | 0.0 | 0.0–79.3 | 0.000 | 0 | 1 | 0 |\n")
        .doesNotContain("– benign");
  }

  @Test
  void repeatedRunsHaveAMeanInEveryLineAndStandAloneInSummaries() throws IOException {
    Evaluation none = Evaluation.of("seed-2", List.of(ONE, TWO), List.of());
    EvaluationReport report =
        EvaluationReport.of("T", List.of(BEFORE, AFTER, none))
            .withRepeats(List.of("fine-tuned", "seed-2"));
    assertThat(written(report, "table.md"))
        .contains(
            """
            | **busi** | zero-shot | 3 | 0.0 | 0.0–56.1 | 0.000 | 1 | 1 | 0 |
            | **busi** | mean of 2 | 3 | 50.0 ± 70.7 |  | 0.417 ± 0.589 |  |  |  |
            | – benign | zero-shot |""")
        .contains("| **Overall** | seed-2 | 3 | 0.0 | 0.0–56.1 | 0.000 | 0 | 2 | 0 |\n")
        .contains("| **Overall** | mean of 2 | 3 | 50.0 ± 70.7 |  | 0.417 ± 0.589 |  |  |  |\n");
    JsonNode repeats = RecordJson.mapper().readTree(written(report, "metrics.json")).at("/repeats");
    assertThat(repeats.at("/runs/1").asText()).isEqualTo("seed-2");
    assertThat(repeats.at("/tasks/0/overall/acc50/mean").asDouble()).isEqualTo(0.5);
    assertThat(repeats.at("/tasks/0/overall/acc50/deviation").asDouble()).isEqualTo(Math.sqrt(0.5));
    assertThat(written(report, "report.html"))
        .contains("<span class=\"run\">mean of 2</span><span class=\"value\">50.0 ± 70.7<small>")
        .contains("predicted, fine-tuned</span>")
        .doesNotContain("predicted, seed-2");
  }

  @Test
  void aSpreadNeedsTwoOfTheRuns() {
    EvaluationReport report = EvaluationReport.of("T", List.of(BEFORE, AFTER));
    assertThatThrownBy(() -> report.withRepeats(List.of("fine-tuned")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> report.withRepeats(List.of("fine-tuned", "other")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
  }

  @Test
  void metricsAreUnroundedFractions() throws IOException {
    EvaluationReport report =
        EvaluationReport.of("T", List.of(BEFORE, AFTER)).withSummary(Map.of("model", "tiny"));
    JsonNode root = RecordJson.mapper().readTree(written(report, "metrics.json"));
    assertThat(root.at("/summary/model").asText()).isEqualTo("tiny");
    JsonNode task = root.at("/runs/1/tasks/0");
    assertThat(task.at("/overall/acc50").asDouble()).isEqualTo(1.0);
    assertThat(task.at("/overall/miou").asDouble()).isEqualTo(2.5 / 3);
    assertThat(task.at("/rows/1/label").asText()).isEqualTo("benign");
    assertThat(root.at("/runs/1/compat_single_box/vgtr/hits").asInt(-1)).isZero();
    assertThat(root.at("/runs/0/tasks/0/overall/missing").asInt()).isEqualTo(1);
  }

  @Test
  void pageEscapesEveryText() throws IOException {
    InstructionRecord record = labels(EVIL, EVIL, EVIL);
    Evaluation run = Evaluation.of(EVIL, List.of(record), List.of(new Prediction(EVIL, EVIL)));
    EvaluationReport report =
        EvaluationReport.of(EVIL, List.of(run)).withNotice(EVIL).withSummary(Map.of(EVIL, EVIL));
    String page = written(report, "report.html");
    assertThat(page).doesNotContain("<script").doesNotContain("& \"y\"").contains("&lt;script&gt;");
    assertThat(written(report, "table.md")).doesNotContain("<script").contains("y\" \\| z");
  }

  @Test
  void pageNeedsNoNetwork() throws IOException {
    String page =
        written(
            EvaluationReport.of("T", List.of(BEFORE, AFTER))
                .withLoss(new double[] {3, 2, 1})
                .withPictures(2, record -> Optional.of(PNG)),
            "report.html");
    assertThat(page)
        .doesNotContain("http:", "https:", "<script", "<link", "@import", "url(", "src=")
        .contains("default-src 'none'")
        .contains("href=\"data:image/png;base64,bm90IGEgcmVhbCBwaWN0dXJl\"");
  }

  @Test
  void picturesAreDrawnByTheHashOfTheirIds() throws IOException {
    List<InstructionRecord> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(boxes("image " + i, "busi", "benign", box(0, 0, 10, 10)));
    }
    Evaluation run = Evaluation.of("r", records, List.of());
    String page = written(EvaluationReport.of("T", List.of(run)), "report.html");
    assertThat(page).contains("24 of 40").contains("(no picture given)");
    assertThat(page.split("<figure class=\"card\">", -1)).hasSize(25);
    PictureGrid grid = PictureGrid.of(List.of(run), 3, record -> Optional.empty());
    assertThat(grid.cards().stream().map(PictureGrid.Card::id))
        .containsExactlyElementsOf(
            records.stream()
                .map(InstructionRecord::id)
                .sorted(Comparator.comparing(Hashing::hex))
                .limit(3)
                .toList());
  }

  @Test
  void cardsShowBoxesAnswersAndOverlaps() throws IOException {
    String page = written(EvaluationReport.of("T", List.of(BEFORE, AFTER)), "report.html");
    assertThat(page)
        .contains("<path class=\"truth\" d=\"M0 0H100V200H0Z\"/>")
        .contains("<path class=\"run1\" d=\"M0 0H100V100H0Z\"/>")
        .contains("✓ IoU 0.50</span>")
        .contains("✓ IoU 1.00, 1.00</span>")
        .contains("✗ unparsable</span>")
        .contains("✗ missing</span>");
  }

  @Test
  void noPicturesAndNoLossLeaveNoEmptySections() throws IOException {
    EvaluationReport report =
        EvaluationReport.of("T", List.of(AFTER)).withPictures(0, record -> Optional.empty());
    assertThat(written(report, "report.html"))
        .doesNotContain("<h2>Pictures", "Training loss", "role=\"note\"");
  }

  @Test
  void theSameInputInAnyOrderGivesTheSameBytes() throws IOException {
    Evaluation again =
        Evaluation.of(
            "fine-tuned",
            List.of(ONE, TWO),
            List.of(new Prediction("b", TWO.answer()), new Prediction("a", "[0, 0, 100, 100]")));
    EvaluationReport.of("T", List.of(AFTER)).write(folder.resolve("1"));
    EvaluationReport.of("T", List.of(again)).write(folder.resolve("2"));
    for (String file : List.of("metrics.json", "table.md", "report.html")) {
      assertThat(folder.resolve("1").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("2").resolve(file));
    }
  }

  @Test
  void runsOverOtherRecordsAreRefused() {
    Evaluation other = Evaluation.of("other", List.of(ONE), List.of());
    assertThatThrownBy(() -> EvaluationReport.of("T", List.of(AFTER, other)))
        .hasMessage("expected runs over the same records, found others in: other");
    assertThatThrownBy(() -> EvaluationReport.of("T", List.of(AFTER, AFTER)))
        .hasMessageContaining("different names");
  }
}
