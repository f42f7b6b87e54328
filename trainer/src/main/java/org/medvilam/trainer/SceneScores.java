package org.medvilam.trainer;

import java.util.List;
import org.medvilam.trainer.scene.Scene;
import org.medvilam.trainer.scene.SceneGenerator;
import org.medvilam.trainer.scene.SceneGenerator.Question;

/**
 * How a base does on drawn scenes it has not seen.
 *
 * @param scenes the number of scenes of each kind of question
 * @param accuracy50 the part of true boxes hit at IoU 0.5 or more, matched one-to-one
 * @param unparsed the part of answers about places that are no boxes
 * @param present the part of yes-or-no questions answered right; half is chance
 */
public record SceneScores(int scenes, double accuracy50, double unparsed, double present) {
  static SceneScores of(VisionLanguageModel model, long seed, int count) {
    SceneGenerator scenes =
        new SceneGenerator(
            seed,
            model.network().config().vision().imageSize(),
            model.network().config().vision().patchSize());
    int targets = 0;
    int hits = 0;
    int unparsed = 0;
    int right = 0;
    for (int i = 0; i < count; i++) {
      Scene where = scenes.scene(i, Question.WHERE, 1);
      List<int[]> found = AnswerBoxes.parse(model.answer(where.pixels(), where.instruction()));
      targets += where.boxes().size();
      hits += AnswerBoxes.hits(where.boxes(), found);
      unparsed += found.isEmpty() ? 1 : 0;
      Scene present = scenes.scene(count + i, Question.PRESENT, 1);
      String said = model.answer(present.pixels(), present.instruction());
      right += said.equals(present.answer()) ? 1 : 0;
    }
    double all = Math.max(1, count);
    return new SceneScores(
        count, hits / (double) Math.max(1, targets), unparsed / all, right / all);
  }
}
