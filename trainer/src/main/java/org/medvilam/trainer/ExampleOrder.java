package org.medvilam.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which examples an update sees, in which view, and what is dropped of them. Everything depends on
 * the seed and on running numbers alone, so a resumed run draws what an unbroken one would have
 * drawn, and accumulated batches draw what one large batch draws.
 */
final class ExampleOrder {
  private final List<TrainingExample> examples;
  private final FineTuningOptions options;
  private final List<Flip> flips;

  ExampleOrder(List<TrainingExample> examples, FineTuningOptions options) {
    this.examples = examples;
    this.options = options;
    this.flips = Flip.allowed(options.flipHorizontal(), options.flipVertical());
  }

  /** An example as an update sees it: {@code number} counts all examples seen by a run. */
  record Drawn(long number, TrainingExample example, View view) {
    String[] texts() {
      return new String[] {view.instruction(example), view.answer(example)};
    }
  }

  /** Returns the examples of an update, counted from zero. */
  List<Drawn> update(int step) {
    int size = options.examplesPerUpdate();
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long number = (long) step * size + i;
      TrainingExample example = example(number);
      SplittableRandom random = random(number);
      Flip flip = flips.get(random.nextInt(flips.size()));
      int version = random.nextInt(options.views());
      drawn.add(new Drawn(number, example, View.of(example, flip, options.seed(), version)));
    }
    return drawn;
  }

  /** Returns the example drawn as number {@code number}: every epoch is a new shuffle. */
  private TrainingExample example(long number) {
    int size = examples.size();
    int[] order = shuffled(options.seed(), number / size, size);
    return examples.get(order[Math.toIntExact(number % size)]);
  }

  /** Returns the numbers below {@code size} in the order of an epoch. */
  static int[] shuffled(long seed, long epoch, int size) {
    SplittableRandom random = random(seed, -1 - epoch);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Writes 0 for dropped values and 1/(1-p) for kept ones. */
  void dropout(long number, float[] mask, int from, int to) {
    SplittableRandom random = random(Long.MAX_VALUE / 2 + number);
    float keep = (float) (1 / (1 - options.dropout()));
    for (int i = from; i < to; i++) {
      mask[i] = random.nextDouble() < options.dropout() ? 0 : keep;
    }
  }

  private SplittableRandom random(long number) {
    return random(options.seed(), number);
  }

  /** Returns the random numbers that belong to a running number alone. */
  static SplittableRandom random(long seed, long number) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number).split();
  }
}
