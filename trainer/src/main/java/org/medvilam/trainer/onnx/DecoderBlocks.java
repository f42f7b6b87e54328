package org.medvilam.trainer.onnx;

import java.util.Map;
import org.medvilam.trainer.nn.DecoderConfig;

/**
 * The decoder's blocks as operators, forward and backward.
 *
 * <p>The last block answers for the rows from {@code firstAsked} on only, since no other row of it
 * is scored; its keys and values are those of all rows.
 */
final class DecoderBlocks {
  private final Graph graph;
  private final DecoderConfig config;
  private final DecoderLayers layers;
  private final long firstAsked;
  private final String sinBack;
  private final String mask;
  private final String lastMask;

  /**
   * Declares what all blocks share beside the angles: the masks to be added to scores, "mask"
   * [group * length, length] and for the last block "lastMask" [group * asked, length].
   */
  DecoderBlocks(Graph graph, DecoderConfig config, DecoderLayers layers, long firstAsked) {
    this.graph = graph;
    this.config = config;
    this.layers = layers;
    this.firstAsked = firstAsked;
    sinBack = graph.node("Neg", layers.sin());
    mask = graph.input("mask", ModelFile.Type.FLOAT, "queries", "length");
    lastMask = graph.input("lastMask", ModelFile.Type.FLOAT, "lastQueries", "length");
  }

  /** Adds a block. */
  DecoderLayers.Step block(int number, String x) {
    String name = DecoderLayers.block(number);
    long from = number == config.layers() - 1 ? firstAsked : 0;
    DecoderLayers.Step n1 = layers.norm(name + "input_layernorm.weight", x);
    DecoderLayers.Step attended = attention(name + "self_attn.", n1.output(), from);
    String h = graph.add(asked(x, from), attended.output());
    DecoderLayers.Step n2 = layers.norm(name + "post_attention_layernorm.weight", h);
    DecoderLayers.Step fed = layers.feedForward(name + "mlp.", n2.output());
    return new DecoderLayers.Step(
        graph.add(h, fed.output()),
        dy -> {
          String dh = graph.add(dy, n2.backward().of(fed.backward().of(dy)));
          String dx = n1.backward().of(attended.backward().of(dh));
          return graph.add(dx, graph.rowsBefore(dh, from));
        });
  }

  private String asked(String x, long from) {
    return from == 0 ? x : graph.rows(x, from, Integer.MAX_VALUE);
  }

  private DecoderLayers.Step attention(String name, String x, long from) {
    double scale = 1 / Math.sqrt(config.headWidth());
    String q =
        layers.splitQueries(
            layers.turn(
                graph.linear(asked(x, from), name + "q_proj.weight"),
                layers.sin(),
                graph.constant(from)));
    String k =
        layers.splitKeys(
            layers.turn(graph.linear(x, name + "k_proj.weight"), layers.sin(), graph.constant(0)));
    String v = layers.splitKeys(graph.linear(x, name + "v_proj.weight"));
    String scores = graph.add(graph.product(q, k, false, true, scale), from == 0 ? mask : lastMask);
    String p = graph.node("Softmax", Map.of("axis", -1L), scores);
    String context = graph.node("MatMul", p, v);
    String y = graph.linear(layers.mergeQueries(context), name + "o_proj.weight");
    return new DecoderLayers.Step(
        y,
        dy -> {
          String dContext = layers.splitQueries(graph.linearGradient(dy, name + "o_proj.weight"));
          String dv = layers.mergeKeys(graph.product(p, dContext, true, false, 1));
          String dp = graph.product(dContext, v, false, true, 1);
          String inner = graph.sum(graph.mul(dContext, context), -1);
          String ds = graph.mul(p, graph.sub(dp, inner));
          String dq =
              layers.turn(
                  layers.mergeQueries(graph.product(ds, k, false, false, scale)),
                  sinBack,
                  graph.constant(from));
          String dk =
              layers.turn(
                  layers.mergeKeys(graph.product(ds, q, true, false, scale)),
                  sinBack,
                  graph.constant(0));
          String dx =
              graph.add(
                  graph.linearGradient(dk, name + "k_proj.weight"),
                  graph.linearGradient(dv, name + "v_proj.weight"));
          String dAsked = graph.linearGradient(dq, name + "q_proj.weight");
          return graph.add(dx, graph.rowsBefore(dAsked, from));
        });
  }
}
