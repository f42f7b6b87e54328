package org.medvilam.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.medvilam.trainer.nn.DecoderConfig;

/**
 * The decoder's blocks as operators, forward and backward.
 *
 * <p>A sequence goes through them in parts [batch, rows, width], each of which sees the positions
 * up to its own end: most of what the mask hides is not computed at all, and what a part leaves
 * behind is still near when its next operator reads it. The last part holds the rows that are
 * scored; the last block answers for it alone, with the keys and values of all.
 */
final class DecoderBlocks {
  private final Graph graph;
  private final DecoderConfig config;
  private final DecoderLayers layers;
  private final String sinBack;
  private final int[] starts;
  private final List<String> masks = new ArrayList<>();

  /**
   * Declares what all blocks share beside the angles: the masks to be added to scores, "mask0" and
   * so on for each of {@link Places#parts} [group * rows, seen].
   */
  DecoderBlocks(Graph graph, DecoderConfig config, DecoderLayers layers, int patches) {
    this.graph = graph;
    this.config = config;
    this.layers = layers;
    starts = Places.parts(patches);
    sinBack = graph.node("Neg", layers.sin());
    for (int i = 0; i < starts.length; i++) {
      masks.add(graph.input("mask" + i, ModelFile.Type.FLOAT, "queries" + i, "seen" + i));
    }
  }

  /** Parts of sequences and the operators that lead their gradients back. */
  record Step(List<String> parts, Backward backward) {}

  /** From the gradients of a block's parts to those of the parts it was given. */
  interface Backward {
    List<String> of(List<String> dys);
  }

  /** Adds a block; the last one returns the last part only. */
  Step block(int number, List<String> xs) {
    String name = DecoderLayers.block(number);
    int first = number == config.layers() - 1 ? xs.size() - 1 : 0;
    List<DecoderLayers.Step> n1 =
        xs.stream().map(x -> layers.norm(name + "input_layernorm.weight", x)).toList();
    Attention attention = attention(name + "self_attn.", n1, first);
    List<Rows> rows =
        IntStream.range(first, xs.size())
            .mapToObj(i -> rows(name, xs.get(i), attention.parts.get(i - first)))
            .toList();
    return new Step(
        rows.stream().map(Rows::output).toList(),
        dys -> {
          List<String> dhs =
              IntStream.range(0, dys.size())
                  .mapToObj(i -> rows.get(i).backward.apply(dys.get(i)))
                  .toList();
          List<String> dn1s = attention.backward.of(dhs);
          List<String> dxs = new ArrayList<>();
          for (int i = 0; i < xs.size(); i++) {
            String dx = n1.get(i).backward().of(dn1s.get(i));
            dxs.add(i < first ? dx : graph.add(dx, dhs.get(i - first)));
          }
          return dxs;
        });
  }

  /** What a block makes of a part after attention, and from its gradient to that of the sum. */
  private record Rows(String output, Function<String, String> backward) {}

  private Rows rows(String name, String x, String attended) {
    String h = graph.add(x, attended);
    DecoderLayers.Step n2 = layers.norm(name + "post_attention_layernorm.weight", h);
    DecoderLayers.Step fed = layers.feedForward(name + "mlp.", n2.output());
    return new Rows(
        graph.add(h, fed.output()), dy -> graph.add(dy, n2.backward().of(fed.backward().of(dy))));
  }

  /** What the parts from the first asked one on attend to; its backward gives all parts' own. */
  private record Attention(List<String> parts, Backward backward) {}

  private Attention attention(String name, List<DecoderLayers.Step> xs, int first) {
    List<Core> cores = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    String k = "";
    String v = "";
    for (int i = 0; i < xs.size(); i++) {
      String x = xs.get(i).output();
      k = longer(k, layers.splitKeys(turned(name + "k_proj.weight", x, i)));
      v = longer(v, layers.splitKeys(graph.linear(x, name + "v_proj.weight")));
      if (i >= first) {
        Core core = core(turned(name + "q_proj.weight", x, i), k, v, masks.get(i));
        cores.add(core);
        parts.add(graph.linear(core.output, name + "o_proj.weight"));
      }
    }
    return new Attention(parts, dys -> back(name, cores, first, dys));
  }

  private String turned(String weight, String x, int part) {
    return layers.turn(graph.linear(x, weight), layers.sin(), graph.constant(starts[part]));
  }

  private String longer(String some, String more) {
    return some.isEmpty() ? more : graph.node("Concat", Map.of("axis", 2L), some, more);
  }

  /** From the last part to the first: a part's keys and values get what later parts saw in them. */
  private List<String> back(String name, List<Core> cores, int first, List<String> dys) {
    List<String> dxs = new ArrayList<>();
    String keys = "";
    String values = "";
    for (int i = starts.length - 1; i >= 0; i--) {
      String queries = "";
      if (i >= first) {
        Heads d =
            cores
                .get(i - first)
                .backward
                .apply(graph.linearGradient(dys.get(i - first), name + "o_proj.weight"));
        keys = keys.isEmpty() ? d.keys : graph.add(keys, d.keys);
        values = values.isEmpty() ? d.values : graph.add(values, d.values);
        queries = d.queries;
      }
      String dx =
          graph.add(
              turnedBack(name + "k_proj.weight", layers.mergeKeys(from(keys, i)), i),
              graph.linearGradient(layers.mergeKeys(from(values, i)), name + "v_proj.weight"));
      dxs.add(0, i < first ? dx : graph.add(dx, turnedBack(name + "q_proj.weight", queries, i)));
      if (i > 0) {
        keys = positions(keys, 0, starts[i]);
        values = positions(values, 0, starts[i]);
      }
    }
    return dxs;
  }

  private String turnedBack(String weight, String dy, int part) {
    return graph.linearGradient(layers.turn(dy, sinBack, graph.constant(starts[part])), weight);
  }

  /** Returns keys or values of the positions from a part's first on. */
  private String from(String x, int part) {
    return part == 0 ? x : positions(x, starts[part], Integer.MAX_VALUE);
  }

  private String positions(String x, long from, long to) {
    return graph.node("Slice", x, graph.constant(from), graph.constant(to), graph.constant(2));
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
}
