package org.medvilam.trainer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.TensorFiles;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.RandomTensors;
import org.medvilam.trainer.nn.TensorSource;
import org.medvilam.trainer.nn.VisionConfig;
import org.medvilam.trainer.text.HuggingFaceTokens;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts a base together from two models in Hugging Face's layout, CLIP's vision tower and a decoder
 * of LLaMA's kind, with a random projection between them.
 *
 * <p>Matrices are kept as they are stored, in the files themselves, and those in half precision are
 * expanded one at a time where they are used: computing in half is a hundred times slower on a CPU.
 */
final class Towers {
  private static final String VISION = "vision_tower.";
  private static final String LANGUAGE = "language_model.";
  private static final String TOKENS = "embed_tokens.weight";
  private static final String PATCHES = "patch_embedding.weight";
  private static final long PROJECTION_SEED = 1;

  private final NetworkConfig config;
  private final TensorFiles clip;
  private final TensorFiles llama;
  private final RandomTensors random = new RandomTensors(PROJECTION_SEED, DataType.FLOAT);
  private final List<String> sums = new ArrayList<>();

  private Towers(NetworkConfig config, TensorFiles clip, TensorFiles llama) {
    this.config = config;
    this.clip = clip;
    this.llama = llama;
  }

  static VisionLanguageModel load(Path clipDirectory, Path llamaDirectory) throws IOException {
    NetworkConfig config =
        new NetworkConfig(TowerConfigs.clip(clipDirectory), TowerConfigs.llama(llamaDirectory));
    HuggingFaceTokens tokens =
        HuggingFaceTokens.open(llamaDirectory, TowerConfigs.end(llamaDirectory));
    if (tokens.size() > config.decoder().vocabulary()) {
      throw new CheckpointException(
          "%s has a tokenizer of %d tokens, but its decoder knows %d; expected the tokenizer it was trained with."
              .formatted(llamaDirectory, tokens.size(), config.decoder().vocabulary()));
    }
    try (TensorFiles clip = TensorFiles.open(clipDirectory);
        TensorFiles llama = TensorFiles.open(llamaDirectory)) {
      Towers towers = new Towers(config, clip, llama);
      Network network = new Network(config, towers::tensor);
      towers.sums.add(config.toString());
      towers.sums.add(tokens.fingerprint());
      String sum =
          CheckpointFiles.sha256(String.join("\n", towers.sums).getBytes(StandardCharsets.UTF_8));
      String name = clipDirectory.getFileName() + "+" + llamaDirectory.getFileName();
      return VisionLanguageModel.of(name, sum, network, tokens);
    }
  }

  private INDArray tensor(String name, TensorSource.Initial initial, long... shape) {
    if (name.startsWith(Network.PROJECTION)) {
      return random.tensor(name, initial, shape);
    }
    TensorFiles files = name.startsWith(VISION) ? clip : llama;
    String stored = name.substring((name.startsWith(VISION) ? VISION : LANGUAGE).length());
    boolean halves = initial == TensorSource.Initial.MATRIX || name.endsWith(TOKENS);
    long[] written = name.endsWith(PATCHES) ? patchShape(shape) : shape;
    INDArray values = files.tensor(stored, halves, written, shape);
    sums.add(name + " " + files.checksum(stored));
    return values;
  }

  /**
   * The patch embedding is stored as the kernel of a convolution: [width, channels, side, side].
   */
  private long[] patchShape(long... shape) {
    VisionConfig vision = config.vision();
    return new long[] {shape[0], vision.channels(), vision.patchSize(), vision.patchSize()};
  }
}
