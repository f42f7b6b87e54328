package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.instruction.AnswerText;

class ViewTest {
  private static final int SIZE = 50;
  private static final int VERSIONS = 40;

  private static TrainingExample example(String instruction, String answer, int[]... boxes) {
    return new TrainingExample(
        "e", new float[] {0, 1, 0.5f, 0.25f}, instruction, answer, List.of(boxes));
  }

  /** Draws a bright rectangle, in pixels, on three planes of other darkness. */
  private static TrainingExample rectangle(int left, int top, int right, int bottom) {
    float[] pixels = new float[3 * SIZE * SIZE];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE % SIZE;
      int plane = i / (SIZE * SIZE);
      boolean inside = x >= left && x < right && y >= top && y < bottom;
      pixels[i] = inside ? 1 : 0.1f * plane;
    }
    int unit = 1000 / SIZE;
    int[] box = {unit * left, unit * top, unit * right, unit * bottom};
    return new TrainingExample("drawn", pixels, "Where?", Arrays.toString(box), List.of(box));
  }

  /** Returns the edges of what is bright on a plane, in 0..1000, found to a fraction of a pixel. */
  private static double[] edges(float[] pixels, int plane) {
    double[] edges = {SIZE, SIZE, 0, 0};
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        if (pixels[plane * SIZE * SIZE + y * SIZE + x] > 0.6) {
          edges[0] = Math.min(edges[0], x);
          edges[1] = Math.min(edges[1], y);
          edges[2] = Math.max(edges[2], x + 1);
          edges[3] = Math.max(edges[3], y + 1);
        }
      }
    }
    return Arrays.stream(edges).map(e -> 1000 * e / SIZE).toArray();
  }

  @ParameterizedTest
  @EnumSource
  void testBoxesFollowThePicture(Flip flip) {
    TrainingExample example = rectangle(4, 20, 19, 30);
    Set<String> answers = new HashSet<>();
    for (int version = 0; version < VERSIONS; version++) {
      View view = View.of(example, flip, 7, version);
      float[] seen = view.pixels(example.pixels(), SIZE);
      GridBox box = box(view.answer(example));
      int[] sides = {box.x1(), box.y1(), box.x2(), box.y2()};
      for (int plane = 0; plane < 3; plane++) {
        double[] found = edges(seen, plane);
        for (int i = 0; i < 4; i++) {
          assertThat((double) sides[i]).isCloseTo(found[i], within(1000.0 / SIZE));
        }
      }
      answers.add(view.answer(example));
    }
    assertThat(answers).hasSizeGreaterThan(VERSIONS - 5);
  }

  private static GridBox box(String answer) {
    List<GridBox> boxes = AnswerText.parseBoxes(answer).orElseThrow();
    assertThat(boxes).hasSize(1);
    return boxes.get(0);
  }

  @Test
  void testSizesVaryAndNothingLeavesThePicture() {
    TrainingExample example = rectangle(0, 10, 45, 20);
    double least = 1;
    double most = 1;
    for (int version = 1; version < VERSIONS; version++) {
      View view = View.of(example, Flip.NONE, 3, version);
      double width = 0.9 * view.scale();
      GridBox box = box(view.answer(example));
      assertThat((box.x2() - box.x1()) / 1000.0).isCloseTo(width, within(0.0011));
      least = Math.min(least, view.scale());
      most = Math.max(most, view.scale());
    }
    assertThat(least).isBetween(0.8, 0.85);
    assertThat(most).isBetween(1.06, 1 / 0.9);
  }

  @Test
  void testFirstVersionAndOthersAreTheSameEachTime() {
    TrainingExample example = rectangle(4, 20, 19, 30);
    View first = View.of(example, Flip.NONE, 7, 0);
    assertThat(first).isEqualTo(View.PLAIN);
    assertThat(first.pixels(example.pixels(), SIZE)).isEqualTo(example.pixels());
    assertThat(first.answer(example)).isEqualTo(example.answer());
    assertThat(View.of(example, Flip.BOTH, 7, 5)).isEqualTo(View.of(example, Flip.BOTH, 7, 5));
    assertThat(View.of(example, Flip.BOTH, 7, 5)).isNotEqualTo(View.of(example, Flip.BOTH, 8, 5));
  }

  @Test
  void testMirroredBoxesAreInOrder() {
    TrainingExample example =
        example(
            "Where?",
            "[0, 100, 200, 300]; [700, 0, 1000, 50]",
            new int[] {0, 100, 200, 300},
            new int[] {700, 0, 1000, 50});
    assertThat(View.of(example, Flip.HORIZONTAL, 1, 0).answer(example))
        .isEqualTo("[0, 0, 300, 50]; [800, 100, 1000, 300]");
    assertThat(View.of(example, Flip.VERTICAL, 1, 0).answer(example))
        .isEqualTo("[0, 700, 200, 900]; [700, 950, 1000, 1000]");
  }

  @Test
  void testWithoutBoxesAnExampleIsMirroredOnly() {
    TrainingExample example = example("Is the upper left lung clear?", "left");
    View view = View.of(example, Flip.HORIZONTAL, 1, 3);
    assertThat(view).isEqualTo(new View(1, 0, 0, Flip.HORIZONTAL));
    assertThat(view.instruction(example)).isEqualTo("Is the upper right lung clear?");
    assertThat(view.answer(example)).isEqualTo("right");
  }

  @Test
  void testAnswersWithOtherNumbersStay() {
    TrainingExample outline = example("Segment it.", "<BOS> 1,2 3,4 <EOS>");
    TrainingExample other = example("Where?", "[1, 2, 3, 5]", new int[] {1, 2, 3, 4});
    TrainingExample same = example("Where?", "[1, 2, 3, 4]", new int[] {1, 2, 3, 4});
    assertThat(View.of(outline, Flip.BOTH, 1, 3)).isEqualTo(View.PLAIN);
    assertThat(View.of(other, Flip.BOTH, 1, 3)).isEqualTo(View.PLAIN);
    assertThat(View.of(same, Flip.BOTH, 1, 3)).isNotEqualTo(View.PLAIN);
  }
}
