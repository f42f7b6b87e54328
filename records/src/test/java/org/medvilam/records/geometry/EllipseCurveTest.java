package org.medvilam.records.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EllipseCurveTest {
  @ParameterizedTest
  @CsvSource({"10, 10, 0", "40, 5, 30", "3.5, 120, 271", "1, 1000, -12"})
  void areaIsThatOfTheEllipse(double rx, double ry, double degrees) {
    double area = EllipseCurve.of(new Point(200, 300), rx, ry, degrees).signedArea();
    assertThat(area).isCloseTo(Math.PI * rx * ry, Percentage.withPercentage(0.01));
  }

  @Test
  void everyVertexLiesOnTheCurve() {
    Ring ring = EllipseCurve.of(new Point(7, -3), 5, 2, 0);
    for (int i = 0; i < ring.size(); i++) {
      double u = (ring.x(i) - 7) / 5;
      double v = (ring.y(i) + 3) / 2;
      assertThat(u * u + v * v).isEqualTo(1, within(1e-12));
    }
  }

  @Test
  void rotationIsClockwiseOnScreen() {
    Ring ring = EllipseCurve.of(new Point(0, 0), 10, 1, 45);
    assertThat(ring.x(0)).isEqualTo(ring.y(0), within(1e-12)).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "5, 0", "-1, 5", "NaN, 5"})
  void ellipseWithoutAxisIsRefusedByName(double rx, double ry) {
    assertReason("degenerate-ellipse", () -> EllipseCurve.of(new Point(0, 0), rx, ry, 0));
  }

  @Test
  void crossCurvePassesThroughItsFourEnds() {
    Point[] ends = {new Point(10, 52), new Point(90, 40), new Point(40, 20), new Point(48, 75)};
    Ring ring = EllipseCurve.ofRecist(ends[0], ends[1], ends[2], ends[3]);
    assertThat(ends)
        .allSatisfy(
            end -> {
              double nearest = Double.MAX_VALUE;
              for (int i = 0; i < ring.size(); i++) {
                nearest = Math.min(nearest, Math.hypot(ring.x(i) - end.x(), ring.y(i) - end.y()));
              }
              assertThat(nearest).isLessThan(1e-9);
            });
  }

  @Test
  void crossWhoseAxesHalveEachOtherIsAnEllipse() {
    Ring cross =
        EllipseCurve.ofRecist(
            new Point(0, 10), new Point(40, 10), new Point(20, 5), new Point(20, 15));
    assertThat(Math.abs(cross.signedArea()))
        .isCloseTo(Math.PI * 20 * 5, Percentage.withPercentage(0.01));
  }

  @Test
  void crossIsTheSameWhicheverAxisComesFirst() {
    Ring a =
        EllipseCurve.ofRecist(
            new Point(0, 10), new Point(40, 10), new Point(22, 5), new Point(20, 15));
    Ring b =
        EllipseCurve.ofRecist(
            new Point(20, 15), new Point(22, 5), new Point(40, 10), new Point(0, 10));
    assertThat(RingOverlap.iou(a, b)).isEqualTo(1, within(1e-9));
  }

  @Test
  void parallelAxesAreRefusedByName() {
    assertReason(
        "degenerate-cross",
        () ->
            EllipseCurve.ofRecist(
                new Point(0, 0), new Point(10, 10), new Point(0, 5), new Point(10, 15)));
  }

  @Test
  void axesThatDoNotMeetAreRefusedByName() {
    assertReason(
        "degenerate-cross",
        () ->
            EllipseCurve.ofRecist(
                new Point(0, 0), new Point(10, 0), new Point(5, 3), new Point(5, 9)));
  }

  @Test
  void axisOfOnePointIsRefusedByName() {
    assertReason(
        "degenerate-cross",
        () ->
            EllipseCurve.ofRecist(
                new Point(0, 0), new Point(10, 0), new Point(5, 0), new Point(5, 0)));
  }

  private static void assertReason(
      String reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GeometryException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
