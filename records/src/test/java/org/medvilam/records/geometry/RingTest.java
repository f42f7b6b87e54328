package org.medvilam.records.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.Golden;

final class RingTest {
  private static final int POINTS = 25;

  static Stream<Arguments> polygons() {
    return Golden.cases("polygon_sample25");
  }

  @Test
  void everyGoldenPolygonIsTested() {
    assertThat(polygons()).hasSize(19);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("polygons")
  void canonicalOrderAsExpected(String name, JsonNode c) {
    assertClose(Golden.ring(c.get("input")).canonical(), c.get("canonical"), name);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("polygons")
  void samplesAsExpected(String name, JsonNode c) {
    Ring sampled = Golden.ring(c.get("input")).canonical().sample(POINTS);
    assertClose(sampled, c.get("samples25"), name);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("polygons")
  void gridPointsExactlyAsExpected(String name, JsonNode c) {
    Ring sampled = Golden.ring(c.get("input")).canonical().sample(POINTS);
    List<GridPoint> expected = new ArrayList<>();
    c.get("norm1000_half_up")
        .forEach(p -> expected.add(new GridPoint(p.get(0).asInt(), p.get(1).asInt())));
    double width = c.get("image").get(0).asDouble();
    double height = c.get("image").get(1).asDouble();
    assertThat(Grid.normalise(sampled, width, height)).as(name).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("polygons")
  void perimeterAndAreaAsExpected(String name, JsonNode c) {
    Ring ring = Golden.ring(c.get("input")).canonical();
    assertThat(ring.perimeter()).as(name).isEqualTo(c.get("perimeter").asDouble(), within(1e-6));
    assertThat(ring.signedArea()).as(name).isEqualTo(c.get("area").asDouble(), within(1e-6));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("polygons")
  void overlapOfSampledAndNativeAsExpected(String name, JsonNode c) {
    Ring ring = Golden.ring(c.get("input"));
    double iou = RingOverlap.iou(ring, ring.canonical().sample(POINTS));
    assertThat(iou).as(name).isEqualTo(c.get("iou_with_original").asDouble(), within(1e-9));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("polygons")
  void writingOrderDoesNotShow(String name, JsonNode c) {
    Ring ring = Golden.ring(c.get("input"));
    assertThat(writings(ring)).as(name).allSatisfy(w -> sameSamples(ring, w));
  }

  @Test
  void writingOrderOfRingThatMeetsItsStartTwiceDoesNotShow() {
    Ring bowTie = Ring.ofFlat(0, 0, 10, 2, 10, 6, 0, 0, 6, 10, 2, 12);
    assertThat(writings(bowTie)).allSatisfy(w -> sameSamples(bowTie, w));
  }

  @Test
  void ringWalkedTwiceIsTheSameWhereverItStarts() {
    Ring twice = Ring.ofFlat(1, 1, 5, 1, 5, 5, 1, 1, 5, 1, 5, 5);
    assertThat(writings(twice)).allSatisfy(w -> sameSamples(twice, w));
  }

  @Test
  void canonicalOfCanonicalIsTheSame() {
    Ring ring = Ring.ofFlat(30, 30, 4, 4, 4, 4, 10, 40).canonical();
    assertThat(ring.canonical()).isEqualTo(ring);
  }

  @Test
  void otherCountsOfPointsKeepTheFirst() {
    Ring ring = Ring.ofFlat(0, 0, 12, 0, 12, 12, 0, 12);
    assertThat(ring.sample(4)).isEqualTo(ring);
  }

  @Test
  void fewerThanThreePointsAreNotSampled() {
    assertThatThrownBy(() -> Ring.ofFlat(0, 0, 1, 0, 1, 1).sample(2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ringWithoutPointsIsDegenerate() {
    assertReason(Ring.ofFlat(), "degenerate-ring");
  }

  @Test
  void onePointManyTimesIsDegenerate() {
    assertReason(Ring.ofFlat(3, 3, 3, 3, 3, 3, 3, 3), "degenerate-ring");
  }

  @Test
  void lineThereAndBackIsDegenerate() {
    assertReason(Ring.ofFlat(0, 0, 7, 3, 0, 0, 7, 3), "degenerate-ring");
  }

  @Test
  void lineOfWholeNumbersIsDegenerate() {
    assertReason(Ring.ofFlat(1, 1, 2, 2, 5, 5), "degenerate-ring");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.7, 1.1, 123.456, 4095.9})
  void lineThatRoundingBendsIsDegenerateInEveryOrder(double d) {
    Ring line = Ring.ofFlat(d, d / 3, 2 * d, 2 * d / 3, 3 * d, d, 7 * d, 7 * d / 3);
    assertThat(writings(line)).allSatisfy(w -> assertReason(w, "degenerate-ring"));
  }

  @Test
  void smallRingFarFromTheOriginIsNoLine() {
    Ring small = Ring.ofFlat(9000, 9000, 9000.1, 9000, 9000.1, 9000.1).canonical();
    assertThat(small.signedArea()).isEqualTo(0.005, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void coordinateThatIsNoNumberIsRefused(double bad) {
    assertReason(Ring.ofFlat(0, 0, 5, bad, 5, 5), "not-a-number");
  }

  @Test
  void ringTooLargeToMeasureIsRefused() {
    assertReason(Ring.ofFlat(0, 0, 1e200, 0, 1e200, 1e200), "not-a-number");
  }

  @Test
  void oddListOfNumbersIsRefused() {
    assertThatThrownBy(() -> Ring.ofFlat(1, 2, 3))
        .isInstanceOfSatisfying(
            GeometryException.class, e -> assertThat(e.reason()).isEqualTo("odd-ring"));
  }

  @Test
  void rightTriangleIsClockwiseOnScreen() {
    assertThat(Ring.ofFlat(0, 0, 4, 0, 4, 4).signedArea()).isEqualTo(8);
  }

  @Test
  void callersArrayMayChange() {
    double[] xs = {0, 4, 4};
    Ring ring = Ring.of(xs, new double[] {0, 0, 4});
    xs[0] = 99;
    assertThat(ring.x(0)).isZero();
  }

  /** Every rotation, forwards and backwards, open and closed, each vertex also doubled. */
  private static List<Ring> writings(Ring ring) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < ring.size(); i++) {
      points.add(ring.point(i));
    }
    if (points.get(0).equals(points.get(points.size() - 1))) {
      points.remove(points.size() - 1);
    }
    List<Ring> all = new ArrayList<>();
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < points.size(); i++) {
        List<Point> rotated = new ArrayList<>(points);
        Collections.rotate(rotated, i);
        all.add(of(rotated));
        rotated.add(rotated.get(0));
        all.add(of(rotated));
        rotated.add(1, rotated.get(1));
        all.add(of(rotated));
      }
      Collections.reverse(points);
    }
    return all;
  }

  private static Ring of(List<Point> points) {
    return Ring.ofFlat(
        points.stream()
            .flatMap(p -> Stream.of(p.x(), p.y()))
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  private static void sameSamples(Ring expected, Ring written) {
    assertThat(written.canonical().sample(POINTS)).isEqualTo(expected.canonical().sample(POINTS));
  }

  private static void assertClose(Ring actual, JsonNode expected, String name) {
    Ring ring = Golden.ring(expected);
    assertThat(actual.size()).as(name).isEqualTo(ring.size());
    for (int i = 0; i < ring.size(); i++) {
      assertThat(actual.x(i)).as("%s x %d", name, i).isEqualTo(ring.x(i), within(1e-6));
      assertThat(actual.y(i)).as("%s y %d", name, i).isEqualTo(ring.y(i), within(1e-6));
    }
  }

  private static void assertReason(Ring ring, String reason) {
    assertThatThrownBy(ring::canonical)
        .isInstanceOfSatisfying(
            GeometryException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
