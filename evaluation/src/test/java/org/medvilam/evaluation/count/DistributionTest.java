package org.medvilam.evaluation.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DistributionTest {
  @Test
  void summaryIsExact() {
    Distribution d = new Distribution("d", "px", 1);
    IntStream.rangeClosed(1, 100).forEach(d::add);
    Spread s = d.spread();
    assertThat(s.n()).isEqualTo(100);
    assertThat(new double[] {s.min(), s.p5(), s.median(), s.mean(), s.p95(), s.max()})
        .containsExactly(1, 5, 50, 50.5, 95, 100);
    assertThat(s.bins()).hasSize(20).allMatch(b -> b.n() == 5);
    assertThat(s.bins().get(0)).isEqualTo(new Spread.Bin(1, 6, 5));
  }

  @Test
  void oneValueIsOneBin() {
    Distribution d = new Distribution("d", "px", 1);
    assertThat(d.isEmpty()).isTrue();
    d.add(7);
    assertThat(d.spread().bins()).containsExactly(new Spread.Bin(7, 8, 1));
    assertThat(d.spread().median()).isEqualTo(7);
  }

  @Test
  void longTailsAreBinnedByDoubling() {
    Distribution d = new Distribution("d", "%", 100);
    IntStream.of(0, 1, 1, 2, 3, 500, 1 << 30).forEach(d::add);
    Spread s = d.spread();
    assertThat(s.bins().stream().mapToLong(Spread.Bin::n).sum()).isEqualTo(7);
    assertThat(s.bins().subList(0, 3))
        .containsExactly(
            new Spread.Bin(0, 0.01, 1),
            new Spread.Bin(0.01, 0.02, 2),
            new Spread.Bin(0.02, 0.04, 2));
    assertThat(s.median()).isEqualTo(0.02);
  }
}
