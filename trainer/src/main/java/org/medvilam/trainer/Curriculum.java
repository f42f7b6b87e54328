package org.medvilam.trainer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.scene.SceneGenerator;
import org.medvilam.trainer.scene.SceneGenerator.Question;

/**
 * What each update of pre-training sees: drawn scenes, records, or both. Everything depends on the
 * seed and on the step's number alone.
 */
final class Curriculum {
  /** Scenes are easiest up to this part of the run, and hardest from the next on. */
  private static final double EASY_UNTIL = 0.1;

  private static final double HARD_FROM = 0.5;
  private static final double PRESENT_SHARE = 0.1;
  private static final double WHAT_SHARE = 0.1;

  private final PretrainingOptions options;
  private final SceneGenerator scenes;
  private final double sceneShare;
  private final JointRecords.@Nullable Draw first;
  private final JointRecords.@Nullable Draw later;

  /**
   * Makes a curriculum.
   *
   * @param records the records, or null for scenes alone
   * @param sceneShare the part of a batch that is drawn, 0..1; 1 without records
   */
  Curriculum(PretrainingOptions options, @Nullable JointRecords records, double sceneShare) {
    this.options = options;
    this.sceneShare = records == null ? 1 : sceneShare;
    if (!(this.sceneShare >= 0 && this.sceneShare <= 1)) {
      throw new IllegalArgumentException("The scenes' share must be 0..1, but was: " + sceneShare);
    }
    if (records != null && records.size() == 0) {
      throw new IllegalArgumentException("There is no record to learn from.");
    }
    if (records != null && records.placed() == 0 && options.encoderSteps() > 0 && sceneShare == 0) {
      throw new IllegalArgumentException(
          "The first steps teach the encoder where things are: expected records with boxes or"
              + " outlines, or scenes beside them, found neither.");
    }
    scenes =
        new SceneGenerator(
            options.seed(),
            options.network().vision().imageSize(),
            options.network().vision().patchSize());
    first = records == null || records.placed() == 0 ? null : records.draw(options.seed(), true);
    later = records == null ? null : records.draw(options.seed(), false);
  }

  /** Returns the lessons of a step, those whose patches are known before the others. */
  List<Lesson> batch(int step) {
    boolean encoder = step < options.encoderSteps();
    boolean outlines = !encoder && options.segmentEvery() > 0 && step % options.segmentEvery() == 0;
    int size = outlines ? Math.max(1, options.batch() / 2) : options.batch();
    JointRecords.Draw records = encoder ? first : later;
    int drawn = records == null ? size : (int) Math.round(size * sceneShare);
    double done = step / (double) options.steps();
    double difficulty = Math.min(1, Math.max(0, (done - EASY_UNTIL) / (HARD_FROM - EASY_UNTIL)));
    List<Lesson> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long number = (long) step * options.batch() + i;
      batch.add(
          i < drawn
              ? Lesson.of(scenes.scene(number, question((i + 0.5) / drawn, outlines), difficulty))
              : records.lesson(number));
    }
    batch.sort(Comparator.comparing(lesson -> lesson.patches() == null));
    return batch;
  }

  private static Question question(double place, boolean outlines) {
    if (outlines) {
      return Question.SEGMENT;
    }
    if (place < PRESENT_SHARE) {
      return Question.PRESENT;
    }
    return place < PRESENT_SHARE + WHAT_SHARE ? Question.WHAT : Question.WHERE;
  }
}
