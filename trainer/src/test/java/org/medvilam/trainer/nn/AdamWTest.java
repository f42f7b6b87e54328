package org.medvilam.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class AdamWTest {
  @Test
  void testFirstStepMovesByTheRateAndDecays() {
    Parameter parameter = new Parameter("w", Nd4j.create(new double[][] {{2, -2}}));
    parameter.setTrainable(true);
    AdamW optimiser = new AdamW(List.of(parameter), 0.9, 0.98, 0.5, 100);
    parameter.gradient().assign(Nd4j.create(new double[][] {{3, -0.1}}));
    optimiser.update(0.1);
    assertThat(parameter.value().getDouble(0)).isCloseTo(2 * 0.95 - 0.1, offset(1e-6));
    assertThat(parameter.value().getDouble(1)).isCloseTo(-2 * 0.95 + 0.1, offset(1e-6));
  }

  @Test
  void testGradientIsClippedByItsNorm() {
    Parameter parameter = new Parameter("w", Nd4j.create(new double[][] {{0, 0}}));
    parameter.setTrainable(true);
    AdamW optimiser = new AdamW(List.of(parameter), 0.9, 0.98, 0, 1);
    parameter.gradient().assign(Nd4j.create(new double[][] {{3, 4}}));
    assertThat(optimiser.update(0.1)).isCloseTo(5, offset(1e-9));
    assertThat(optimiser.state().get("first.w").getDouble(0)).isCloseTo(0.1 * 0.6, offset(1e-9));
  }

  @Test
  void testScheduleWarmsUpAndEndsAtTheLastRate() {
    Schedule schedule = new Schedule(1, 0.1, 4, 10);
    assertThat(schedule.rate(0)).isEqualTo(0.25);
    assertThat(schedule.rate(3)).isEqualTo(1);
    assertThat(schedule.rate(4)).isEqualTo(1);
    assertThat(schedule.rate(9)).isCloseTo(0.1, offset(1e-12));
  }
}
