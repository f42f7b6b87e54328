package org.medvilam.trainer;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.instruction.AnswerText;

/**
 * How an update sees an example: the picture scaled about its centre, moved and mirrored, its boxes
 * and words for sides with it. Beyond the picture's edges its outermost pixels are repeated.
 *
 * @param scale the factor of sizes
 * @param right how far the picture is moved, in parts of its side
 * @param down how far it is moved down
 * @param flip how it is mirrored then
 */
record View(double scale, double right, double down, Flip flip) {
  /** The example as it is. */
  static final View PLAIN = plain(Flip.NONE);

  private static final double SMALLEST = 0.8;
  private static final double LARGEST = 1.25;
  private static final double FARTHEST = 0.15;
  private static final int GRID = 1000;
  private static final Comparator<int[]> NEAREST_FIRST =
      Comparator.comparing(b -> new Point(b[0], b[1]), Point.BY_DISTANCE_FROM_ORIGIN);

  private static View plain(Flip flip) {
    return new View(1, 0, 0, flip);
  }

  /**
   * Returns a version of an example, with all of its boxes inside the picture. One without boxes is
   * mirrored only, as what it asks for might be moved away; one whose answer holds other numbers
   * stays as it is.
   *
   * @param seed decides the versions of all examples
   * @param version the version's number; 0 is neither scaled nor moved
   */
  static View of(TrainingExample example, Flip flip, long seed, int version) {
    if (!canFollow(example)) {
      return PLAIN;
    }
    if (version == 0 || example.boxes().isEmpty()) {
      return plain(flip);
    }
    long own = 31L * example.id().hashCode() + version;
    SplittableRandom random = ExampleOrder.random(seed, own);
    double[] least = {1, 1};
    double[] most = {0, 0};
    for (int[] box : example.boxes()) {
      for (int axis = 0; axis < 2; axis++) {
        least[axis] = Math.min(least[axis], box[axis] / (double) GRID);
        most[axis] = Math.max(most[axis], box[axis + 2] / (double) GRID);
      }
    }
    double extent = Math.max(most[0] - least[0], most[1] - least[1]);
    double largest = Math.min(LARGEST, 1 / extent);
    double scale = SMALLEST + (largest - SMALLEST) * random.nextDouble();
    double right = move(random, scale, least[0], most[0]);
    double down = move(random, scale, least[1], most[1]);
    return new View(scale, right, down, flip);
  }

  /** Returns whether the answer of an example can follow its picture: boxes, or no numbers. */
  private static boolean canFollow(TrainingExample example) {
    if (example.boxes().isEmpty()) {
      return example.answer().chars().noneMatch(Character::isDigit);
    }
    return example.answer().equals(text(example.boxes()));
  }

  /** Draws a move that keeps what lies from {@code least} to {@code most} inside. */
  private static double move(SplittableRandom random, double scale, double least, double most) {
    double back = Math.max(-FARTHEST, -scaled(least, scale));
    double ahead = Math.min(FARTHEST, 1 - scaled(most, scale));
    return back + (ahead - back) * random.nextDouble();
  }

  private static double scaled(double place, double scale) {
    return 0.5 + scale * (place - 0.5);
  }

  /** Returns the picture as it is seen; planes of {@code size * size} values, row-major. */
  float[] pixels(float[] pixels, int size) {
    boolean still = scale == 1 && right == 0 && down == 0;
    return flip.pixels(still ? pixels : moved(pixels, size), size);
  }

  private float[] moved(float[] pixels, int size) {
    float[] out = new float[pixels.length];
    int plane = size * size;
    for (int y = 0; y < size; y++) {
      double fromY = from(y, down, size);
      int top = (int) fromY;
      int bottom = Math.min(size - 1, top + 1);
      for (int x = 0; x < size; x++) {
        double fromX = from(x, right, size);
        int left = (int) fromX;
        int next = Math.min(size - 1, left + 1);
        for (int p = 0; p < pixels.length; p += plane) {
          double above =
              between(pixels[p + top * size + left], pixels[p + top * size + next], fromX - left);
          double below =
              between(
                  pixels[p + bottom * size + left], pixels[p + bottom * size + next], fromX - left);
          out[p + y * size + x] = (float) between(above, below, fromY - top);
        }
      }
    }
    return out;
  }

  /** Returns where the centre of a pixel comes from, counted in pixels' centres. */
  private double from(int pixel, double move, int size) {
    double place = ((pixel + 0.5) / size - move - 0.5) / scale + 0.5;
    return Math.min(size - 1, Math.max(0, place * size - 0.5));
  }

  private static double between(double a, double b, double part) {
    return a + (b - a) * part;
  }

  /** Returns the instruction with its words for sides exchanged where it is mirrored. */
  String instruction(TrainingExample example) {
    return flip.words(example.instruction());
  }

  /** Returns the answer for the picture as it is seen. */
  String answer(TrainingExample example) {
    if (equals(PLAIN)) {
      return example.answer();
    }
    return example.boxes().isEmpty()
        ? flip.words(example.answer())
        : text(example.boxes().stream().map(this::box).sorted(NEAREST_FIRST).toList());
  }

  private int[] box(int[] box) {
    int[] out = new int[4];
    for (int i = 0; i < 4; i++) {
      double place = scaled(box[i] / (double) GRID, scale) + (i % 2 == 0 ? right : down);
      out[i] = (int) Math.min(GRID, Math.max(0, Math.floor(GRID * place + 0.5)));
    }
    return flip.box(out);
  }

  private static String text(List<int[]> boxes) {
    return AnswerText.boxes(boxes.stream().map(b -> new GridBox(b[0], b[1], b[2], b[3])).toList());
  }
}
