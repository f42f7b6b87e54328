package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.instruction.AnswerText;
import org.medvilam.trainer.scene.Scene;
import org.medvilam.trainer.scene.SceneGenerator;
import org.medvilam.trainer.scene.SceneGenerator.Question;

/** What the base that ships does with easy scenes it has not seen. */
class BuiltInBaseTest {
  private static final int SCENES = 60;

  private static VisionLanguageModel model;

  @BeforeAll
  static void load() throws Exception {
    model = VisionLanguageModel.builtIn(VisionLanguageModel.TINY);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void testFindsTheOneObjectFarOftenerThanChance() {
    assertThat(right(Question.WHERE, this::isFound)).isGreaterThanOrEqualTo(42);
  }

  @Test
  void testNamesTheLookOfTheObjectFarOftenerThanOneInSix() {
    assertThat(right(Question.WHAT, scene -> scene.fits(answer(scene)))).isGreaterThanOrEqualTo(37);
  }

  @Test
  void testTellsWhatIsShownFromWhatIsNot() {
    assertThat(right(Question.PRESENT, scene -> answer(scene).equals(scene.answer())))
        .isGreaterThanOrEqualTo(42);
  }

  private static int right(Question question, Predicate<Scene> right) {
    SceneGenerator scenes = new SceneGenerator(99, model.inputSize(), 8);
    int count = 0;
    for (int n = 0; n < SCENES; n++) {
      count += right.test(scenes.scene(n, question, 0)) ? 1 : 0;
    }
    return count;
  }

  private boolean isFound(Scene scene) {
    List<GridBox> found = AnswerText.parseBoxes(answer(scene)).orElse(List.of());
    return SceneScores.hits(scene.boxes(), found) > 0;
  }

  private static String answer(Scene scene) {
    return model.answer(scene.pixels(), scene.instruction());
  }
}
