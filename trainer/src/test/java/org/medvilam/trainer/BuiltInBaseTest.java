package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.instruction.AnswerText;
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
      List<GridBox> found = AnswerText.parseBoxes(answer).orElse(List.of());
      hits += SceneScores.hits(scene.boxes(), found);
    }
    assertThat(hits).isGreaterThanOrEqualTo(10);
  }
}
