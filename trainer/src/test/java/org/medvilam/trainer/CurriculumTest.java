package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurriculumTest {
  private static final PretrainingOptions OPTIONS = PretrainingOptions.defaults();

  /** A step among those that teach labels first, then one that teaches yes and no, and a last. */
  private static final int LABELS = OPTIONS.firstWordStep() + 1;

  private static final int PRESENCE = OPTIONS.firstWordStep() + 601;
  private static final int LAST = OPTIONS.steps() - 1;

  /** Twelve scenes a step out of 1,200. */
  private static final int REPEATED_AFTER = 100;

  private final Curriculum curriculum = new Curriculum(OPTIONS, null, 1);

  @Test
  void testBatchDependsOnItsStepAlone() {
    List<Lesson> first = curriculum.batch(LABELS);
    curriculum.batch(LAST);
    List<Lesson> again = curriculum.batch(LABELS);
    for (int i = 0; i < first.size(); i++) {
      assertThat(again.get(i).pixels()).isEqualTo(first.get(i).pixels());
      assertThat(again.get(i).answer()).isEqualTo(first.get(i).answer());
    }
  }

  @Test
  void testPlacesComeFirst() {
    for (int step : new int[] {0, OPTIONS.encoderSteps() + 1, OPTIONS.firstWordStep() - 1}) {
      assertThat(kinds(step)).as("step %d", step).containsExactly(OPTIONS.batch(), 0, 0);
    }
  }

  @Test
  void testLabelsComeBeforeYesAndNoAndPlacesStay() {
    assertThat(kinds(LABELS)).containsExactly(6, 12, 6);
    assertThat(kinds(PRESENCE)).containsExactly(6, 6, 12);
    assertThat(kinds(LAST)).containsExactly(16, 4, 4);
  }

  @Test
  void testEasyScenesThatAskForLabelsComeAgainAndOthersDoNot() {
    int later = LABELS + REPEATED_AFTER;
    assertThat(pictures(LABELS, true)).isEqualTo(pictures(later, true));
    assertThat(pictures(LABELS, false)).doesNotContainAnyElementsOf(pictures(later, false));
    assertThat(pictures(LAST, true)).doesNotContainAnyElementsOf(pictures(LAST - 300, true));
  }

  /** Returns hashes of the pictures of a step that ask for labels, or of those for places. */
  private List<Integer> pictures(int step, boolean labels) {
    return curriculum.batch(step).stream()
        .filter(lesson -> labels ? isLabel(lesson) : isPlace(lesson))
        .map(lesson -> Arrays.hashCode(lesson.pixels()))
        .toList();
  }

  /** Returns how many scenes of a step ask for places, for labels, and for yes or no. */
  private int[] kinds(int step) {
    List<Lesson> batch = curriculum.batch(step);
    int places = (int) batch.stream().filter(CurriculumTest::isPlace).count();
    int labels = (int) batch.stream().filter(CurriculumTest::isLabel).count();
    return new int[] {places, labels, batch.size() - places - labels};
  }

  private static boolean isPlace(Lesson lesson) {
    return lesson.answer().startsWith("[");
  }

  private static boolean isLabel(Lesson lesson) {
    return !isPlace(lesson) && !List.of("Yes", "No").contains(lesson.answer());
  }
}
