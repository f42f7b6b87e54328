package org.medvilam.fewshot.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medvilam.imaging.GreyPicture;

final class PerceptualHashTest {
  @Test
  void halfOfTheBitsAreOne() {
    assertThat(Long.bitCount(PerceptualHash.of(picture(1, 1, 0)))).isEqualTo(32);
  }

  @Test
  void contrastAndBrightnessDoNotMatter() {
    long hash = PerceptualHash.of(picture(2, 1, 0));
    assertThat(PerceptualHash.of(picture(2, 0.25f, 0.5f))).isEqualTo(hash);
  }

  @Test
  void negativeIsTheOpposite() {
    long hash = PerceptualHash.of(picture(3, 1, 0));
    assertThat(PerceptualHash.of(picture(3, -1, 1))).isEqualTo(~hash);
  }

  @Test
  void bitsAreFrequenciesRowByRow() {
    float[] values = new float[PerceptualHash.SIDE * PerceptualHash.SIDE];
    for (int i = 0; i < values.length; i++) {
      int column = i % PerceptualHash.SIDE;
      int row = i / PerceptualHash.SIDE;
      double wave =
          Math.cos(Math.PI * 2 * (column + 0.5) / 32) * Math.cos(Math.PI * (row + 0.5) / 32);
      values[i] = (float) (wave / 2 + 0.5);
    }
    long hash =
        PerceptualHash.of(new GreyPicture(PerceptualHash.SIDE, PerceptualHash.SIDE, values));
    // Frequency 2 along x and 1 along y is the second bit from the left.
    assertThat(hash >>> 62 & 1).isOne();
  }

  private static GreyPicture picture(long seed, float contrast, float brightness) {
    Random random = new Random(seed);
    float[] values = new float[PerceptualHash.SIDE * PerceptualHash.SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = contrast * random.nextFloat() + brightness;
    }
    return new GreyPicture(PerceptualHash.SIDE, PerceptualHash.SIDE, values);
  }
}
