package org.medvilam.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.nn.Activation;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.VisionConfig;

/** Reads the shapes of towers from {@code config.json} as Hugging Face writes it. */
final class TowerConfigs {
  private static final String CONFIG = "config.json";
  private static final String PREPROCESSOR = "preprocessor_config.json";

  /** CLIP's own, used where no {@value #PREPROCESSOR} says otherwise. */
  private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);

  private static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);

  private TowerConfigs() {}

  /** Reads the shape of CLIP's vision tower, from the whole model's file or the tower's own. */
  static VisionConfig clip(Path directory) throws IOException {
    JsonNode root = read(directory);
    JsonNode vision = root.has("vision_config") ? root.path("vision_config") : root;
    Fields f = new Fields(directory, vision);
    Path preprocessor = directory.resolve(PREPROCESSOR);
    JsonNode pictures =
        Files.isRegularFile(preprocessor)
            ? CheckpointFiles.parseCard(preprocessor.toString(), Files.readAllBytes(preprocessor))
            : vision.path("none");
    String act = vision.path("hidden_act").asText("quick_gelu");
    f.expect("hidden_act", act.equals("quick_gelu") || act.equals("gelu"), "quick_gelu or gelu");
    return f.shape(
        () ->
            new VisionConfig(
                f.size("image_size"),
                f.size("patch_size"),
                vision.path("num_channels").asInt(3),
                f.size("hidden_size"),
                f.size("num_hidden_layers"),
                f.size("num_attention_heads"),
                f.size("intermediate_size"),
                true,
                false,
                act.equals("gelu") ? Activation.GELU : Activation.QUICK_GELU,
                vision.path("layer_norm_eps").asDouble(1e-5),
                numbers(pictures.path("image_mean"), CLIP_MEAN),
                numbers(pictures.path("image_std"), CLIP_DEVIATION)));
  }

  /** Reads the shape of a decoder of LLaMA's kind. */
  static DecoderConfig llama(Path directory) throws IOException {
    JsonNode root = read(directory);
    Fields f = new Fields(directory, root);
    f.expect("model_type", root.path("model_type").asText().equals("llama"), "llama");
    f.expect("hidden_act", root.path("hidden_act").asText("silu").equals("silu"), "silu");
    for (String bias : List.of("attention_bias", "mlp_bias")) {
      f.expect(bias, !root.path(bias).asBoolean(false), "false");
    }
    JsonNode scaling = root.path("rope_scaling");
    f.expect("rope_scaling", scaling.isMissingNode() || scaling.isNull(), "null");
    int heads = f.size("num_attention_heads");
    int width = f.size("hidden_size");
    int headWidth = root.path("head_dim").asInt(width / heads);
    f.expect("head_dim", headWidth * heads == width, "hidden_size / num_attention_heads");
    return f.shape(
        () ->
            new DecoderConfig(
                f.size("vocab_size"),
                width,
                f.size("num_hidden_layers"),
                heads,
                root.path("num_key_value_heads").asInt(heads),
                f.size("intermediate_size"),
                root.path("tie_word_embeddings").asBoolean(false),
                root.path("rope_theta").asDouble(10_000),
                root.path("rms_norm_eps").asDouble(1e-6)));
  }

  /** Returns the token that ends an answer: the first, where several do. */
  static int end(Path directory) throws IOException {
    JsonNode end = read(directory).path("eos_token_id");
    JsonNode one = end.isArray() ? end.path(0) : end;
    if (!one.isInt()) {
      throw new CheckpointException(
          "%s says eos_token_id %s; expected a number.".formatted(directory.resolve(CONFIG), end));
    }
    return one.asInt();
  }

  static JsonNode read(Path directory) throws IOException {
    Path file = directory.resolve(CONFIG);
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          "%s is no model in Hugging Face's layout: it has no %s.".formatted(directory, CONFIG));
    }
    return CheckpointFiles.parseCard(file.toString(), Files.readAllBytes(file));
  }

  private static List<Double> numbers(JsonNode node, List<Double> otherwise) {
    List<Double> numbers = new ArrayList<>();
    node.forEach(n -> numbers.add(n.asDouble()));
    return numbers.isEmpty() ? otherwise : numbers;
  }

  /** The fields of one file, with their checks. */
  private record Fields(Path directory, JsonNode node) {
    int size(String name) {
      expect(name, node.path(name).isInt() && node.path(name).asInt() > 0, "a positive number");
      return node.path(name).asInt();
    }

    void expect(String name, boolean holds, String what) {
      if (!holds) {
        throw new CheckpointException(
            "%s says %s %s; expected %s."
                .formatted(
                    directory.resolve(CONFIG),
                    name,
                    node.has(name) ? node.path(name) : "nothing",
                    what));
      }
    }

    <T> T shape(Supplier<T> made) {
      try {
        return made.get();
      } catch (IllegalArgumentException e) {
        throw new CheckpointException(directory.resolve(CONFIG) + ": " + e.getMessage(), e);
      }
    }
  }
}
