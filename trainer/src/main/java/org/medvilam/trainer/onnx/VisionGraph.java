package org.medvilam.trainer.onnx;

import java.util.Map;
import org.medvilam.trainer.nn.Activation;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.VisionConfig;

/**
 * The vision transformer as one graph: "patches" [pictures * patches, values] to "features"
 * [pictures, patches, width].
 */
final class VisionGraph {
  private static final String PREFIX = "vision_tower.vision_model.";
  private static final String EMBEDDINGS = PREFIX + "embeddings.";

  /** The slope of CLIP's own non-linearity. */
  private static final float SLOPE = 1.702f;

  private final Graph graph;
  private final VisionConfig config;

  private VisionGraph(Network network) {
    graph = new Graph("vision", network);
    config = network.config().vision();
    long patches = config.patches();
    long first = config.classToken() ? 1 : 0;
    String values = graph.input("patches", ModelFile.Type.FLOAT, "rows", config.patchValues());
    String embedded = graph.linear(values, EMBEDDINGS + "patch_embedding.weight");
    String all = withClassToken(graph.reshape(embedded, -1, patches, config.width()));
    String placed = graph.add(all, graph.weight(EMBEDDINGS + "position_embedding.weight"));
    String x = norm(PREFIX + "pre_layrnorm", flat(placed));
    for (int i = 0; i < config.layers(); i++) {
      x = block(PREFIX + "encoder.layers." + i + ".", x);
    }
    String last = pictures(norm(PREFIX + "post_layernorm", x));
    graph.output("features", first == 0 ? last : graph.rows(last, first, Integer.MAX_VALUE));
  }

  static Graph of(Network network) {
    return new VisionGraph(network).graph;
  }

  private String withClassToken(String x) {
    if (!config.classToken()) {
      return x;
    }
    String count = graph.node("Shape", Map.of("start", 0L, "end", 1L), x);
    String shape =
        graph.node("Concat", Map.of("axis", 0L), count, graph.constant(1, config.width()));
    String tokens = graph.node("Expand", graph.weight(EMBEDDINGS + "class_embedding"), shape);
    return graph.node("Concat", Map.of("axis", 1L), tokens, x);
  }

  private String block(String name, String x) {
    String n1 = norm(name + "layer_norm1", x);
    String attended =
        graph.runtime(
            "MultiHeadAttention",
            Map.of("num_heads", (long) config.heads()),
            pictures(linear(name + "self_attn.q_proj", n1)),
            pictures(linear(name + "self_attn.k_proj", n1)),
            pictures(linear(name + "self_attn.v_proj", n1)));
    String h = graph.add(x, linear(name + "self_attn.out_proj", flat(attended)));
    String inner = linear(name + "mlp.fc1", norm(name + "layer_norm2", h));
    String active =
        config.activation() == Activation.GELU
            ? graph.runtime("Gelu", Map.of(), inner)
            : graph.runtime("QuickGelu", Map.of("alpha", SLOPE), inner);
    return graph.add(h, linear(name + "mlp.fc2", active));
  }

  private String linear(String name, String x) {
    return graph.linear(x, name + ".weight", name + ".bias");
  }

  private String norm(String name, String x) {
    return graph.node(
        "LayerNormalization",
        Map.of("axis", -1L, "epsilon", (float) config.epsilon()),
        x,
        graph.weight(name + ".weight"),
        graph.weight(name + ".bias"));
  }

  /** From [pictures, rows, width] to [pictures * rows, width]. */
  private String flat(String x) {
    return graph.reshape(x, -1, config.width());
  }

  /** From [pictures * rows, width] to [pictures, rows, width]. */
  private String pictures(String x) {
    return graph.reshape(x, -1, config.patches() + (config.classToken() ? 1 : 0), config.width());
  }
}
