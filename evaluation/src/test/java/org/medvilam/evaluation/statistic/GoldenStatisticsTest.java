package org.medvilam.evaluation.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medvilam.evaluation.statistic.Kappa.Weights;
import org.medvilam.records.codec.RecordJson;

/** Values that SciPy and scikit-learn give. */
final class GoldenStatisticsTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  private static JsonNode golden;

  @BeforeAll
  static void read() throws IOException {
    golden =
        RecordJson.mapper()
            .readTree(GoldenStatisticsTest.class.getResourceAsStream("ratings.json"));
  }

  @Test
  void proportions() {
    assertThat(golden.get("proportions")).hasSize(7);
    for (JsonNode c : golden.get("proportions")) {
      Proportion p = Proportion.of(c.get("k").asInt(), c.get("n").asInt());
      assertThat(p.wilson95().low()).isCloseTo(c.at("/wilson95/0").asDouble(), CLOSE);
      assertThat(p.wilson95().high()).isCloseTo(c.at("/wilson95/1").asDouble(), CLOSE);
      assertThat(p.clopperPearson95().low())
          .isCloseTo(c.at("/clopper_pearson95/0").asDouble(), CLOSE);
      assertThat(p.clopperPearson95().high())
          .isCloseTo(c.at("/clopper_pearson95/1").asDouble(), CLOSE);
      double expected = c.get("p").asDouble();
      assertThat(p.signTest()).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  @Test
  void fleiss() {
    int[][] table =
        RecordJson.mapper().convertValue(golden.at("/fleiss/table"), new TypeReference<>() {});
    assertThat(Kappa.fleiss(table)).isCloseTo(golden.at("/fleiss/kappa").asDouble(), CLOSE);
  }

  @Test
  void cohen() {
    JsonNode c = golden.get("cohen");
    int[] a = integers(c.get("a"));
    int[] b = integers(c.get("b"));
    assertThat(Kappa.cohen(a, b, Weights.NONE)).isCloseTo(c.get("kappa").asDouble(), CLOSE);
    assertThat(Kappa.cohen(a, b, Weights.LINEAR))
        .isCloseTo(c.get("kappa_linear").asDouble(), CLOSE);
    assertThat(Kappa.cohen(a, b, Weights.QUADRATIC))
        .isCloseTo(c.get("kappa_quadratic").asDouble(), CLOSE);
  }

  @Test
  void kendall() {
    assertThat(golden.get("rank")).hasSize(3);
    for (JsonNode c : golden.get("rank")) {
      assertThat(RankCorrelation.kendallTauB(decimals(c.get("x")), decimals(c.get("y"))))
          .as(c.get("name").asText())
          .isCloseTo(c.get("kendall_tau_b").asDouble(), CLOSE);
    }
  }

  @Test
  void wilcoxon() {
    double[] x = decimals(golden.at("/wilcoxon/x"));
    double[] y = decimals(golden.at("/wilcoxon/y"));
    SignedRank test =
        SignedRank.of(IntStream.range(0, x.length).mapToDouble(i -> x[i] - y[i]).toArray());
    assertThat(test.statistic()).isEqualTo(golden.at("/wilcoxon/stat").asDouble());
    assertThat(test.p()).isCloseTo(golden.at("/wilcoxon/p_normal_approx").asDouble(), CLOSE);
    assertThat(test.exact()).isFalse();
    assertThat(test.zeros()).isEqualTo(2);
  }

  @Test
  void mcnemar() {
    JsonNode table = golden.at("/mcnemar/table");
    McNemar test =
        McNemar.of(
            table.at("/0/0").asInt(),
            table.at("/0/1").asInt(),
            table.at("/1/0").asInt(),
            table.at("/1/1").asInt());
    assertThat(test.p()).isCloseTo(golden.at("/mcnemar/exact_p").asDouble(), CLOSE);
    assertThat(test.chiSquare()).isCloseTo(golden.at("/mcnemar/chi2_cc").asDouble(), CLOSE);
  }

  private static int[] integers(JsonNode node) {
    return RecordJson.mapper().convertValue(node, int[].class);
  }

  private static double[] decimals(JsonNode node) {
    return RecordJson.mapper().convertValue(node, double[].class);
  }
}
