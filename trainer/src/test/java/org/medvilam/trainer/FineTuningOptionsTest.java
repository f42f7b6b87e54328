package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FineTuningOptionsTest {
  @ParameterizedTest
  @CsvSource({"1,800", "20,800", "51,816", "100,1600", "251,4000", "2147483647,4000"})
  void testStepsFollowTheNumberOfRecordsWithinLimits(int records, int steps) {
    assertThat(FineTuningOptions.defaults().forRecords(records))
        .isEqualTo(FineTuningOptions.defaults().withSteps(steps));
  }
}
