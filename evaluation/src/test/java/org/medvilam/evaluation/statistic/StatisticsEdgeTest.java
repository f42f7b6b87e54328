package org.medvilam.evaluation.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.medvilam.evaluation.statistic.Kappa.Weights;
import org.medvilam.records.codec.RecordJson;

/** Where a statistic is undefined, and where rounding could bite. */
final class StatisticsEdgeTest {
  @Test
  void noTrialsHaveNoProportion() {
    assertThat(Proportion.of(0, 0)).isEqualTo(new Proportion(0, 0, null, null, null));
    assertThat(Proportion.of(0, 0).signTest()).isNull();
    assertThatThrownBy(() -> Proportion.of(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void intervalsAreWrittenAsPairs() throws JsonProcessingException {
    assertThat(RecordJson.mapper().writeValueAsString(Proportion.of(0, 1)))
        .startsWith("{\"successes\":0,\"trials\":1,\"proportion\":0.0,\"wilson95\":[0.0,0.79")
        .endsWith("\"clopper_pearson95\":[0.0,0.975]}");
  }

  @Test
  void agreementOnOneCategoryIsUndefined() {
    int[] same = {1, 1, 1};
    assertThat(Kappa.cohen(same, same, Weights.NONE)).isNull();
    assertThat(Kappa.cohen(new int[0], new int[0], Weights.LINEAR)).isNull();
    assertThat(Kappa.fleiss(new int[][] {{2, 0}, {2, 0}})).isNull();
    assertThat(Kappa.fleiss(new int[0][])).isNull();
    assertThat(RankCorrelation.kendallTauB(new double[] {1, 1}, new double[] {1, 2})).isNull();
  }

  @Test
  void perfectAndOppositeOrders() {
    assertThat(Kappa.cohen(new int[] {0, 1}, new int[] {0, 1}, Weights.QUADRATIC)).isEqualTo(1);
    assertThat(Kappa.fleiss(new int[][] {{2, 0}, {0, 2}})).isEqualTo(1);
    assertThat(RankCorrelation.kendallTauB(new double[] {1, 2, 3}, new double[] {3, 2, 1}))
        .isCloseTo(-1, within(1e-15));
  }

  @Test
  void fleissTakesEquallyManyRaters() {
    assertThatThrownBy(() -> Kappa.fleiss(new int[][] {{2, 0}, {1, 0}}))
        .hasMessageContaining("one sum");
    assertThatThrownBy(() -> Kappa.fleiss(new int[][] {{1, 0}})).hasMessageContaining("at least 2");
  }

  /** Among the 16 sign patterns of ranks 1..4, 14 have a smaller rank sum of at most 4. */
  @Test
  void fewUntiedPairsAreTestedExactly() {
    SignedRank test = SignedRank.of(new double[] {1, 3, 2, -4});
    assertThat(test).isEqualTo(new SignedRank(4, 0, 4.0, 0.875, true));
  }

  @Test
  void meansThatAreEqualOnPaperAreTied() {
    SignedRank test = SignedRank.of(new double[] {2 / 3.0 - 1 / 3.0, 1 - 2 / 3.0, 1e-17});
    assertThat(test.exact()).isFalse();
    assertThat(test.pairs()).isEqualTo(2);
    assertThat(test.zeros()).isEqualTo(1);
  }

  @Test
  void nothingDifferentLeavesNothingToTest() {
    assertThat(SignedRank.of(new double[] {0, 0}))
        .isEqualTo(new SignedRank(0, 2, null, null, false));
    assertThat(McNemar.of(3, 0, 0, 1).p()).isNull();
    assertThat(McNemar.of(3, 1, 1, 1).chiSquare()).isZero();
  }

  /** With 3 degrees of freedom the quantile is 3.18245; the variance of 0, 0, 0, 4 is 4. */
  @Test
  void meansHaveStudentsIntervalFromZero() {
    Mean mean = Mean.of(new double[] {0, 0, 0, 4});
    assertThat(mean.mean()).isEqualTo(1);
    assertThat(mean.student95().low()).isZero();
    assertThat(mean.student95().high()).isCloseTo(1 + 3.18245, within(1e-5));
    assertThat(Mean.of(new double[] {2, 2, 2}).student95()).isNull();
    assertThat(Mean.of(new double[0])).isEqualTo(new Mean(0, null, null));
  }
}
