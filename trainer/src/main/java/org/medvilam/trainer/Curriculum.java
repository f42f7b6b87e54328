package org.medvilam.trainer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.scene.Scene;
import org.medvilam.trainer.scene.SceneGenerator;
import org.medvilam.trainer.scene.SceneGenerator.Question;

/**
 * What each update of pre-training sees: drawn scenes, records, or both. Everything depends on the
 * seed and on the step's number alone.
 *
 * <p>Most steps ask for places, in scenes that start easy and grow harder. Those at the end teach
 * words beside them: labels first, then yes and no to one picture, from few numbers drawn again and
 * again and with few words; with new ones at every step so small a base answers without looking
 * (compare arXiv 2410.07041, Charton and Kempe, "Emergent properties with repeated examples").
 */
final class Curriculum {
  /** Scenes are easiest up to this part of the steps for places, and hardest from the next on. */
  private static final double EASY_UNTIL = 0.1;

  private static final double HARD_FROM = 0.5;

  /** Labels come first up to this part of the steps for words, yes and no up to the next. */
  private static final double LABELS_UNTIL = 2 / 11.0;

  private static final double PRESENCE_UNTIL = 4 / 11.0;

  /** From here on, scenes that ask for words are hardest, and new. */
  private static final double WORDS_HARD_FROM = 7.5 / 11;

  /** So many numbers of scenes come again and again. */
  private static final int REPEATED = 1200;

  /** Where the numbers begin of scenes that come again; no others are as large. */
  private static final long FIRST_REPEATED = 1L << 40;

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
    List<Lesson> batch = new ArrayList<>();
    for (int i = 0; i < drawn; i++) {
      batch.add(Lesson.of(outlines ? outline(step, i) : scene(step, i, drawn)));
    }
    for (int i = drawn; i < size; i++) {
      batch.add(records.lesson(number(step, i)));
    }
    batch.sort(Comparator.comparing(lesson -> lesson.patches() == null));
    return batch;
  }

  private Scene outline(int step, int place) {
    return scenes.scene(number(step, place), Question.SEGMENT, placesDifficulty(step));
  }

  /** Returns a scene that asks for yes or no, for a label or for boxes, by its place. */
  private Scene scene(int step, int place, int drawn) {
    int words = step - options.firstWordStep();
    if (words < 0) {
      return scenes.scene(number(step, place), Question.WHERE, placesDifficulty(step));
    }
    double taught = words / (double) options.wordSteps();
    int presence = part(drawn, taught < LABELS_UNTIL ? 4 : taught < PRESENCE_UNTIL ? 2 : 6);
    int labels = part(drawn, taught < LABELS_UNTIL ? 2 : taught < PRESENCE_UNTIL ? 4 : 6);
    if (place >= presence + labels) {
      return scenes.scene(number(step, place), Question.WHERE, 1);
    }
    double difficulty = between(taught, PRESENCE_UNTIL, WORDS_HARD_FROM);
    Question question = place < presence ? Question.PRESENT : Question.WHAT;
    int each = place < presence ? presence : labels;
    long again = (long) step * each + (place < presence ? place : place - presence);
    return scenes.scene(
        difficulty < 1 ? FIRST_REPEATED + again % REPEATED : number(step, place),
        question,
        difficulty);
  }

  /** Returns one of so many parts of a batch, an even number: yes and no come in pairs. */
  private static int part(int drawn, int parts) {
    return 2 * (drawn / (2 * parts));
  }

  private long number(int step, int place) {
    return (long) step * options.batch() + place;
  }

  private double placesDifficulty(int step) {
    return between(step / (double) options.firstWordStep(), EASY_UNTIL, HARD_FROM);
  }

  /** Returns 0 up to one part of a run, 1 from another on, and in between what lies between. */
  private static double between(double done, double from, double to) {
    return Math.min(1, Math.max(0, (done - from) / (to - from)));
  }
}
