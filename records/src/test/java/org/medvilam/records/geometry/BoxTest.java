package org.medvilam.records.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.Golden;

final class BoxTest {
  static Stream<Arguments> boxes() {
    return Golden.cases("box_normalise");
  }

  static Stream<Arguments> boxes3d() {
    return Golden.cases("box3d");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("boxes")
  void gridBoxAsExpected(String name, JsonNode c) {
    JsonNode n = c.get("medvilam_1000_half_up");
    GridBox expected =
        new GridBox(n.get(0).asInt(), n.get(1).asInt(), n.get(2).asInt(), n.get(3).asInt());
    JsonNode b = c.get("box");
    Box box =
        new Box(b.get(0).asDouble(), b.get(1).asDouble(), b.get(2).asDouble(), b.get(3).asDouble());
    assertThat(Grid.normalise(box, c.get("w").asDouble(), c.get("h").asDouble()))
        .as(name)
        .isEqualTo(expected);
  }

  @Test
  void gridNeverLeavesItsRange() {
    assertThat(Grid.normalise(new Point(-3, 99), 10, 10)).isEqualTo(new GridPoint(0, Grid.MAX));
  }

  @Test
  void gridHasNoPlaceForNaN() {
    assertThatThrownBy(() -> Grid.normalise(Double.NaN, 10)).isInstanceOf(GeometryException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -5, Double.NaN})
  void sizeMustBePositive(double size) {
    assertThatThrownBy(() -> Grid.normalise(1, size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }

  @Test
  void volumeAxesAreNormalisedByTheirOwnSize() {
    assertThat(Grid.normalise(new Box3d(1, 2, 3, 5, 10, 20), 10, 20, 40))
        .isEqualTo(new GridBox3d(100, 100, 75, 500, 500, 500));
  }

  @Test
  void vocFirstPixelIsOneAndLastIsIncluded() {
    assertThat(Box.ofVoc(1, 1, 3, 2)).isEqualTo(new Box(0, 0, 3, 2));
  }

  @Test
  void cornerAndSize() {
    assertThat(Box.ofCornerAndSize(2.5, 3, 4, 5)).isEqualTo(new Box(2.5, 3, 6.5, 8));
  }

  @Test
  void boxOverTheBorderIsCut() {
    assertThat(new Box(-4, 5, 70, 33.5).clampTo(64, 32)).isEqualTo(new Box(0, 5, 64, 32));
  }

  @Test
  void boxInsideStays() {
    assertThat(new Box(1.25, 2, 64, 32).clampTo(64, 32)).isEqualTo(new Box(1.25, 2, 64, 32));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, 5, 9", // no width
    "5, 5, 9, 5", // no height
    "9, 5, 5, 9", // swapped columns
    "5, 9, 9, 5", // swapped rows
    "64, 0, 80, 9", // right of the image
    "-9, 0, 0, 9", // left of it
    "0, 32, 9, 40", // below it
    "NaN, 0, 9, 9",
    "0, NaN, 9, 9",
    "0, 0, NaN, 9",
    "0, 0, 9, NaN"
  })
  void boxThatCoversNothingIsRefusedByName(double x1, double y1, double x2, double y2) {
    assertThatThrownBy(() -> new Box(x1, y1, x2, y2).clampTo(64, 32))
        .isInstanceOfSatisfying(
            GeometryException.class, e -> assertThat(e.reason()).isEqualTo("empty-box"))
        .hasMessageContaining("64x32");
  }

  @Test
  void swappedBoxHasNoArea() {
    assertThat(new Box(9, 9, 1, 1).area()).isZero();
  }

  @Test
  void overlapOfBoxes() {
    assertThat(new Box(0, 0, 10, 10).iou(new Box(5, 0, 15, 10))).isEqualTo(1 / 3.0, within(1e-15));
  }

  @Test
  void boxesThatTouchDoNotOverlap() {
    assertThat(new Box(0, 0, 10, 10).iou(new Box(10, 0, 20, 10))).isZero();
  }

  @Test
  void emptyBoxOverlapsNothing() {
    assertThat(new Box(3, 3, 3, 3).iou(new Box(3, 3, 3, 3))).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("boxes3d")
  void overlapOfVolumesAsExpected(String name, JsonNode c) {
    double iou = box3d(c.at("/pred/corners")).iou(box3d(c.at("/gt/corners")));
    assertThat(iou).as(name).isEqualTo(c.get("iou").asDouble(), within(1e-12));
  }

  @Test
  void volumeOverTheBorderIsCut() {
    assertThat(new Box3d(-1, 2, 3, 50, 60, 70).clampTo(40, 50, 60))
        .isEqualTo(new Box3d(0, 2, 3, 40, 50, 60));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 60, 9, 9, 70", "5, 5, 5, 5, 9, 9", "9, 9, 9, 5, 5, 5", "0, 0, NaN, 9, 9, 9"})
  void volumeThatCoversNothingIsRefusedByName(
      double x1, double y1, double z1, double x2, double y2, double z2) {
    assertThatThrownBy(() -> new Box3d(x1, y1, z1, x2, y2, z2).clampTo(40, 50, 60))
        .isInstanceOfSatisfying(
            GeometryException.class, e -> assertThat(e.reason()).isEqualTo("empty-box"));
  }

  @Test
  void twoSwappedAxesDoNotMakeAVolume() {
    assertThat(new Box3d(5, 5, 0, 1, 1, 4).volume()).isZero();
  }

  private static Box3d box3d(JsonNode v) {
    return new Box3d(
        v.get(0).asDouble(),
        v.get(1).asDouble(),
        v.get(2).asDouble(),
        v.get(3).asDouble(),
        v.get(4).asDouble(),
        v.get(5).asDouble());
  }
}
