package org.medvilam.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SplitTest {
  @ParameterizedTest
  @CsvSource({
    "busi, patient:1, train",
    "busi, patient:2, test",
    "busi, patient:6, validation",
    "busi, image:malignant (136), test",
    "ham10000, lesion:HAM_0000118, train",
    "tn3k, patient:1, test"
  })
  void splitOfAGroupNeverChanges(String dataset, String group, String split) {
    assertThat(Split.ofGroup(dataset, group).key()).isEqualTo(split);
  }

  @Test
  void groupsAreSplitSevenToOneToTwo() {
    Map<Split, Long> counts =
        IntStream.range(0, 10_000)
            .mapToObj(i -> Split.ofGroup("busi", "patient:" + i))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(counts.get(Split.TRAIN)).isBetween(6850L, 7150L);
    assertThat(counts.get(Split.VALIDATION)).isBetween(900L, 1100L);
    assertThat(counts.get(Split.TEST)).isBetween(1880L, 2120L);
  }

  @Test
  void datasetsAreSplitApart() {
    long same =
        IntStream.range(0, 1000)
            .filter(i -> Split.ofGroup("a", "patient:" + i) == Split.ofGroup("b", "patient:" + i))
            .count();
    assertThat(same).isBetween(450L, 630L);
  }

  @Test
  void unknownNameIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> Split.of("dev")).hasMessageContaining("train, validation or test");
  }

  @Test
  void absentSplitHasAFileNameToo() {
    assertThat(Split.fileKey(null)).isEqualTo("all");
  }
}
