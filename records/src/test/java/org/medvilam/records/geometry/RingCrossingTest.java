package org.medvilam.records.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RingCrossingTest {
  @Test
  void aBowTieCrossesItself() {
    assertThat(RingCrossing.crosses(Ring.ofFlat(0, 0, 4, 4, 4, 0, 0, 4))).isTrue();
  }

  @Test
  void aSquareDoesNot() {
    assertThat(RingCrossing.crosses(Ring.ofFlat(0, 0, 4, 0, 4, 4, 0, 4))).isFalse();
  }

  @Test
  void whatTouchesItselfAtACornerOrRunsBackDoesNot() {
    assertThat(RingCrossing.crosses(Ring.ofFlat(0, 0, 2, 2, 4, 0, 4, 4, 2, 2, 0, 4))).isFalse();
    assertThat(RingCrossing.crosses(Ring.ofFlat(0, 0, 4, 0, 4, 4, 4, 0, 2, 0, 0, 3))).isFalse();
    assertThat(RingCrossing.crosses(Ring.ofFlat(1, 1, 1, 1, 1, 1))).isFalse();
    assertThat(RingCrossing.crosses(Ring.ofFlat())).isFalse();
  }

  @Test
  void longOutlinesAreJudgedAlike() {
    int n = 500;
    double[] xs = new double[n];
    double[] ys = new double[n];
    for (int i = 0; i < n; i++) {
      xs[i] = 100 + 90 * Math.cos(2 * Math.PI * i / n);
      ys[i] = 100 + 90 * Math.sin(2 * Math.PI * i / n);
    }
    assertThat(RingCrossing.crosses(Ring.of(xs, ys))).isFalse();
    double x = xs[100];
    xs[100] = xs[101];
    xs[101] = x;
    double y = ys[100];
    ys[100] = ys[101];
    ys[101] = y;
    assertThat(RingCrossing.crosses(Ring.of(xs, ys))).isTrue();
  }
}
