package org.medvilam.trainer.onnx;

import java.util.List;
import java.util.Map;
import org.medvilam.trainer.nn.DecoderConfig;

/**
 * The decoder's blocks as operators, forward and backward.
 *
 * <p>The last block answers for the rows from {@code firstAsked} on only, since no other row of it
 * is scored; its keys and values are those of all rows.
 */
final class DecoderBlocks {
  private static final String MODEL = "language_model.model.";

  private final Graph graph;
  private final DecoderConfig config;
  private final long firstAsked;
  private final String cos;
  private final String sin;
  private final String sinBack;
  private final String mask;
  private final String lastMask;

  /**
   * Declares what all blocks share: the angles' tables "cos" and "sin" [length, headWidth / 2], and
   * the masks to be added to scores, "mask" [group * length, length] and for the last block
   * "lastMask" [group * asked, length].
   */
  DecoderBlocks(Graph graph, DecoderConfig config, long firstAsked) {
    this.graph = graph;
    this.config = config;
    this.firstAsked = firstAsked;
    cos = graph.input("cos", ModelFile.Type.FLOAT, "length", config.headWidth() / 2);
    sin = graph.input("sin", ModelFile.Type.FLOAT, "length", config.headWidth() / 2);
    sinBack = graph.node("Neg", sin);
    mask = graph.input("mask", ModelFile.Type.FLOAT, "queries", "length");
    lastMask = graph.input("lastMask", ModelFile.Type.FLOAT, "lastQueries", "length");
  }

  /** An output and the operators that lead its gradient back. */
  record Step(String output, Backward backward) {}

  /** From the gradient of an output to that of the input. */
  interface Backward {
    String of(String dy);
  }

  /** Adds a block. */
  Step block(int number, String x) {
    String name = MODEL + "layers." + number + ".";
    long from = number == config.layers() - 1 ? firstAsked : 0;
    Step n1 = norm(name + "input_layernorm.weight", x);
    Step attended = attention(name + "self_attn.", n1.output(), from);
    String h = graph.add(asked(x, from), attended.output());
    Step n2 = norm(name + "post_attention_layernorm.weight", h);
    Step fed = feedForward(name + "mlp.", n2.output());
    return new Step(
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

  private Step feedForward(String name, String x) {
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

  private Step attention(String name, String x, long from) {
    double scale = 1 / Math.sqrt(config.headWidth());
    String q = splitQueries(turn(graph.linear(asked(x, from), name + "q_proj.weight"), sin, from));
    String k = splitKeys(turn(graph.linear(x, name + "k_proj.weight"), sin, 0));
    String v = splitKeys(graph.linear(x, name + "v_proj.weight"));
    String scores = graph.add(graph.product(q, k, false, true, scale), from == 0 ? mask : lastMask);
    String p = graph.node("Softmax", Map.of("axis", -1L), scores);
    String context = graph.node("MatMul", p, v);
    String y = graph.linear(mergeQueries(context), name + "o_proj.weight");
    return new Step(
        y,
        dy -> {
          String dContext = splitQueries(graph.linearGradient(dy, name + "o_proj.weight"));
          String dv = mergeKeys(graph.product(p, dContext, true, false, 1));
          String dp = graph.product(dContext, v, false, true, 1);
          String inner = graph.sum(graph.mul(dContext, context), -1);
          String ds = graph.mul(p, graph.sub(dp, inner));
          String dq = turn(mergeQueries(graph.product(ds, k, false, false, scale)), sinBack, from);
          String dk = turn(mergeKeys(graph.product(ds, q, true, false, scale)), sinBack, 0);
          String dx =
              graph.add(
                  graph.linearGradient(dk, name + "k_proj.weight"),
                  graph.linearGradient(dv, name + "v_proj.weight"));
          String dAsked = graph.linearGradient(dq, name + "q_proj.weight");
          return graph.add(dx, graph.rowsBefore(dAsked, from));
        });
  }

  private String turn(String x, String sines, long from) {
    return graph.runtime("RotaryEmbedding", Map.of(), x, graph.constant(from), cos, sines);
  }

  /** From [batch, length, heads * d] to [batch, keyHeads, group * length, d]. */
  private String splitQueries(String x) {
    long d = config.headWidth();
    String heads = graph.reshape(x, 0, 0, config.keyValueHeads(), group(), d);
    return graph.reshape(graph.transpose(heads, 0, 2, 3, 1, 4), 0, config.keyValueHeads(), -1, d);
  }

  private String mergeQueries(String x) {
    long d = config.headWidth();
    String heads = graph.reshape(x, 0, config.keyValueHeads(), group(), -1, d);
    return graph.reshape(graph.transpose(heads, 0, 3, 1, 2, 4), 0, 0, config.width());
  }

  private String splitKeys(String x) {
    String heads = graph.reshape(x, 0, 0, config.keyValueHeads(), config.headWidth());
    return graph.transpose(heads, 0, 2, 1, 3);
  }

  private String mergeKeys(String x) {
    long width = (long) config.keyValueHeads() * config.headWidth();
    return graph.reshape(graph.transpose(x, 0, 2, 1, 3), 0, 0, width);
  }

  private long group() {
    return config.heads() / config.keyValueHeads();
  }
}
