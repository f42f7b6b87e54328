package org.medvilam.trainer.onnx;

import java.util.Map;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.Network;

/**
 * The decoder as it answers: a graph that reads further rows and leaves their keys and values
 * behind.
 *
 * <p>Inputs: "features" [patches, vision width] and "tokens" [text] to be read after them, both of
 * any number; "start" and "last", the positions of the first row and of the last; "mask" [group *
 * rows, positions], which is added to scores; "pastKey0", "pastValue0" [1, keyHeads, positions,
 * headWidth] and so on, what was read before; and those of {@link DecoderLayers}. Outputs: "scores"
 * of the token after the last row; "key0", "value0" and so on, the past of the next run.
 */
final class AnswerGraph {
  private final Graph graph;
  private final DecoderConfig config;
  private final DecoderLayers layers;
  private final double loraScale;
  private final String start;
  private final String last;
  private final String mask;

  private AnswerGraph(Network network) {
    graph = new Graph("answer", network);
    config = network.config().decoder();
    loraScale = network.lora().alpha() / Math.max(1, network.lora().rank());
    layers = new DecoderLayers(graph, config);
    start = graph.input("start", ModelFile.Type.INT64, 1);
    last = graph.input("last", ModelFile.Type.INT64, 1);
    mask = graph.input("mask", ModelFile.Type.FLOAT, "queries", "seen");
    String x = rows(network.config().vision().width());
    for (int i = 0; i < config.layers(); i++) {
      x = block(i, x);
    }
    String normed = layers.norm(DecoderLayers.LAST_NORM, x).output();
    graph.output("scores", graph.linear(normed, DecoderLayers.head(config)));
  }

  static Graph of(Network network) {
    return new AnswerGraph(network).graph;
  }

  private String rows(int visionWidth) {
    String features = graph.input("features", ModelFile.Type.FLOAT, "patches", visionWidth);
    String images =
        graph.linear(features, Network.PROJECTION + ".weight", Network.PROJECTION + ".bias");
    String tokens = graph.input("tokens", ModelFile.Type.INT64, "text");
    String texts = graph.lookUp(DecoderLayers.EMBEDDING, tokens);
    String both = graph.node("Concat", Map.of("axis", 0L), images, texts);
    return graph.node("Unsqueeze", both, graph.constant(0));
  }

  /** Adds a block; the last one answers for the last row alone. */
  private String block(int number, String x) {
    String name = DecoderLayers.block(number);
    boolean ends = number == config.layers() - 1;
    String n1 = layers.norm(name + "input_layernorm.weight", x).output();
    String turned = layers.turn(linear(name + "self_attn.k_proj", n1), layers.sin(), start);
    String k = seen("key" + number, "pastKey" + number, turned);
    String v = seen("value" + number, "pastValue" + number, linear(name + "self_attn.v_proj", n1));
    String asked = linear(name + "self_attn.q_proj", ends ? lastRow(n1) : n1);
    String q = layers.splitQueries(layers.turn(asked, layers.sin(), ends ? last : start));
    String scores = graph.product(q, k, false, true, 1 / Math.sqrt(config.headWidth()));
    String p = graph.node("Softmax", Map.of("axis", -1L), ends ? scores : graph.add(scores, mask));
    String context = layers.mergeQueries(graph.node("MatMul", p, v));
    String h = graph.add(ends ? lastRow(x) : x, linear(name + "self_attn.o_proj", context));
    String n2 = layers.norm(name + "post_attention_layernorm.weight", h).output();
    return graph.add(h, layers.feedForward(name + "mlp.", n2).output());
  }

  /** Puts new keys or values after those of the past, and keeps all. */
  private String seen(String name, String past, String x) {
    long heads = config.keyValueHeads();
    graph.input(past, ModelFile.Type.FLOAT, 1, heads, "past", config.headWidth());
    return graph.output(name, "Concat", Map.of("axis", 2L), past, layers.splitKeys(x));
  }

  private String lastRow(String x) {
    return graph.rows(x, -1, Integer.MAX_VALUE);
  }

  /** Adds a linear layer without bias, and its low-rank addition where the network has one. */
  private String linear(String name, String x) {
    String whole = graph.linear(x, name + ".weight");
    if (!graph.hasWeight(name + ".lora_A.weight")) {
      return whole;
    }
    String down = graph.linear(x, name + ".lora_A.weight");
    String up = graph.product(down, graph.weight(name + ".lora_B.weight"), false, true, loraScale);
    return graph.add(whole, up);
  }
}
