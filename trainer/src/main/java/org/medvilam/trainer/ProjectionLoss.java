package org.medvilam.trainer;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.trainer.ExampleOrder.Drawn;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.ProjectionStep;
import org.medvilam.trainer.nn.Scratch;
import org.medvilam.trainer.nn.SoftTargets;
import org.medvilam.trainer.nn.TokenBatch;
import org.medvilam.trainer.text.TextCodec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The mean loss of answer tokens, and its gradient for the projection. */
final class ProjectionLoss {
  private final VisionLanguageModel model;
  private final ProjectionStep step;
  private final FeatureCache features;
  private final ExampleOrder order;
  private final FineTuningOptions options;
  private final SoftTargets targets;

  ProjectionLoss(
      VisionLanguageModel model,
      ProjectionStep step,
      FeatureCache features,
      ExampleOrder order,
      FineTuningOptions options) {
    this.model = model;
    this.step = step;
    this.features = features;
    this.order = order;
    this.options = options;
    TextCodec codec = model.codec();
    this.targets =
        new SoftTargets(codec.firstCoordinate(), codec.lastCoordinate(), options.coordinateSigma());
  }

  /**
   * Replaces the projection's gradient by that of all examples together.
   *
   * @return the loss, in nats an answer token
   */
  double train(List<Drawn> examples) {
    model.network().clearGradients();
    return sum(examples, true);
  }

  /** Returns the loss of examples as they are, neither moved nor dropped. */
  double of(List<TrainingExample> examples) {
    return sum(examples.stream().map(e -> new Drawn(0, e, View.PLAIN)).toList(), false);
  }

  private double sum(List<Drawn> examples, boolean train) {
    List<List<Drawn>> parts = new ArrayList<>();
    List<TokenBatch> texts = new ArrayList<>();
    int tokens = 0;
    for (int from = 0; from < examples.size(); from += options.batch()) {
      List<Drawn> part = examples.subList(from, Math.min(examples.size(), from + options.batch()));
      TokenBatch text = Batches.of(model, part.stream().map(Drawn::texts).toList());
      parts.add(part);
      texts.add(text);
      tokens += text.targets().length;
    }
    double loss = 0;
    for (int i = 0; i < parts.size(); i++) {
      List<Drawn> part = parts.get(i);
      TokenBatch text = texts.get(i);
      double share = text.targets().length / (double) tokens;
      loss +=
          share
              * Scratch.run(
                  train ? "fine-tuning" : "validation", () -> part(part, text, share, train));
    }
    return loss;
  }

  private double part(List<Drawn> part, TokenBatch texts, double share, boolean train) {
    NetworkConfig config = model.network().config();
    INDArray kept = train && options.dropout() > 0 ? kept(part) : null;
    INDArray wanted = targets.of(texts.targets(), config.decoder().vocabulary(), DataType.FLOAT);
    ProjectionStep.Batch batch =
        new ProjectionStep.Batch(features.batch(part), kept, texts, wanted);
    return train ? step.train(batch, share) : step.loss(batch);
  }

  private INDArray kept(List<Drawn> part) {
    NetworkConfig config = model.network().config();
    int rows = part.size() * config.vision().patches();
    float[] mask = new float[Math.multiplyExact(rows, config.decoder().width())];
    int each = mask.length / part.size();
    for (int i = 0; i < part.size(); i++) {
      order.dropout(part.get(i).number(), mask, i * each, (i + 1) * each);
    }
    return Nd4j.create(mask, new long[] {rows, config.decoder().width()}, 'c');
  }
}
