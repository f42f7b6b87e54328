package org.medvilam.trainer.onnx;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.Network;

/**
 * The decoder as it answers, in two graphs that leave the keys and values of what they read behind:
 * "key0", "value0", ... [1, keyHeads, rows, headWidth].
 *
 * <p>One reads a picture: "features" [patches, vision width]. No token of it is scored, so its last
 * block has keys and values alone. The other reads further "tokens" [1, rows], any number of them,
 * from position "start" to "last", after "pastKey0", "pastValue0", ..., and gives the "scores" of
 * the token after the last. Both take the tables of {@link DecoderLayers} and "mask" [group * rows,
 * positions], which is added to scores.
 */
final class AnswerGraph {
  private final Graph graph;
  private final DecoderConfig config;
  private final DecoderLayers layers;
  private final double loraScale;
  private final String mask;
  private final String start;
  private final @Nullable String last;

  private AnswerGraph(String name, Network network, boolean text) {
    graph = new Graph(name, network);
    config = network.config().decoder();
    loraScale = network.lora().alpha() / Math.max(1, network.lora().rank());
    layers = new DecoderLayers(graph, config);
    mask = graph.input("mask", ModelFile.Type.FLOAT, "queries", "seen");
    start = text ? graph.input("start", ModelFile.Type.INT64, 1) : graph.constant(0);
    last = text ? graph.input("last", ModelFile.Type.INT64, 1) : null;
  }

  /** Returns the graph that reads a picture. */
  static Graph picture(Network network) {
    AnswerGraph answer = new AnswerGraph("picture", network, false);
    Graph graph = answer.graph;
    int width = network.config().vision().width();
    String features = graph.input("features", ModelFile.Type.FLOAT, "patches", width);
    String images =
        graph.linear(features, Network.PROJECTION + ".weight", Network.PROJECTION + ".bias");
    answer.read(graph.reshape(images, 1, -1, answer.config.width()));
    return graph;
  }

  /** Returns the graph that reads tokens. */
  static Graph text(Network network) {
    AnswerGraph answer = new AnswerGraph("text", network, true);
    Graph graph = answer.graph;
    String tokens = graph.input("tokens", ModelFile.Type.INT64, 1, "rows");
    String x = answer.read(graph.node("Gather", graph.weight(DecoderLayers.EMBEDDING), tokens));
    String normed = answer.layers.norm(DecoderLayers.LAST_NORM, x).output();
    graph.output("scores", graph.linear(normed, DecoderLayers.head(answer.config)));
    return graph;
  }

  /** Adds all blocks, and returns the last row of a text; of a picture none is asked for. */
  private String read(String rows) {
    String x = rows;
    for (int i = 0; i < config.layers(); i++) {
      x = block(i, x);
    }
    return x;
  }

  private String block(int number, String x) {
    String name = DecoderLayers.block(number);
    boolean ends = number == config.layers() - 1;
    String n1 = layers.norm(name + "input_layernorm.weight", x).output();
    String turned = layers.turn(linear(name + "self_attn.k_proj", n1), layers.sin(), start);
    String k = seen("key" + number, "pastKey" + number, turned);
    String v = seen("value" + number, "pastValue" + number, linear(name + "self_attn.v_proj", n1));
    if (ends && last == null) {
      return v;
    }
    String from = ends ? last : start;
    String asked = linear(name + "self_attn.q_proj", ends ? lastRow(n1) : n1);
    String q = layers.turn(asked, layers.sin(), from);
    double scale = 1 / Math.sqrt(config.headWidth());
    String scores = graph.product(layers.splitQueries(q), k, false, true, scale);
    String p = graph.node("Softmax", Map.of("axis", -1L), ends ? scores : graph.add(scores, mask));
    String context = layers.mergeQueries(graph.node("MatMul", p, v));
    String h = graph.add(ends ? lastRow(x) : x, linear(name + "self_attn.o_proj", context));
    String n2 = layers.norm(name + "post_attention_layernorm.weight", h).output();
    return graph.add(h, layers.feedForward(name + "mlp.", n2).output());
  }

  /** Puts new rows after those of the past, and keeps all. */
  private String seen(String name, String past, String x) {
    String rows = layers.splitKeys(x);
    if (last == null) {
      graph.output(name, rows);
      return rows;
    }
    long heads = config.keyValueHeads();
    graph.input(past, ModelFile.Type.FLOAT, 1, heads, "past", config.headWidth());
    return graph.output(name, "Concat", Map.of("axis", 2L), past, rows);
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
