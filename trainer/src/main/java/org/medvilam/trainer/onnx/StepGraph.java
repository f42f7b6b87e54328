package org.medvilam.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.Network;

/**
 * One pass of fine-tuning as one graph: from features, tokens and target distributions to the loss
 * and, when asked, the gradient of the projection.
 *
 * <p>Inputs: "features" [batch * patches, vision width], "weight" and "bias" of the projection,
 * "kept" (a factor for image tokens, of their shape or [1, 1]), "tokens" [batch, text], "rows" the
 * rows of the last block's answer that are scored, "targets" [rows, vocabulary], "share" the factor
 * of the gradient, and those of {@link DecoderBlocks}. Outputs: "loss", and "dWeight" and "dBias".
 */
final class StepGraph {
  /** Added to probabilities before their logarithm is taken, as in the reference. */
  private static final double TINY = 1e-30;

  private final Graph graph;
  private final DecoderConfig config;
  private final int patches;
  private final boolean backward;

  private StepGraph(Network network, boolean backward) {
    this.graph = new Graph(backward ? "step" : "loss", network);
    this.config = network.config().decoder();
    this.patches = network.config().vision().patches();
    this.backward = backward;
    add(network.config().vision().width());
  }

  /** Returns the graph of a network's pass, with or without its backward part. */
  static Graph of(Network network, boolean backward) {
    return new StepGraph(network, backward).graph;
  }

  private void add(int visionWidth) {
    long width = config.width();
    String features = graph.input("features", ModelFile.Type.FLOAT, "imageRows", visionWidth);
    String weight = graph.input("weight", ModelFile.Type.FLOAT, width, visionWidth);
    String bias = graph.input("bias", ModelFile.Type.FLOAT, width);
    String kept = graph.input("kept", ModelFile.Type.FLOAT, "keptRows", "keptWidth");
    String tokens = graph.input("tokens", ModelFile.Type.INT64, "batch", "text");
    String images = graph.add(graph.product(features, weight, false, true, 1), bias);
    String pictures = graph.reshape(graph.mul(images, kept), -1, patches, width);
    List<String> dParts = decoder(parts(pictures, graph.lookUp(DecoderLayers.EMBEDDING, tokens)));
    if (backward) {
      String dPictures = graph.rows(joined(dParts), 0, patches);
      String dImages = graph.mul(graph.reshape(dPictures, -1, width), kept);
      graph.output("dWeight", graph.product(dImages, features, true, false, 1));
      graph.output(
          "dBias", graph.node("ReduceSum", Map.of("keepdims", 0L), dImages, graph.constant(0)));
    }
  }

  /** Cuts sequences into the parts that the decoder goes through. */
  private List<String> parts(String pictures, String texts) {
    int[] starts = Places.parts(patches);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i + 1 < starts.length; i++) {
      parts.add(graph.rows(pictures, starts[i], starts[i + 1]));
    }
    parts.add(joined(List.of(graph.rows(pictures, patches - 1L, patches), texts)));
    return parts;
  }

  private String joined(List<String> parts) {
    return graph.node("Concat", Map.of("axis", 1L), parts.toArray(String[]::new));
  }

  /** Returns the gradients of the parts, none where they are not asked for. */
  private List<String> decoder(List<String> parts) {
    DecoderLayers layers = new DecoderLayers(graph, config);
    DecoderBlocks blocks = new DecoderBlocks(graph, config, layers, patches);
    List<DecoderBlocks.Step> steps = new ArrayList<>();
    List<String> xs = parts;
    for (int i = 0; i < config.layers(); i++) {
      DecoderBlocks.Step step = blocks.block(i, xs);
      steps.add(step);
      xs = step.parts();
    }
    String x = xs.get(0);
    String asked = graph.input("rows", ModelFile.Type.INT64, "targets");
    String flat = graph.reshape(x, -1, config.width());
    DecoderLayers.Step normed =
        layers.norm(DecoderLayers.LAST_NORM, graph.node("Gather", flat, asked));
    String dy = loss(normed);
    if (!backward) {
      return List.of();
    }
    String zeros = graph.node("ConstantOfShape", graph.node("Shape", flat));
    String index = graph.node("Unsqueeze", asked, graph.constant(1));
    String dFlat = graph.node("ScatterND", zeros, index, dy);
    List<String> dxs = List.of(graph.node("Reshape", dFlat, graph.node("Shape", x)));
    for (int i = steps.size() - 1; i >= 0; i--) {
      dxs = steps.get(i).backward().of(dxs);
    }
    return dxs;
  }

  /** Adds scores and loss, and returns the gradient of the rows that are scored. */
  private String loss(DecoderLayers.Step normed) {
    String head = DecoderLayers.head(config);
    String targets = graph.input("targets", ModelFile.Type.FLOAT, "targets", config.vocabulary());
    String scores = graph.linear(normed.output(), head);
    String p = graph.node("Softmax", Map.of("axis", -1L), scores);
    String log = graph.node("Log", graph.add(p, graph.number(TINY)));
    graph.output("loss", graph.sum(graph.sum(graph.mul(targets, log), 1), 0));
    if (!backward) {
      return scores;
    }
    String share = graph.input("share", ModelFile.Type.FLOAT, 1);
    String dScores = graph.mul(graph.sub(p, targets), share);
    return normed.backward().of(graph.linearGradient(dScores, head));
  }
}
