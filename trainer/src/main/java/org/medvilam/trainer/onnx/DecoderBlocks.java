package org.medvilam.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.medvilam.trainer.nn.DecoderConfig;

/**
 * The decoder's blocks as operators, forward and backward.
 *
 * <p>The last block answers for the rows from {@code firstAsked} on only, since no other row of it
 * is scored; its keys and values are those of all rows. The other blocks go through their rows in
 * parts, each of which sees the positions up to its own end.
 */
final class DecoderBlocks {
  private final Graph graph;
  private final DecoderConfig config;
  private final DecoderLayers layers;
  private final long firstAsked;
  private final String sinBack;
  private final int[] starts;
  private final List<String> masks = new ArrayList<>();
  private final String lastMask;

  /**
   * Declares what all blocks share beside the angles: the masks to be added to scores, "mask0" and
   * so on for each of {@link Places#parts} [group * rows, seen], and for the last block "lastMask"
   * [group * asked, length].
   */
  DecoderBlocks(Graph graph, DecoderConfig config, DecoderLayers layers, int patches) {
    this.graph = graph;
    this.config = config;
    this.layers = layers;
    firstAsked = patches - 1L;
    starts = Places.parts(patches);
    sinBack = graph.node("Neg", layers.sin());
    for (int i = 0; i < starts.length; i++) {
      masks.add(graph.input("mask" + i, ModelFile.Type.FLOAT, "queries" + i, "seen" + i));
    }
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
    String first = graph.constant(from);
    String rows = graph.linear(asked(x, from), name + "q_proj.weight");
    String q = layers.turn(rows, layers.sin(), first);
    String turned =
        layers.turn(graph.linear(x, name + "k_proj.weight"), layers.sin(), graph.constant(0));
    String k = layers.splitKeys(turned);
    String v = layers.splitKeys(graph.linear(x, name + "v_proj.weight"));
    Core core = from == 0 ? inParts(q, k, v) : core(q, k, v, lastMask);
    String y = graph.linear(core.output(), name + "o_proj.weight");
    return new DecoderLayers.Step(
        y,
        dy -> {
          Heads d = core.backward().apply(graph.linearGradient(dy, name + "o_proj.weight"));
          String dq = layers.turn(d.queries(), sinBack, first);
          String dk = layers.turn(layers.mergeKeys(d.keys()), sinBack, graph.constant(0));
          String dv = layers.mergeKeys(d.values());
          String dx =
              graph.add(
                  graph.linearGradient(dk, name + "k_proj.weight"),
                  graph.linearGradient(dv, name + "v_proj.weight"));
          String dAsked = graph.linearGradient(dq, name + "q_proj.weight");
          return graph.add(dx, graph.rowsBefore(dAsked, from));
        });
  }

  /** Queries [batch, rows, heads * d], keys and values [batch, keyHeads, seen, d]; or gradients. */
  private record Heads(String queries, String keys, String values) {}

  /** What queries attend to [batch, rows, heads * d], and from its gradient to those of heads. */
  private record Core(String output, Function<String, Heads> backward) {}

  private Core core(String queries, String k, String v, String mask) {
    double scale = 1 / Math.sqrt(config.headWidth());
    String q = layers.splitQueries(queries);
    String scores = graph.add(graph.product(q, k, false, true, scale), mask);
    String p = graph.node("Softmax", Map.of("axis", -1L), scores);
    String context = graph.node("MatMul", p, v);
    return new Core(
        layers.mergeQueries(context),
        dy -> {
          String dContext = layers.splitQueries(dy);
          String dv = graph.product(p, dContext, true, false, 1);
          String dp = graph.product(dContext, v, false, true, 1);
          String inner = graph.sum(graph.mul(dContext, context), -1);
          String ds = graph.mul(p, graph.sub(dp, inner));
          String dq = layers.mergeQueries(graph.product(ds, k, false, false, scale));
          String dk = graph.product(ds, q, true, false, scale);
          return new Heads(dq, dk, dv);
        });
  }

  /** Computes rows part by part, so that most of what the mask hides is not computed at all. */
  private Core inParts(String q, String k, String v) {
    List<Core> parts = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      long to = end(i);
      String rows = graph.rows(q, starts[i], to);
      parts.add(core(rows, seen(k, 0, to), seen(v, 0, to), masks.get(i)));
    }
    return new Core(
        joined(parts.stream().map(Core::output).toList(), 1),
        dy -> {
          List<String> queries = new ArrayList<>();
          String keys = "";
          String values = "";
          for (int i = 0; i < starts.length; i++) {
            Heads d = parts.get(i).backward().apply(graph.rows(dy, starts[i], end(i)));
            queries.add(d.queries());
            keys = i == 0 ? d.keys() : longer(keys, d.keys(), starts[i]);
            values = i == 0 ? d.values() : longer(values, d.values(), starts[i]);
          }
          return new Heads(joined(queries, 1), keys, values);
        });
  }

  private long end(int part) {
    return part + 1 < starts.length ? starts[part + 1] : Integer.MAX_VALUE;
  }

  private String joined(List<String> parts, long axis) {
    return graph.node("Concat", Map.of("axis", axis), parts.toArray(String[]::new));
  }

  /** Returns keys or values of positions. */
  private String seen(String x, long from, long to) {
    return from == 0 && to == Integer.MAX_VALUE
        ? x
        : graph.node("Slice", x, graph.constant(from), graph.constant(to), graph.constant(2));
  }

  /** Adds gradients of the first {@code length} positions to those of more. */
  private String longer(String some, String more, long length) {
    String sum = graph.add(some, seen(more, 0, length));
    return joined(List.of(sum, seen(more, length, Integer.MAX_VALUE)), 2);
  }
}
