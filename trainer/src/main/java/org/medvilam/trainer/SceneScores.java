package org.medvilam.trainer;

import java.util.List;
import java.util.Optional;
import org.medvilam.evaluation.score.BoxMatching;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.geometry.RingOverlap;
import org.medvilam.records.instruction.AnswerText;
import org.medvilam.trainer.scene.Scene;
import org.medvilam.trainer.scene.SceneGenerator;
import org.medvilam.trainer.scene.SceneGenerator.Question;

/**
 * How a base does on drawn scenes it has not seen, the hardest ones.
 *
 * @param scenes the number of scenes of each kind of question
 * @param accuracy50 the part of true boxes hit at IoU 0.5 or more, matched one-to-one
 * @param unparsed the part of answers about places that are no boxes
 * @param outlines the mean IoU of outlines; 0 for an answer that is none
 * @param named the part of objects that are called by a word of their look; a sixth is chance
 * @param present the part of yes-or-no questions answered right; half is chance
 */
public record SceneScores(
    int scenes, double accuracy50, double unparsed, double outlines, double named, double present) {
  static SceneScores of(VisionLanguageModel model, long seed, int count) {
    SceneGenerator scenes =
        new SceneGenerator(
            seed,
            model.network().config().vision().imageSize(),
            model.network().config().vision().patchSize());
    int targets = 0;
    int hits = 0;
    int unparsed = 0;
    double overlap = 0;
    int named = 0;
    int right = 0;
    for (int i = 0; i < count; i++) {
      Scene where = scenes.scene(i, Question.WHERE, 1);
      Optional<List<GridBox>> found = AnswerText.parseBoxes(answer(model, where));
      targets += where.boxes().size();
      hits += hits(where.boxes(), found.orElse(List.of()));
      unparsed += found.isEmpty() ? 1 : 0;
      Scene present = scenes.scene(count + i, Question.PRESENT, 1);
      right += answer(model, present).equals(present.answer()) ? 1 : 0;
      Scene what = scenes.scene(2L * count + i, Question.WHAT, 1);
      named += what.fits(answer(model, what)) ? 1 : 0;
      Scene segment = scenes.scene(3L * count + i, Question.SEGMENT, 1);
      overlap += RingOverlap.iou(rings(segment.answer()), rings(answer(model, segment)));
    }
    double all = Math.max(1, count);
    return new SceneScores(
        count,
        hits / (double) Math.max(1, targets),
        unparsed / all,
        overlap / all,
        named / all,
        right / all);
  }

  /** Counts the true boxes that a found one hits, matched one-to-one. */
  static int hits(List<GridBox> truth, List<GridBox> found) {
    return BoxMatching.hits(BoxMatching.ious(boxes(truth), boxes(found), Box::iou));
  }

  private static List<Box> boxes(List<GridBox> boxes) {
    return boxes.stream().map(GridBox::toBox).toList();
  }

  private static String answer(VisionLanguageModel model, Scene scene) {
    return model.answer(scene.pixels(), scene.instruction());
  }

  private static List<Ring> rings(String answer) {
    return AnswerText.parseOutlines(answer).orElse(List.of()).stream()
        .map(points -> Grid.toPixels(points, 1, 1))
        .toList();
  }
}
