package org.medvilam.trainer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.SafetensorsWriter;
import org.medvilam.trainer.checkpoint.StoredType;
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

/**
 * Trains a whole small base from nothing, on scenes drawn as it goes or on records of runs.
 *
 * <p>Beside the next-token loss on answers, auxiliary losses ask each patch whether an object
 * covers it and where its edges are; the first steps train the encoder on these alone. And
 * coordinate targets start blurred and sharpen to the end; with the plain loss alone such a network
 * stays on a plateau. The same options give the same weights on one kind of machine.
 */
public final class Pretraining {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.98;
  private static final double WEIGHT_DECAY = 0.05;
  private static final double CLIP = 1;
  private static final double LAST_RATE = 1e-5;

  private final PretrainingOptions options;
  private final VisionLanguageModel model;
  private final PatchHead patches;
  private final AdamW optimiser;
  private final Schedule schedule;
  private final Curriculum curriculum;
  private final @Nullable JointRecords records;
  private final double sceneShare;

  private Pretraining(
      PretrainingOptions options, @Nullable JointRecords records, double sceneShare) {
    this.options = options;
    this.records = records;
    this.sceneShare = sceneShare;
    TensorSource source = new StartingTensors(options.network(), options.seed());
    Network network = new Network(options.network(), source);
    network.train(name -> true);
    model = VisionLanguageModel.of(options.name(), network);
    patches = new PatchHead(options.network().vision().width(), Scene.LOOKS, source);
    List<Parameter> all = new ArrayList<>(network.parameters().values());
    all.addAll(patches.parameters());
    optimiser = new AdamW(all, BETA1, BETA2, WEIGHT_DECAY, CLIP);
    schedule = new Schedule(options.rate(), LAST_RATE, options.warmUp(), options.steps());
    curriculum = new Curriculum(options, records, sceneShare);
  }

  /**
   * Trains a base, scores it on scenes it has not seen and writes it.
   *
   * @param options how
   * @param output the base's directory
   * @param progress hears about each step
   * @return the scores that the card also holds
   */
  public static SceneScores run(PretrainingOptions options, Path output, Progress progress)
      throws IOException {
    return run(new Pretraining(options, null, 1), output, progress);
  }

  /**
   * Trains a base from records of finished runs, with drawn scenes among them or without.
   *
   * @param options how
   * @param records the records
   * @param sceneShare the part of each batch that is drawn scenes, 0..1
   * @param output the base's directory
   * @param progress hears about each step
   * @return the scores on scenes that it has not seen, which the card also holds
   * @throws IllegalArgumentException if there is no record, or none that shows the encoder a place
   *     where no scene does
   */
  public static SceneScores run(
      PretrainingOptions options,
      JointRecords records,
      double sceneShare,
      Path output,
      Progress progress)
      throws IOException {
    return run(new Pretraining(options, records, sceneShare), output, progress);
  }

  private static SceneScores run(Pretraining run, Path output, Progress progress)
      throws IOException {
    CheckpointFiles.checkReplaceable(output);
    PretrainingOptions options = run.options;
    long start = System.nanoTime();
    double loss = 0;
    for (int step = 0; step < options.steps(); step++) {
      double stepLoss = run.step(step);
      if (!Double.isFinite(stepLoss)) {
        throw new TrainingException(
            "The loss is " + stepLoss + " at step " + (step + 1) + "; a lower rate may help.");
      }
      loss = step == 0 ? stepLoss : 0.98 * loss + 0.02 * stepLoss;
      double seconds = (System.nanoTime() - start) * 1e-9;
      double left = seconds / (step + 1) * (options.steps() - step - 1);
      progress.report(
          new Progress.Report(step + 1, options.steps(), stepLoss, run.schedule.rate(step), left));
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    SceneScores scores = SceneScores.of(run.model, options.seed() + 1, options.heldOut());
    ObjectNode card = run.card(loss, seconds, scores);
    CheckpointFiles.publish(
        output,
        directory -> {
          SafetensorsWriter.write(
              directory.resolve(CheckpointFiles.WEIGHTS), run.model.tensors(), StoredType.F16);
          CheckpointFiles.writeCard(directory, card);
        });
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

  private ObjectNode card(double loss, double seconds, SceneScores scores) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode card = mapper.createObjectNode();
    card.put("kind", "base");
    card.put("name", options.name());
    card.put("tokenizer", model.codec().fingerprint());
    card.set("network", mapper.valueToTree(options.network()));
    ObjectNode training = card.putObject("training");
    if (records == null) {
      training.put("data", "scenes drawn by the project itself; no real picture");
    } else {
      training.put("data", "records of finished runs, and scenes drawn by the project itself");
      training.put("scene_share", sceneShare);
      training.set("joint", records.card());
    }
    training.put("seed", options.seed());
    training.put("steps", options.steps());
    training.put("encoder_steps", options.encoderSteps());
    training.put("batch", options.batch());
    training.put("rate", options.rate());
    training.put("warm_up", options.warmUp());
    training.put("patch_weight", options.patchWeight());
    training.put("first_sigma", options.firstSigma());
    training.put("last_sigma", options.lastSigma());
    training.put("segment_every", options.segmentEvery());
    training.put("seconds", Math.round(seconds));
    training.put("loss", loss);
    card.set("held_out", mapper.valueToTree(scores));
    return card;
  }
}
