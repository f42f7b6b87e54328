package org.medvilam.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.medvilam.records.codec.RecordJson;

final class IntervalTest {
  @Test
  void wilsonAgreesWithScipy() throws IOException {
    JsonNode cases =
        RecordJson.mapper().readTree(IntervalTest.class.getResourceAsStream("proportions.json"));
    assertThat(cases).isNotEmpty();
    for (JsonNode c : cases) {
      Interval interval = Interval.wilson95(c.get("k").asInt(), c.get("n").asInt());
      assertThat(interval.low()).isCloseTo(c.get("wilson95").get(0).asDouble(), within(1e-12));
      assertThat(interval.high()).isCloseTo(c.get("wilson95").get(1).asDouble(), within(1e-12));
    }
  }

  @Test
  void noTrialsHaveNoInterval() {
    assertThatThrownBy(() -> Interval.wilson95(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 of 0");
  }
}
