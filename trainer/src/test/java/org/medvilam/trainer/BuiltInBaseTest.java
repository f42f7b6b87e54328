package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medvilam.trainer.scene.Scene;
import org.medvilam.trainer.scene.SceneGenerator;
import org.medvilam.trainer.scene.SceneGenerator.Question;

class BuiltInBaseTest {
  @Test
  void testBaseFindsTheOneObjectOfEasyScenesFarOftenerThanChance() throws Exception {
    VisionLanguageModel model = VisionLanguageModel.builtIn(VisionLanguageModel.TINY);
    SceneGenerator scenes = new SceneGenerator(99, model.inputSize(), 8);
    int hits = 0;
    for (int n = 0; n < 40; n++) {
      Scene scene = scenes.scene(n, Question.WHERE, 0);
      String answer = model.answer(scene.pixels(), scene.instruction());
      hits += AnswerBoxes.hits(scene.boxes(), AnswerBoxes.parse(answer));
    }
    assertThat(hits).isGreaterThanOrEqualTo(10);
  }
}
