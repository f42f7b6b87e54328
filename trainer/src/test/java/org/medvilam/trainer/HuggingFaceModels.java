package org.medvilam.trainer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.medvilam.trainer.checkpoint.SafetensorsWriter;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.TensorSource;
import org.medvilam.trainer.nn.VisionConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes models in Hugging Face's layout, a file for each tensor, so that a model larger than the
 * memory can be written: {@code clip/} and {@code llama/} with configuration, index and tokenizer.
 */
final class HuggingFaceModels {
  static final int TOKENS = 3 + 256;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String VISION = "vision_tower.";
  private static final String LANGUAGE = "language_model.";

  private final NetworkConfig config;
  private final StoredType type;
  private final Path clip;
  private final Path llama;
  private final ObjectNode clipIndex = MAPPER.createObjectNode();
  private final ObjectNode llamaIndex = MAPPER.createObjectNode();

  private HuggingFaceModels(NetworkConfig config, StoredType type, Path folder) {
    this.config = config;
    this.type = type;
    clip = folder.resolve("clip");
    llama = folder.resolve("llama");
  }

  static void write(NetworkConfig config, StoredType type, Path folder, TensorSource values)
      throws IOException {
    HuggingFaceModels models = new HuggingFaceModels(config, type, folder);
    Files.createDirectories(models.clip);
    Files.createDirectories(models.llama);
    INDArray none = Nd4j.scalar(0f);
    new Network(
        config,
        (name, initial, shape) -> {
          models.tensor(name, values, initial, shape);
          return none;
        });
    models.finish();
  }

  private void tensor(
      String name, TensorSource values, TensorSource.Initial initial, long... shape) {
    boolean vision = name.startsWith(VISION);
    if (!vision && !name.startsWith(LANGUAGE)) {
      return;
    }
    String stored = name.substring((vision ? VISION : LANGUAGE).length());
    ObjectNode index = vision ? clipIndex : llamaIndex;
    String file = String.format("model-%05d.safetensors", index.size() + 1);
    try (INDArray value = values.tensor(name, initial, shape)) {
      VisionConfig v = config.vision();
      INDArray kept =
          name.endsWith("patch_embedding.weight")
              ? value.reshape(v.width(), v.channels(), v.patchSize(), v.patchSize())
              : value;
      SafetensorsWriter.write((vision ? clip : llama).resolve(file), Map.of(stored, kept), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    index.put(stored, file);
  }

  private void finish() throws IOException {
    for (Path directory : new Path[] {clip, llama}) {
      ObjectNode root = MAPPER.createObjectNode();
      root.set("weight_map", directory.equals(clip) ? clipIndex : llamaIndex);
      json(directory.resolve("model.safetensors.index.json"), root);
    }
    json(clip.resolve("config.json"), clipConfig());
    json(llama.resolve("config.json"), llamaConfig());
    json(llama.resolve("tokenizer.json"), tokenizer());
  }

  static void json(Path file, ObjectNode content) throws IOException {
    MAPPER.writeValue(file.toFile(), content);
  }

  private ObjectNode clipConfig() {
    VisionConfig v = config.vision();
    ObjectNode root = MAPPER.createObjectNode().put("model_type", "clip");
    root.putObject("vision_config")
        .put("image_size", v.imageSize())
        .put("patch_size", v.patchSize())
        .put("hidden_size", v.width())
        .put("num_hidden_layers", v.layers())
        .put("num_attention_heads", v.heads())
        .put("intermediate_size", v.hidden())
        .put("hidden_act", "quick_gelu")
        .put("layer_norm_eps", v.epsilon());
    return root;
  }

  private ObjectNode llamaConfig() {
    DecoderConfig d = config.decoder();
    return MAPPER
        .createObjectNode()
        .put("model_type", "llama")
        .put("vocab_size", d.vocabulary())
        .put("hidden_size", d.width())
        .put("num_hidden_layers", d.layers())
        .put("num_attention_heads", d.heads())
        .put("num_key_value_heads", d.keyValueHeads())
        .put("intermediate_size", d.hidden())
        .put("tie_word_embeddings", d.tiedHead())
        .put("rope_theta", d.ropeBase())
        .put("rms_norm_eps", d.epsilon())
        .put("hidden_act", "silu")
        .put("eos_token_id", 2)
        .putNull("rope_scaling");
  }

  /** Adds unknown, start and end, the first three tokens. */
  static void specials(ObjectNode root, ObjectNode vocabulary) {
    var added = root.putArray("added_tokens");
    for (String special : new String[] {"<unk>", "<s>", "</s>"}) {
      added
          .addObject()
          .put("id", vocabulary.size())
          .put("content", special)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
      vocabulary.put(special, vocabulary.size());
    }
  }

  /** Returns a byte-level tokenizer without merges: unknown, start, end and the 256 bytes. */
  private static ObjectNode tokenizer() {
    ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");
    ObjectNode vocabulary = MAPPER.createObjectNode();
    specials(root, vocabulary);
    int shifted = 256;
    for (int b = 0; b < 256; b++) {
      boolean printed = b > 32 && b < 127 || b > 160 && b != 173;
      vocabulary.put(Character.toString(printed ? b : shifted++), vocabulary.size());
    }
    for (String part : new String[] {"pre_tokenizer", "decoder"}) {
      root.putObject(part)
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", true)
          .put("use_regex", true);
    }
    ObjectNode model = root.putObject("model").put("type", "BPE").put("fuse_unk", false);
    model.set("vocab", vocabulary);
    model.putArray("merges");
    return root;
  }
}
