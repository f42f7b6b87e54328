package org.medvilam.records.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.medvilam.records.Golden;

final class RingOverlapTest {
  static Stream<Arguments> pairs() {
    return Golden.cases("polygon_iou");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void overlapAsExpected(String name, JsonNode c) {
    double iou = RingOverlap.iou(Golden.ring(c.get("a")), Golden.ring(c.get("b")));
    assertThat(iou).as(name).isEqualTo(c.at("/exact/iou").asDouble(), within(1e-9));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void overlapIsSymmetric(String name, JsonNode c) {
    Ring a = Golden.ring(c.get("a"));
    Ring b = Golden.ring(c.get("b"));
    assertThat(RingOverlap.iou(b, a)).as(name).isEqualTo(RingOverlap.iou(a, b), within(1e-12));
  }

  @Test
  void partsCountOnceWhereTheyLieOverEachOther() {
    Ring left = Ring.ofFlat(0, 0, 6, 0, 6, 4, 0, 4);
    Ring right = Ring.ofFlat(4, 0, 10, 0, 10, 4, 4, 4);
    Ring whole = Ring.ofFlat(0, 0, 10, 0, 10, 4, 0, 4);
    assertThat(RingOverlap.iou(List.of(left, right), List.of(whole))).isEqualTo(1, within(1e-12));
  }

  @Test
  void selfCrossingRingIsMended() {
    Ring bowTie = Ring.ofFlat(0, 0, 4, 4, 4, 0, 0, 4);
    Ring square = Ring.ofFlat(0, 0, 4, 0, 4, 4, 0, 4);
    assertThat(RingOverlap.iou(bowTie, square)).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void nothingAndNothingDoNotMeet() {
    assertThat(RingOverlap.iou(List.of(), List.of())).isZero();
  }

  @Test
  void flatRingMeetsNothing() {
    Ring flat = Ring.ofFlat(0, 0, 4, 0, 2, 0);
    assertThat(RingOverlap.iou(flat, flat)).isZero();
  }
}
