package org.medvilam.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LossCurveTest {
  @Test
  void nothingToDrawIsNoCurve() {
    assertThat(LossCurve.of(new double[0])).isNull();
    assertThat(LossCurve.of(new double[] {Double.NaN})).isNull();
  }

  @Test
  void valuesLieBetweenRoundTicks() {
    LossCurve curve = LossCurve.of(new double[] {4, 0, 2});
    assertThat(curve.path()).isEqualTo("M0 0L500 1000L1000 500");
    assertThat(curve.ticks().stream().map(LossCurve.Tick::text))
        .containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void aConstantLossIsDrawn() {
    assertThat(LossCurve.of(new double[] {0, 0}).path()).startsWith("M0 1000");
    assertThat(LossCurve.of(new double[] {2.5}).path()).startsWith("M0 ");
  }

  @Test
  void longRunsAreAveraged() {
    double[] values = new double[4000];
    Arrays.fill(values, 1);
    LossCurve curve = LossCurve.of(values);
    assertThat(curve.path().split("L", -1)).hasSize(400);
    assertThat(curve.note()).isEqualTo("Each point is the mean of 10 steps");
    assertThat(curve.last()).isEqualTo("4,000");
  }

  @Test
  void valuesThatAreNoNumbersLeaveAGap() {
    LossCurve curve = LossCurve.of(new double[] {1, Double.NaN, 0, 1});
    assertThat(curve.path()).isEqualTo("M0 0M666.67 1000L1000 0");
    assertThat(curve.note()).endsWith("left out as no numbers: 1");
  }
}
