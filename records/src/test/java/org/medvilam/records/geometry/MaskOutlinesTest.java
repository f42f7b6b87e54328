package org.medvilam.records.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.Golden;

final class MaskOutlinesTest {
  private static final int TRIES = 6000;

  static Stream<Arguments> masks() {
    return Golden.cases("contours_opencv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masks")
  void componentsAsOpenCvCountsThem(String name, JsonNode c) {
    MaskOutlines traced = MaskOutlines.trace(Golden.mask(c.get("rows")), 1);
    assertThat(traced.outlines()).as(name).hasSize(c.get("components8").asInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", // one pixel
        "111/111/111", // everything
        "10/01", // a diagonal
        "01/10", // the other one
        "101/010/101", // a cross of diagonals
        "010/101/010", // a hole closed by diagonals
        "11111/10001/10101/10001/11111", // an island in a hole
        "1111111/1000001/1011101/1010101/1011101/1000001/1111111", // a ring in a ring
        "10001/00000/00000/00000/10001", // the four corners
        "0000/0110/0110/0000",
        "1111/0001/1111/1000/1111", // a snake
        "111/101/110" // a hole that opens at a corner only
      })
  void outlinesOfDrawnMasksAreThoseOfMarchingSquares(String rows) {
    assertOutlines(drawn(rows));
  }

  @Test
  void outlinesOfRandomMasksAreThoseOfMarchingSquares() {
    forRandomMasks(1, MaskOutlinesTest::assertOutlines);
  }

  @Test
  void pixelsHolesAndBoundsAreThoseOfFloodFill() {
    forRandomMasks(
        2,
        mask ->
            assertThat(MaskOutlines.trace(mask, 1).outlines())
                .as(() -> RandomMasks.text(mask))
                .extracting(o -> new FloodFill.Part(o.bounds(), o.pixels(), o.holePixels()))
                .containsExactlyInAnyOrderElementsOf(FloodFill.parts(mask)));
  }

  @Test
  void outlineCutsHalfAPixelOffTheEnclosedArea() {
    forRandomMasks(
        3,
        mask ->
            assertThat(MaskOutlines.trace(mask, 1).outlines())
                .as(() -> RandomMasks.text(mask))
                .allSatisfy(
                    o ->
                        assertThat(o.ring().signedArea())
                            .isEqualTo(o.pixels() + o.holePixels() - 0.5)));
  }

  @Test
  void outlineTouchesItsBounds() {
    forRandomMasks(
        4,
        mask ->
            assertThat(MaskOutlines.trace(mask, 1).outlines())
                .as(() -> RandomMasks.text(mask))
                .allSatisfy(o -> assertThat(o.ring().bounds()).isEqualTo(o.bounds())));
  }

  @Test
  void outlineIsCanonicalAlready() {
    forRandomMasks(
        5,
        mask ->
            assertThat(MaskOutlines.trace(mask, 1).outlines())
                .as(() -> RandomMasks.text(mask))
                .allSatisfy(o -> assertThat(o.ring().canonical()).isEqualTo(o.ring())));
  }

  @Test
  void outlinesAreOrderedByFirstVertex() {
    forRandomMasks(
        6,
        mask ->
            assertThat(MaskOutlines.trace(mask, 1).outlines())
                .as(() -> RandomMasks.text(mask))
                .isSortedAccordingTo(
                    Comparator.comparing(o -> o.ring().point(0), Point.BY_DISTANCE_FROM_ORIGIN)));
  }

  @Test
  void specksAreLeftOutAndCounted() {
    forRandomMasks(
        7,
        mask -> {
          List<FloodFill.Part> parts = FloodFill.parts(mask);
          MaskOutlines traced = MaskOutlines.trace(mask, 4);
          List<FloodFill.Part> specks = parts.stream().filter(p -> p.pixels() < 4).toList();
          assertThat(traced.outlines()).hasSize(parts.size() - specks.size());
          assertThat(traced.dropped()).isEqualTo(specks.size());
          assertThat(traced.droppedPixels())
              .isEqualTo(specks.stream().mapToLong(FloodFill.Part::pixels).sum());
        });
  }

  @Test
  void onePixelIsADiamond() {
    Ring ring = MaskOutlines.trace(drawn("000/010/000"), 1).outlines().get(0).ring();
    assertThat(ring).isEqualTo(Ring.ofFlat(1, 1.5, 1.5, 1, 2, 1.5, 1.5, 2));
  }

  @Test
  void pixelsThatTouchAtACornerAreOne() {
    assertThat(MaskOutlines.trace(drawn("1000/0100/0010/0001"), 1).outlines()).hasSize(1);
  }

  @Test
  void emptyMaskHasNoOutline() {
    assertThat(MaskOutlines.trace(drawn("000/000"), 1))
        .isEqualTo(new MaskOutlines(List.of(), 0, 0));
  }

  @Test
  void componentOfJustEnoughPixelsStays() {
    assertThat(MaskOutlines.trace(drawn("111/111"), 6).outlines()).hasSize(1);
  }

  @Test
  void manyComponentsOutgrowTheFirstTables() {
    byte[] pixels = new byte[200 * 200];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 200 % 2 == 0 && i % 2 == 0 ? 1 : 0);
    }
    assertThat(MaskOutlines.trace(new Mask(200, 200, pixels), 1).outlines()).hasSize(100 * 100);
  }

  @Test
  void minComponentMustBePositive() {
    assertThatThrownBy(() -> MaskOutlines.trace(drawn("1"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was: 0");
  }

  @Test
  void maskNeedsAsManyPixelsAsItsSizeSays() {
    assertThatThrownBy(() -> new Mask(65536, 65536, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertOutlines(Mask mask) {
    assertThat(MaskOutlines.trace(mask, 1).outlines())
        .as(() -> RandomMasks.text(mask))
        .extracting(Outline::ring)
        .containsExactlyElementsOf(MarchingSquares.outer(mask));
  }

  private static void forRandomMasks(long seed, Consumer<Mask> check) {
    Random random = new Random(seed);
    for (int i = 0; i < TRIES; i++) {
      check.accept(RandomMasks.next(random, 12));
    }
  }

  private static Mask drawn(String rows) {
    return Golden.mask(Arrays.asList(rows.split("/", -1)));
  }
}
