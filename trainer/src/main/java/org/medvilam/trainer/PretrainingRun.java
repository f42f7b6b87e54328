package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.nn.AdamW;
import org.medvilam.trainer.nn.CrossEntropy;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.Parameter;
import org.medvilam.trainer.nn.PatchHead;
import org.medvilam.trainer.nn.Schedule;
import org.medvilam.trainer.nn.Scratch;
import org.medvilam.trainer.nn.SoftTargets;
import org.medvilam.trainer.nn.TensorSource;
import org.medvilam.trainer.nn.TokenBatch;
import org.medvilam.trainer.scene.Scene;
import org.medvilam.trainer.text.Tokenizer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The loop of one pre-training run, and all that changes in it. */
final class PretrainingRun {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double WEIGHT_DECAY = 0.05;
  private static final double CLIP = 1;
  private static final double LAST_RATE = 1e-5;
  private static final double WORD_RATE = 1e-3;
  private static final int WORD_WARM_UP = 60;

  /** The part of each step's loss in the one that the card tells. */
  private static final double NEWEST = 0.02;

  private final PretrainingOptions options;
  private final PretrainingState state;
  private final int checkpointEvery;
  private final VisionLanguageModel model;
  private final PatchHead patches;
  private final Curriculum curriculum;
  private AdamW optimiser;
  private Schedule schedule;
  private PretrainingState.Point point = new PretrainingState.Point(0, 0, 0);

  /** Prepares a run from fresh weights. */
  PretrainingRun(
      PretrainingOptions options,
      @Nullable JointRecords records,
      double sceneShare,
      int checkpointEvery) {
    this.options = options;
    this.checkpointEvery = checkpointEvery;
    TensorSource source = new StartingTensors(options.network(), options.seed());
    model = VisionLanguageModel.of(options.name(), new Network(options.network(), source));
    patches = new PatchHead(options.network().vision().width(), Scene.LOOKS, source);
    curriculum = new Curriculum(options, records, sceneShare);
    Map<String, INDArray> values = new LinkedHashMap<>();
    parameters().forEach(parameter -> values.put(parameter.name(), parameter.value()));
    state = new PretrainingState(options, records, sceneShare, model, values);
    teachPlaces();
  }

  private List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(model.network().parameters().values());
    all.addAll(patches.parameters());
    return all;
  }

  private void teachPlaces() {
    model.network().train(name -> true);
    optimiser = new AdamW(parameters(), BETA1, BETA2, WEIGHT_DECAY, CLIP);
    schedule = new Schedule(options.rate(), LAST_RATE, options.warmUp(), options.firstWordStep());
  }

  /**
   * Freezes the encoder and starts a schedule anew. By then its features tell looks apart, and
   * words for them are learnt in some hundred steps; where the encoder trains too, places are
   * unlearnt.
   */
  private void teachWords() {
    model.network().train(name -> !Network.isEncoder(name));
    optimiser = new AdamW(model.network().parameters().values(), BETA1, BETA2, WEIGHT_DECAY, CLIP);
    int steps = options.wordSteps();
    schedule = new Schedule(WORD_RATE, LAST_RATE, Math.min(WORD_WARM_UP, steps / 2), steps);
  }

  private boolean isForWords(int step) {
    return step >= options.firstWordStep();
  }

  private double rate(int step) {
    return schedule.rate(isForWords(step) ? step - options.firstWordStep() : step);
  }

  /** Takes up a state, or tells that the run had ended. */
  @Nullable SceneScores restore(Path output) throws IOException {
    SceneScores scores = state.ended(output);
    if (scores == null) {
      point = state.point(output);
      boolean words = isForWords(point.steps() - 1);
      if (words) {
        teachWords();
      }
      int updates = words ? point.steps() - options.firstWordStep() : point.steps();
      state.restore(output, optimiser, updates);
    }
    return scores;
  }

  SceneScores train(Path output, Progress progress) throws IOException {
    double before = point.seconds();
    long start = System.nanoTime();
    CompletableFuture<List<Lesson>> next = drawn(point.steps());
    for (int step = point.steps(); step < options.steps(); step++) {
      if (step == options.firstWordStep()) {
        teachWords();
      }
      List<Lesson> batch = next.join();
      next = drawn(step + 1);
      double loss = step(batch, step);
      if (!Double.isFinite(loss)) {
        throw new TrainingException(
            "The loss is %s at step %d; a lower rate may help; %s."
                .formatted(loss, step + 1, state.lastWritten(output)));
      }
      double seconds = (System.nanoTime() - start) * 1e-9;
      double mean = step == 0 ? loss : (1 - NEWEST) * point.loss() + NEWEST * loss;
      point = new PretrainingState.Point(step + 1, mean, before + seconds);
      if (checkpointEvery > 0 && (step + 1) % checkpointEvery == 0 && step + 1 < options.steps()) {
        state.write(output, point, optimiser);
      }
      progress.report(new Progress.Report(step + 1, options.steps(), loss, rate(step)));
    }
    SceneScores scores = SceneScores.of(model, options.seed() + 1, options.heldOut());
    state.finish(output, point, scores);
    return scores;
  }

  /** Draws the lessons of a step on another thread, while the step before it is computed. */
  private CompletableFuture<List<Lesson>> drawn(int step) {
    return CompletableFuture.supplyAsync(
        () -> step < options.steps() ? curriculum.batch(step) : List.of());
  }

  private double step(List<Lesson> batch, int step) {
    return Scratch.run("pretraining", () -> train(batch, step));
  }

  private double train(List<Lesson> batch, int step) {
    Network network = model.network();
    network.clearGradients();
    patches.parameters().forEach(p -> p.gradient().assign(0));
    Network.Encoded features =
        network.encode(batch.stream().map(Lesson::pixels).toArray(float[][]::new));
    @Nullable CrossEntropy read = isForWords(step) ? null : patches(features.output(), batch);
    if (read != null && step < options.encoderSteps()) {
      features.backward(read.gradient());
      optimiser.update(rate(step));
      return read.loss();
    }
    Network.Encoded images = network.project(features.output());
    TokenBatch texts =
        Batches.of(
            model, batch.stream().map(s -> new String[] {s.instruction(), s.answer()}).toList());
    Network.Encoded scores = network.score(images.output(), texts);
    INDArray targets =
        soft(step).of(texts.targets(), options.network().decoder().vocabulary(), DataType.FLOAT);
    INDArray weights = Nd4j.create(texts.weights()).castTo(targets.dataType());
    CrossEntropy loss = CrossEntropy.weighted(scores.output(), targets.muliColumnVector(weights));
    INDArray dFeatures = images.backward(scores.backward(loss.gradient()));
    if (read != null) {
      features.backward(dFeatures.addi(read.gradient()));
    }
    optimiser.update(rate(step));
    return loss.loss();
  }

  /** Reads the patches of the lessons that tell what they show; the others get no gradient. */
  private CrossEntropy patches(INDArray features, List<Lesson> batch) {
    List<PatchTruth> known = batch.stream().map(Lesson::patches).filter(Objects::nonNull).toList();
    if (known.isEmpty()) {
      return new CrossEntropy(0, features.like());
    }
    INDArray covered = rows(known, PatchTruth::occupancy, 1);
    INDArray edges = rows(known, PatchTruth::edges, 4);
    INDArray looks = rows(known, PatchTruth::looks, Scene.LOOKS);
    if (known.size() == batch.size()) {
      return patches.apply(features, covered, edges, looks, options.patchWeight());
    }
    INDArrayIndex rows = NDArrayIndex.interval(0, covered.rows());
    INDArray read = features.get(rows, NDArrayIndex.all()).dup('c');
    CrossEntropy part = patches.apply(read, covered, edges, looks, options.patchWeight());
    INDArray gradient = features.like();
    gradient.get(rows, NDArrayIndex.all()).assign(part.gradient());
    return new CrossEntropy(part.loss(), gradient);
  }

  private static INDArray rows(
      List<PatchTruth> batch, Function<PatchTruth, float[]> part, int columns) {
    int length = part.apply(batch.get(0)).length;
    float[] all = new float[batch.size() * length];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(part.apply(batch.get(i)), 0, all, i * length, length);
    }
    return Nd4j.create(all, new long[] {all.length / columns, columns}, 'c');
  }

  /** Returns the blur of coordinates, shrinking geometrically over the run. */
  private SoftTargets soft(int step) {
    int joint = options.firstWordStep() - options.encoderSteps();
    double done = Math.min(1, (step - options.encoderSteps()) / (double) joint);
    double sigma =
        options.firstSigma() * Math.pow(options.lastSigma() / options.firstSigma(), done);
    return new SoftTargets(
        Tokenizer.FIRST_COORDINATE,
        Tokenizer.FIRST_COORDINATE + Tokenizer.LARGEST_COORDINATE,
        sigma);
  }
}
