package org.medvilam.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.nn.AtOnce;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.Parameter;
import org.medvilam.trainer.nn.ProjectionStep;
import org.medvilam.trainer.nn.TokenBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The pass of fine-tuning as one graph on ONNX Runtime.
 *
 * <p>A batch goes through a small network in parts, several at once. Their size does not depend on
 * the machine and their gradients are added in order, so the bits are the same on any number of
 * cores.
 */
public final class OnnxStep implements ProjectionStep {
  /** The examples of a part: fewer spend more on each operator than on its numbers. */
  private static final int PART = 8;

  private final Network network;
  private final Parameter weight;
  private final Parameter bias;
  private final boolean small;
  private @Nullable Session step;
  private @Nullable Session loss;

  /** Prepares passes in single precision through a network whose projection is trainable. */
  public OnnxStep(Network network) {
    this.network = network;
    weight = network.parameters().get(Network.PROJECTION + ".weight");
    bias = network.parameters().get(Network.PROJECTION + ".bias");
    small = Session.isSmall(network);
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

  /** Examples of a batch from one to another, and the first of their targets in those of all. */
  private record Part(int from, TokenBatch texts, int target) {}

  private double run(Session session, Batch batch, double share) {
    int targets = batch.targets().rows();
    float factor = (float) (share / targets);
    List<Part> parts = parts(batch.texts());
    List<Map<String, float[]>> passed =
        AtOnce.map(parts, part -> pass(session, batch, part, factor));
    double sum = 0;
    for (Map<String, float[]> outputs : passed) {
      sum += outputs.get("loss")[0];
      if (share > 0) {
        add(outputs.get("dWeight"), weight.gradient());
        add(outputs.get("dBias"), bias.gradient());
      }
    }
    return -sum / targets;
  }

  private List<Part> parts(TokenBatch texts) {
    int each = small ? PART : texts.size();
    List<Part> parts = new ArrayList<>();
    int target = 0;
    for (int from = 0; from < texts.size(); from += each) {
      TokenBatch part = texts.part(from, Math.min(texts.size(), from + each));
      parts.add(new Part(from, part, target));
      target += part.targetCount();
    }
    return parts;
  }

  /** Returns the outputs of a part, by name. */
  private Map<String, float[]> pass(Session session, Batch batch, Part part, float factor) {
    int length = network.config().vision().patches() + part.texts.longest();
    Map<String, OnnxTensor> own = new LinkedHashMap<>();
    try (Places places = new Places(network, length)) {
      fill(own, batch, part);
      if (factor > 0) {
        own.put("share", Session.number(factor));
      }
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>(own);
      inputs.putAll(places.tables());
      try (OrtSession.Result result = session.run(inputs)) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        result.forEach(
            output -> outputs.put(output.getKey(), Session.values(result, output.getKey())));
        return outputs;
      }
    } finally {
      Session.close(own);
    }
  }

  private static void add(float[] values, INDArray gradient) {
    gradient.addi(Nd4j.create(values, gradient.shape(), 'c'));
  }

  private void fill(Map<String, OnnxTensor> inputs, Batch batch, Part part) {
    TokenBatch texts = part.texts;
    int patches = network.config().vision().patches();
    int first = part.from * patches;
    int last = first + texts.size() * patches;
    int targets = part.target + texts.targetCount();
    inputs.put("features", Session.floats(batch.features(), first, last));
    inputs.put("weight", Session.floats(weight.value()));
    inputs.put("bias", Session.floats(bias.value()));
    inputs.put(
        "kept",
        batch.kept() == null
            ? Session.floats(new float[] {1}, 1, 1)
            : Session.floats(batch.kept(), first, last));
    inputs.put("tokens", Session.integers(texts.padded(0), texts.size(), texts.longest()));
    inputs.put("rows", Session.integers(askedRows(texts, patches), texts.targetCount()));
    inputs.put("targets", Session.floats(batch.targets(), part.target, targets));
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
  }
}
