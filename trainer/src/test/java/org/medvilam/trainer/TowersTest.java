package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.nn.Activation;
import org.medvilam.trainer.nn.DecoderConfig;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.RandomTensors;
import org.medvilam.trainer.nn.VisionConfig;
import org.nd4j.linalg.api.buffer.DataType;

/** Models in Hugging Face's layout, with random weights and small shapes. */
class TowersTest {
  private static final int SIZE = 8;
  private static final NetworkConfig SHAPE =
      new NetworkConfig(
          new VisionConfig(SIZE, 4, 3, 16, 2, 2, 24, true, false, Activation.QUICK_GELU, 1e-5),
          new DecoderConfig(HuggingFaceModels.TOKENS + 5, 16, 2, 4, 2, 24, false, 10_000, 1e-5));

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    HuggingFaceModels.write(SHAPE, StoredType.F16, folder, new RandomTensors(3, DataType.FLOAT));
  }

  private VisionLanguageModel load() throws IOException {
    return VisionLanguageModel.load(folder.resolve("clip"), folder.resolve("llama"));
  }

  private void change(String file, Consumer<ObjectNode> how) throws IOException {
    Path path = folder.resolve(file);
    ObjectNode root = (ObjectNode) new ObjectMapper().readTree(path.toFile());
    how.accept(root);
    HuggingFaceModels.json(path, root);
  }

  @Test
  void testEveryTensorArrivesWhereItBelongs() throws Exception {
    Network network = load().network();
    assertThat(network.config().decoder()).isEqualTo(SHAPE.decoder());
    RandomTensors written = new RandomTensors(3, DataType.FLOAT);
    new Network(
        SHAPE,
        (name, initial, shape) -> {
          var value = written.tensor(name, initial, shape);
          if (!name.startsWith(Network.PROJECTION)) {
            var found = network.parameters().get(name).value().castTo(DataType.FLOAT);
            assertThat(found.sub(value).amaxNumber().doubleValue()).as(name).isLessThan(2e-3);
          }
          return value;
        });
  }

  @Test
  void testGreyPictureStandsInEveryChannelNormalisedAsClipDoes() throws Exception {
    Network network = load().network();
    float[] grey = new float[SIZE * SIZE];
    float[] colour = new float[3 * SIZE * SIZE];
    for (int i = 0; i < colour.length; i++) {
      grey[i % grey.length] = (i % grey.length) / 64f;
      colour[i] = (i % grey.length) / 64f;
    }
    var one = network.encode(new float[][] {grey}).output();
    assertThat(network.encode(new float[][] {colour}).output()).isEqualTo(one);
    assertThat(network.config().vision().mean()).hasSize(3);
  }

  @Test
  void testProjectionIsTunedAndAnswers() throws Exception {
    VisionLanguageModel base = load();
    float[] pixels = new float[SIZE * SIZE];
    List<TrainingExample> examples =
        List.of(
            new TrainingExample(
                "e", pixels, "Where?", "[1, 2, 30, 40]", List.of(new int[] {1, 2, 30, 40})));
    Path checkpoint = folder.resolve("checkpoint");
    FineTuningResult result =
        FineTuning.of(base, Tiny.options(3, 0, 0), examples).run(checkpoint, Progress.silent());
    assertThat(result.losses()).hasSize(3).doesNotContain(Double.NaN);
    assertThat(load().withCheckpoint(checkpoint).answer(pixels, "Where?")).isNotNull();
    assertThat(base.codec().decode(base.codec().encode("[1, 2, 30, 40]; été")))
        .isEqualTo("[1, 2, 30, 40]; été");
  }

  @Test
  void testOtherWeightsAreAnotherBase() throws Exception {
    String before = load().baseSha256();
    assertThat(load().baseSha256()).isEqualTo(before);
    HuggingFaceModels.write(SHAPE, StoredType.F16, folder, new RandomTensors(4, DataType.FLOAT));
    assertThat(load().baseSha256()).isNotEqualTo(before);
  }

  @Test
  void testMissingTensorIsNamed() throws Exception {
    change(
        "llama/model.safetensors.index.json",
        root -> ((ObjectNode) root.path("weight_map")).remove("model.norm.weight"));
    fails("llama lacks the tensor model.norm.weight.");
  }

  @Test
  void testMissingFileIsNamed() throws Exception {
    Files.delete(folder.resolve("clip/model-00003.safetensors"));
    fails("names the file model-00003.safetensors, which is not there");
  }

  @Test
  void testOtherShapeIsNamed() throws Exception {
    change("llama/config.json", root -> root.put("intermediate_size", 25));
    fails("mlp.gate_proj.weight with shape [24, 16], but [25, 16] was expected");
  }

  @Test
  void testIndexMayNotLeaveItsDirectory() throws Exception {
    change(
        "llama/model.safetensors.index.json",
        root -> ((ObjectNode) root.path("weight_map")).put("model.norm.weight", "../x"));
    fails("names a file outside");
  }

  @Test
  void testRulesThatAreNotKnownAreRefused() throws Exception {
    change("llama/config.json", root -> root.putObject("rope_scaling").put("type", "linear"));
    fails("config.json says rope_scaling {\"type\":\"linear\"}; expected null");
  }

  @Test
  void testTokenizerOfAnotherModelIsRefused() throws Exception {
    change(
        "llama/tokenizer.json",
        root -> ((ObjectNode) root.path("model").path("vocab")).put("more", 999));
    fails("has a tokenizer of 1000 tokens, but its decoder knows 264");
  }

  @Test
  void testDirectoryWithoutAModelIsNamed() throws Exception {
    Files.delete(folder.resolve("clip/config.json"));
    fails("is no model in Hugging Face's layout");
  }

  private void fails(String why) {
    assertThatThrownBy(this::load)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(why);
  }
}
