package org.medvilam.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final Progress progress = new Progress(System.err);

  @Test
  void aKnownTotalGivesTheTimeLeft() {
    assertThat(progress.line("counted", 5, 10, "1 rejected"))
        .startsWith("counted 5 of 10 (")
        .endsWith(" left), 1 rejected");
  }

  @Test
  void whatWasDoneBeforeIsNotInTheRate() {
    progress.goOnFrom(1_000_000_000_000L);
    assertThat(progress.line("counted", 1_000_000_000_000L, 2_000_000_000_000L, ""))
        .isEqualTo("counted 1,000,000,000,000 of 2,000,000,000,000 (0.0/s)");
    assertThat(progress.line("counted", 1_000_000_000_001L, 2_000_000_000_000L, ""))
        .endsWith(" left)");
  }

  @Test
  void aTotalThatIsPassedIsNotSaid() {
    assertThat(progress.line("counted", 11, 10, ""))
        .startsWith("counted 11 (")
        .doesNotContain("left", "of 10");
  }
}
