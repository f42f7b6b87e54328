package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlipTest {
  @Test
  void testBoxes() {
    int[] box = {0, 100, 200, 300};
    assertThat(Flip.HORIZONTAL.box(box)).containsExactly(800, 100, 1000, 300);
    assertThat(Flip.VERTICAL.box(box)).containsExactly(0, 700, 200, 900);
    assertThat(Flip.BOTH.box(box)).containsExactly(800, 700, 1000, 900);
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
    String asked = "Is the upper left lung clear?";
    assertThat(Flip.HORIZONTAL.words(asked)).isEqualTo("Is the upper right lung clear?");
    assertThat(Flip.VERTICAL.words(asked)).isEqualTo("Is the lower left lung clear?");
    assertThat(Flip.BOTH.words("left")).isEqualTo("right");
    assertThat(Flip.BOTH.words("RIGHT-sided, at the Top; bright, lefty?"))
        .isEqualTo("LEFT-sided, at the Bottom; bright, lefty?");
  }

  @Test
  void testAllowed() {
    assertThat(Flip.allowed(true, false)).containsExactly(Flip.NONE, Flip.HORIZONTAL);
    assertThat(Flip.allowed(false, false)).containsExactly(Flip.NONE);
  }
}
