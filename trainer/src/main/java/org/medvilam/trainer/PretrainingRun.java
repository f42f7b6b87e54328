package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** The part of each step's loss in the one that the card tells. */
  private static final double NEWEST = 0.02;

  private final PretrainingOptions options;
  private final PretrainingState state;
  private final int checkpointEvery;
  private final VisionLanguageModel model;
  private final PatchHead patches;
  private final Curriculum curriculum;
  private final AdamW optimiser;
  private final Schedule schedule;
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
    model.network().train(name -> true);
    optimiser = new AdamW(parameters(), BETA1, BETA2, WEIGHT_DECAY, CLIP);
    schedule = new Schedule(options.rate(), LAST_RATE, options.warmUp(), options.steps());
  }

  private List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(model.network().parameters().values());
    all.addAll(patches.parameters());
    return all;
  }

  /** Takes up a state, or tells that the run had ended. */
  @Nullable SceneScores restore(Path output) throws IOException {
    SceneScores scores = state.ended(output);
    if (scores == null) {
      point = state.point(output);
      state.restore(output, optimiser, point.steps());
    }
    return scores;
  }

  SceneScores train(Path output, Progress progress) throws IOException {
    double before = point.seconds();
    long start = System.nanoTime();
    for (int step = point.steps(); step < options.steps(); step++) {
      double loss = step(step);
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
      progress.report(new Progress.Report(step + 1, options.steps(), loss, schedule.rate(step)));
    }
    SceneScores scores = SceneScores.of(model, options.seed() + 1, options.heldOut());
    state.finish(output, point, scores);
    return scores;
  }

  private double step(int step) {
    List<Lesson> batch = curriculum.batch(step);
    return Scratch.run("pretraining", () -> train(batch, step));
  }

  private double train(List<Lesson> batch, int step) {
    Network network = model.network();
    network.clearGradients();
    patches.parameters().forEach(p -> p.gradient().assign(0));
    Network.Encoded features =
        network.encode(batch.stream().map(Lesson::pixels).toArray(float[][]::new));
    CrossEntropy read = patches(features.output(), batch);
    if (step < options.encoderSteps()) {
      features.backward(read.gradient());
      optimiser.update(schedule.rate(step));
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
    features.backward(dFeatures.addi(read.gradient()));
    optimiser.update(schedule.rate(step));
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
    int joint = options.steps() - options.encoderSteps();
    double done = (step - options.encoderSteps()) / (double) joint;
    double sigma =
        options.firstSigma() * Math.pow(options.lastSigma() / options.firstSigma(), done);
    return new SoftTargets(
        Tokenizer.FIRST_COORDINATE,
        Tokenizer.FIRST_COORDINATE + Tokenizer.LARGEST_COORDINATE,
        sigma);
  }
}
