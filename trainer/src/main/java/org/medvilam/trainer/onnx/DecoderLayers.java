package org.medvilam.trainer.onnx;

import java.util.List;
import java.util.Map;
import org.medvilam.trainer.nn.DecoderConfig;

/** What a decoder's blocks are made of, as operators. */
final class DecoderLayers {
  static final String MODEL = "language_model.model.";
  static final String EMBEDDING = MODEL + "embed_tokens.weight";
  static final String LAST_NORM = MODEL + "norm.weight";

  private final Graph graph;
  private final DecoderConfig config;
  private final String cos;
  private final String sin;

  /** Declares the tables of angles, "cos" and "sin" [positions, headWidth / 2]. */
  DecoderLayers(Graph graph, DecoderConfig config) {
    this.graph = graph;
    this.config = config;
    cos = graph.input("cos", ModelFile.Type.FLOAT, "positions", config.headWidth() / 2);
    sin = graph.input("sin", ModelFile.Type.FLOAT, "positions", config.headWidth() / 2);
  }

  /** An output and the operators that lead its gradient back. */
  record Step(String output, Backward backward) {}

  /** From the gradient of an output to that of the input. */
  interface Backward {
    String of(String dy);
  }

  /** Returns what the names of a block's tensors begin with. */
  static String block(int number) {
    return MODEL + "layers." + number + ".";
  }

  /** Returns the table that scores tokens. */
  static String head(DecoderConfig config) {
    return config.tiedHead() ? EMBEDDING : "language_model.lm_head.weight";
  }

  String sin() {
    return sin;
  }

  /** Adds a norm by the root mean square. */
  Step norm(String weight, String x) {
    List<String> both =
        graph.nodes(
            "SimplifiedLayerNormalization",
            "",
            2,
            Map.of("axis", -1L, "epsilon", (float) config.epsilon(), "stash_type", 1L),
            x,
            graph.weight(weight));
    String y = both.get(0);
    String inverse = both.get(1);
    return new Step(
        y,
        dy -> {
          String mean =
              graph.mul(graph.sum(graph.mul(dy, y), -1), graph.number(1.0 / config.width()));
          String along = graph.mul(mean, graph.mul(inverse, inverse));
          String scaled = graph.mul(graph.mul(dy, graph.weight(weight)), inverse);
          return graph.sub(scaled, graph.mul(x, along));
        });
  }

  /** Adds the two gated layers. */
  Step feedForward(String name, String x) {
    String g = graph.linear(x, name + "gate_proj.weight");
    String up = graph.linear(x, name + "up_proj.weight");
    String sigmoid = graph.node("Sigmoid", g);
    String silu = graph.mul(g, sigmoid);
    String y = graph.linear(graph.mul(silu, up), name + "down_proj.weight");
    return new Step(
        y,
        dy -> {
          String inner = graph.linearGradient(dy, name + "down_proj.weight");
          String slope = graph.mul(sigmoid, graph.add(graph.sub(g, silu), graph.number(1)));
          String dg = graph.mul(graph.mul(inner, up), slope);
          return graph.add(
              graph.linearGradient(graph.mul(inner, silu), name + "up_proj.weight"),
              graph.linearGradient(dg, name + "gate_proj.weight"));
        });
  }

  /**
   * Turns the heads of rows [batch, length, heads * d].
   *
   * @param sines the table of sines, or of their negatives to turn back
   * @param first the position of the first row
   */
  String turn(String x, String sines, String first) {
    return graph.runtime("RotaryEmbedding", Map.of(), x, first, cos, sines);
  }

  /** From [batch, length, heads * d] to [batch, keyHeads, group * length, d]. */
  String splitQueries(String x) {
    long d = config.headWidth();
    String heads = graph.reshape(x, 0, 0, config.keyValueHeads(), group(), d);
    return graph.reshape(graph.transpose(heads, 0, 2, 3, 1, 4), 0, config.keyValueHeads(), -1, d);
  }

  String mergeQueries(String x) {
    long d = config.headWidth();
    String heads = graph.reshape(x, 0, config.keyValueHeads(), group(), -1, d);
    return graph.reshape(graph.transpose(heads, 0, 3, 1, 2, 4), 0, 0, config.width());
  }

  /** From [batch, length, keyHeads * d] to [batch, keyHeads, length, d]. */
  String splitKeys(String x) {
    String heads = graph.reshape(x, 0, 0, config.keyValueHeads(), config.headWidth());
    return graph.transpose(heads, 0, 2, 1, 3);
  }

  String mergeKeys(String x) {
    long width = (long) config.keyValueHeads() * config.headWidth();
    return graph.reshape(graph.transpose(x, 0, 2, 1, 3), 0, 0, width);
  }

  long group() {
    return config.heads() / config.keyValueHeads();
  }
}
