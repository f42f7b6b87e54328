package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlipTest {
  private static TrainingExample example(String instruction, String answer, int[]... boxes) {
    return new TrainingExample(
        "e", new float[] {0, 1, 0.5f, 0.25f}, instruction, answer, List.of(boxes));
  }

  @Test
  void testBoxesMoveWithThePicture() {
    TrainingExample example =
        example(
            "Where?",
            "[0, 100, 200, 300]; [700, 0, 1000, 50]",
            new int[] {0, 100, 200, 300},
            new int[] {700, 0, 1000, 50});
    assertThat(Flip.HORIZONTAL.answer(example)).isEqualTo("[0, 0, 300, 50]; [800, 100, 1000, 300]");
    assertThat(Flip.VERTICAL.answer(example))
        .isEqualTo("[0, 700, 200, 900]; [700, 950, 1000, 1000]");
  }

  @Test
  void testPixels() {
    float[] pixels = {1, 2, 3, 4};
    assertThat(Flip.HORIZONTAL.pixels(pixels, 2)).containsExactly(2, 1, 4, 3);
    assertThat(Flip.VERTICAL.pixels(pixels, 2)).containsExactly(3, 4, 1, 2);
    assertThat(Flip.BOTH.pixels(pixels, 2)).containsExactly(4, 3, 2, 1);
  }

  @Test
  void testWordsForSidesAreExchanged() {
    TrainingExample example = example("Is the upper left lung clear?", "left");
    assertThat(Flip.HORIZONTAL.instruction(example)).isEqualTo("Is the upper right lung clear?");
    assertThat(Flip.VERTICAL.instruction(example)).isEqualTo("Is the lower left lung clear?");
    assertThat(Flip.BOTH.answer(example)).isEqualTo("right");
    TrainingExample capitals = example("RIGHT-sided, at the Top; bright, lefty?", "Yes");
    assertThat(Flip.BOTH.instruction(capitals))
        .isEqualTo("LEFT-sided, at the Bottom; bright, lefty?");
  }

  @Test
  void testAnswersWithOtherNumbersCannotFollow() {
    assertThat(Flip.canFollow(example("Segment it.", "<BOS> 1,2 3,4 <EOS>"))).isFalse();
    assertThat(Flip.canFollow(example("Where?", "[1, 2, 3, 5]", new int[] {1, 2, 3, 4}))).isFalse();
    assertThat(Flip.canFollow(example("Where?", "[1, 2, 3, 4]", new int[] {1, 2, 3, 4}))).isTrue();
  }

  @Test
  void testAllowed() {
    assertThat(Flip.allowed(true, false)).containsExactly(Flip.NONE, Flip.HORIZONTAL);
    assertThat(Flip.allowed(false, false)).containsExactly(Flip.NONE);
  }
}
