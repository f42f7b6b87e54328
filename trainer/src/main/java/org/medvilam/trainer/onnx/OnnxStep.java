package org.medvilam.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.Parameter;
import org.medvilam.trainer.nn.ProjectionStep;
import org.medvilam.trainer.nn.TokenBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The pass of fine-tuning as one graph on ONNX Runtime. */
public final class OnnxStep implements ProjectionStep {
  private final Network network;
  private final Parameter weight;
  private final Parameter bias;
  private @Nullable Session step;
  private @Nullable Session loss;
  private @Nullable Places places;

  /** Prepares passes in single precision through a network whose projection is trainable. */
  public OnnxStep(Network network) {
    this.network = network;
    weight = network.parameters().get(Network.PROJECTION + ".weight");
    bias = network.parameters().get(Network.PROJECTION + ".bias");
  }

  @Override
  public double train(Batch batch, double share) {
    if (step == null) {
      step = new Session(StepGraph.of(network, true));
    }
    return run(step, batch, share);
  }

  @Override
  public double loss(Batch batch) {
    if (loss == null) {
      loss = new Session(StepGraph.of(network, false));
    }
    return run(loss, batch, 0);
  }

  private double run(Session session, Batch batch, double share) {
    Map<String, OnnxTensor> own = new LinkedHashMap<>();
    try {
      fill(own, batch);
      if (share > 0) {
        own.put("share", Session.number((float) (share / batch.targets().rows())));
      }
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>(own);
      inputs.putAll(places(batch.texts()).tables());
      try (OrtSession.Result result = session.run(inputs)) {
        if (share > 0) {
          add(result, "dWeight", weight.gradient());
          add(result, "dBias", bias.gradient());
        }
        return -Session.values(result, "loss")[0] / (double) batch.targets().rows();
      }
    } finally {
      Session.close(own);
    }
  }

  private static void add(OrtSession.Result result, String name, INDArray gradient) {
    gradient.addi(Nd4j.create(Session.values(result, name), gradient.shape(), 'c'));
  }

  private void fill(Map<String, OnnxTensor> inputs, Batch batch) {
    TokenBatch texts = batch.texts();
    int patches = network.config().vision().patches();
    inputs.put("features", Session.floats(batch.features()));
    inputs.put("weight", Session.floats(weight.value()));
    inputs.put("bias", Session.floats(bias.value()));
    inputs.put(
        "kept",
        batch.kept() == null
            ? Session.floats(new float[] {1}, 1, 1)
            : Session.floats(batch.kept()));
    inputs.put("tokens", Session.integers(texts.padded(0), texts.size(), texts.longest()));
    inputs.put("rows", Session.integers(askedRows(texts, patches), batch.targets().rows()));
    inputs.put("targets", Session.floats(batch.targets()));
  }

  private Places places(TokenBatch texts) {
    int length = network.config().vision().patches() + texts.longest();
    Places known = places;
    if (known != null && known.length == length) {
      return known;
    }
    if (known != null) {
      known.close();
    }
    known = new Places(network, length);
    places = known;
    return known;
  }

  /** Counts rows in the last block's output, which begins at the last image token. */
  private static int[] askedRows(TokenBatch texts, int patches) {
    int[] rows = texts.targetRows(patches);
    int length = patches + texts.longest();
    int before = patches - 1;
    for (int i = 0; i < rows.length; i++) {
      rows[i] -= before * (rows[i] / length + 1);
    }
    return rows;
  }

  @Override
  public void close() {
    if (step != null) {
      step.close();
    }
    if (loss != null) {
      loss.close();
    }
    if (places != null) {
      places.close();
    }
  }
}
