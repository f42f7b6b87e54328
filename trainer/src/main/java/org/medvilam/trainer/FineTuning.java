package org.medvilam.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.nn.AdamW;
import org.medvilam.trainer.nn.CrossEntropy;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.Schedule;
import org.medvilam.trainer.nn.Scratch;
import org.medvilam.trainer.nn.SoftTargets;
import org.medvilam.trainer.nn.TokenBatch;
import org.medvilam.trainer.text.Tokenizer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains the projection of a base on examples; the vision encoder and the language decoder stay as
 * they are, bit for bit.
 *
 * <p>The loss is the next-token cross-entropy of answers alone. Order, flips and dropout of a step
 * depend on the seed and the step's number only, so a resumed run ends in the same bits as one that
 * was never broken off.
 */
public final class FineTuning {
  private final FineTuningOptions options;
  private final List<TrainingExample> examples;
  private final VisionLanguageModel model;
  private final FeatureCache features;
  private final AdamW optimiser;
  private final Schedule schedule;
  private final List<Double> losses = new ArrayList<>();

  private FineTuning(
      VisionLanguageModel base, FineTuningOptions options, List<TrainingExample> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("There is no example to train on.");
    }
    this.options = options;
    this.examples = List.copyOf(examples);
    model = base.withOwnProjection();
    model.network().train(name -> name.startsWith(Network.PROJECTION));
    features = new FeatureCache(model.network());
    optimiser =
        new AdamW(
            model.network().parameters().values(),
            options.beta1(),
            options.beta2(),
            options.weightDecay(),
            options.clipNorm());
    schedule = new Schedule(options.rate(), options.lastRate(), options.warmUp(), options.steps());
  }

  /**
   * Trains from the base's own projection and writes the checkpoint.
   *
   * @param base the base; it is not changed
   * @param options how
   * @param examples the examples
   * @param output the checkpoint's directory; a checkpoint that stands there is replaced
   * @param progress hears about each step
   * @throws TrainingException if the loss stops being a number
   */
  public static FineTuningResult run(
      VisionLanguageModel base,
      FineTuningOptions options,
      List<TrainingExample> examples,
      Path output,
      Progress progress)
      throws IOException {
    CheckpointFiles.checkReplaceable(output);
    return new FineTuning(base, options, examples).train(output, progress);
  }

  /**
   * Goes on with a run that was broken off, from the last state it wrote; starts anew where it
   * wrote none.
   *
   * @throws org.medvilam.trainer.checkpoint.CheckpointException if the state was written with
   *     another base, other options or other examples
   */
  public static FineTuningResult resume(
      VisionLanguageModel base,
      FineTuningOptions options,
      List<TrainingExample> examples,
      Path output,
      Progress progress)
      throws IOException {
    CheckpointFiles.checkReplaceable(output);
    FineTuning run = new FineTuning(base, options, examples);
    if (Files.exists(output.resolve(CheckpointFiles.CARD))) {
      JsonNode card = CheckpointFiles.readCard(output);
      run.losses.addAll(
          new FineTuningState(run.model, options, run.examples)
              .restore(output, card, run.optimiser));
    }
    return run.train(output, progress);
  }

  private FineTuningResult train(Path output, Progress progress) throws IOException {
    FineTuningState state = new FineTuningState(model, options, examples);
    long start = System.nanoTime();
    int first = losses.size();
    for (int step = first; step < options.steps(); step++) {
      losses.add(step(step));
      double seconds = (System.nanoTime() - start) * 1e-9;
      double left = seconds / (step - first + 1) * (options.steps() - step - 1);
      boolean due = options.checkpointEvery() > 0 && (step + 1) % options.checkpointEvery() == 0;
      if (due && step + 1 < options.steps()) {
        state.write(output, optimiser, losses, seconds);
      }
      progress.report(
          new Progress.Report(
              step + 1, options.steps(), losses.get(step), schedule.rate(step), left));
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    state.write(output, optimiser, losses, seconds);
    return new FineTuningResult(losses, output, seconds);
  }

  private double step(int step) {
    List<TrainingExample> batch = new ArrayList<>();
    List<Flip> flips = new ArrayList<>();
    List<Flip> allowed = Flip.allowed(options.flipHorizontal(), options.flipVertical());
    for (int i = 0; i < options.batch(); i++) {
      long number = (long) step * options.batch() + i;
      TrainingExample example = example(number);
      int draw = random(number).nextInt(allowed.size());
      batch.add(example);
      flips.add(Flip.canFollow(example) ? allowed.get(draw) : Flip.NONE);
    }
    double loss = Scratch.run("fine-tuning", () -> train(batch, flips, step));
    if (!Double.isFinite(loss)) {
      List<String> ids = batch.stream().map(TrainingExample::id).toList();
      throw new TrainingException(
          "The loss is " + loss + " at step " + (step + 1) + " with the examples " + ids + ".");
    }
    optimiser.update(schedule.rate(step));
    return loss;
  }

  /** Returns the example drawn as number {@code number}: every epoch is a new shuffle. */
  private TrainingExample example(long number) {
    int size = examples.size();
    SplittableRandom random = random(-1 - number / size);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return examples.get(order[Math.toIntExact(number % size)]);
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom(options.seed() * 0x9E3779B97F4A7C15L + number).split();
  }

  private double train(List<TrainingExample> batch, List<Flip> flips, int step) {
    Network network = model.network();
    network.clearGradients();
    Network.Encoded images = network.project(features.batch(batch, flips));
    List<String[]> pairs = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Flip flip = flips.get(i);
      pairs.add(new String[] {flip.instruction(batch.get(i)), flip.answer(batch.get(i))});
    }
    TokenBatch texts = Batches.of(model, pairs);
    INDArray kept = dropoutMask(images.output(), step);
    Network.Encoded scores =
        network.score(kept == null ? images.output() : images.output().mul(kept), texts);
    SoftTargets soft =
        new SoftTargets(
            Tokenizer.FIRST_COORDINATE,
            Tokenizer.FIRST_COORDINATE + Tokenizer.LARGEST_COORDINATE,
            options.coordinateSigma());
    INDArray targets =
        soft.of(texts.targets(), network.config().decoder().vocabulary(), DataType.FLOAT);
    CrossEntropy loss = CrossEntropy.of(scores.output(), targets);
    INDArray dImages = scores.backward(loss.gradient());
    images.backward(kept == null ? dImages : dImages.mul(kept));
    return loss.loss();
  }

  /** Returns 0 for dropped values and 1/(1-p) for kept ones, or null without dropout. */
  private INDArray dropoutMask(INDArray like, int step) {
    if (options.dropout() == 0) {
      return null;
    }
    SplittableRandom random = random(Long.MAX_VALUE / 2 + step);
    float[] mask = new float[Math.toIntExact(like.length())];
    float keep = (float) (1 / (1 - options.dropout()));
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextDouble() < options.dropout() ? 0 : keep;
    }
    return Nd4j.create(mask, like.shape(), 'c');
  }
}
