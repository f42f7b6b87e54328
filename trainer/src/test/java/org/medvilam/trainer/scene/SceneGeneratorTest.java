package org.medvilam.trainer.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.trainer.scene.SceneGenerator.Question;

class SceneGeneratorTest {
  private static final int SIZE = 64;
  private static final int PATCH = 8;

  private final SceneGenerator scenes = new SceneGenerator(1, SIZE, PATCH);

  @Test
  void testSceneDependsOnSeedAndNumberOnly() {
    Scene first = scenes.scene(7, Question.WHERE, 1);
    scenes.scene(3, Question.SEGMENT, 1);
    Scene again = scenes.scene(7, Question.WHERE, 1);
    assertThat(again.pixels()).isEqualTo(first.pixels());
    assertThat(again.answer()).isEqualTo(first.answer());
    assertThat(new SceneGenerator(2, SIZE, PATCH).scene(7, Question.WHERE, 1).pixels())
        .isNotEqualTo(first.pixels());
  }

  @Test
  void testPixelsAreGreyValues() {
    for (int n = 0; n < 50; n++) {
      for (float value : scenes.scene(n, Question.WHERE, 1).pixels()) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void testBoxesAreOrderedAndInsideTheGrid() {
    for (int n = 0; n < 200; n++) {
      long before = -1;
      for (GridBox box : scenes.scene(n, Question.WHERE, 1).boxes()) {
        assertThat(box.x1()).isBetween(0, box.x2() - 1);
        assertThat(box.y1()).isBetween(0, box.y2() - 1);
        assertThat(Math.max(box.x2(), box.y2())).isLessThanOrEqualTo(1000);
        long distance = (long) box.x1() * box.x1() + (long) box.y1() * box.y1();
        assertThat(distance).isGreaterThanOrEqualTo(before);
        before = distance;
      }
    }
  }

  @Test
  void testPatchesKnowTheEdgesOfTheOnlyObject() {
    int alone = 0;
    for (int n = 0; n < 50; n++) {
      Scene scene = scenes.scene(n, Question.WHERE, 0);
      assertThat(scene.boxes()).hasSize(1);
      if (looks(scene).size() > 1) {
        continue;
      }
      alone++;
      GridBox box = scene.boxes().get(0);
      for (int p = 0; p < PATCH * PATCH; p++) {
        assertThat(Arrays.copyOfRange(scene.edges(), 4 * p, 4 * p + 4))
            .containsExactly(
                box.x1() / 1000f, box.y1() / 1000f, box.x2() / 1000f, box.y2() / 1000f);
      }
    }
    assertThat(alone).isBetween(20, 45);
  }

  @Test
  void testLooksCoverWhatObjectsCover() {
    for (int n = 0; n < 50; n++) {
      Scene scene = scenes.scene(n, Question.WHERE, 1);
      for (int p = 0; p < PATCH * PATCH; p++) {
        float sum = 0;
        for (int k = 0; k < Scene.LOOKS; k++) {
          sum += scene.looks()[p * Scene.LOOKS + k];
        }
        assertThat(sum).isEqualTo(scene.occupancy()[p]);
      }
    }
  }

  /** Returns the looks that are shown. */
  private static Set<Look> looks(Scene scene) {
    Set<Look> looks = EnumSet.noneOf(Look.class);
    for (int i = 0; i < scene.looks().length; i++) {
      if (scene.looks()[i] > 0) {
        looks.add(List.of(Look.values()).get(i % Scene.LOOKS));
      }
    }
    return looks;
  }

  @Test
  void testOutlineHasTwentyFivePoints() {
    String answer = scenes.scene(5, Question.SEGMENT, 1).answer();
    assertThat(answer).startsWith("<BOS> ").endsWith(" <EOS>");
    assertThat(answer.split(" ")).hasSize(27);
  }

  @Test
  void testPresenceIsOfTheLookThatTheLastWordNames() {
    for (int n = 0; n < 200; n++) {
      Scene scene = scenes.scene(n, Question.PRESENT, n / 200.0);
      String asked = scene.instruction().replaceAll("Is there a (.*) in this \\w+\\?", "$1");
      boolean shown = looks(scene).contains(Labels.look(asked));
      assertThat(scene.answer()).as(scene.instruction()).isEqualTo(shown ? "Yes" : "No");
    }
  }

  @Test
  void testOnePictureIsAskedForWhatItShowsAndForWhatItDoesNot() {
    for (int n = 0; n < 100; n += 2) {
      Scene yes = scenes.scene(n, Question.PRESENT, 1);
      Scene no = scenes.scene(n + 1, Question.PRESENT, 1);
      assertThat(no.pixels()).isEqualTo(yes.pixels());
      assertThat(List.of(yes.answer(), no.answer())).containsExactly("Yes", "No");
    }
  }

  @Test
  void testLabelAskedForFitsTheObjectAndAnyOtherLookDoesNot() {
    for (int n = 0; n < 200; n++) {
      Scene scene = scenes.scene(n, Question.WHAT, n / 200.0);
      assertThat(looks(scene)).containsExactly(Labels.look(scene.answer()));
      for (String label : List.of("tumour", "optic disc", "malignant tumour", "polyp")) {
        assertThat(scene.fits(label)).isEqualTo(looks(scene).contains(Labels.look(label)));
      }
      assertThat(scene.fits("tumour of unknown cause")).isFalse();
    }
  }

  @Test
  void testEasyScenesUseFewWords() {
    assertThat(labels(0)).hasSize(2 * Scene.LOOKS).noneMatch(l -> l.contains(" "));
    assertThat(labels(1)).hasSizeGreaterThan(150);
  }

  private Set<String> labels(double difficulty) {
    Set<String> labels = new TreeSet<>();
    for (int n = 0; n < 500; n++) {
      labels.add(scenes.scene(n, Question.WHAT, difficulty).answer());
    }
    return labels;
  }
}
