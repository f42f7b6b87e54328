package org.medvilam.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medvilam.trainer.onnx.OnnxInference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Features and scores of ONNX Runtime's graphs against those of the layers and of PyTorch. */
class InferenceTest {
  private static final double TOLERANCE = 1e-5;
  private static final int WRITTEN = 7;

  /** Channels, layers, heads, class token, standardised, activation. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, false, true, GELU",
    "1, 2, 4, true, true, QUICK_GELU",
    "3, 3, 2, true, false, QUICK_GELU",
    "3, 2, 1, false, false, GELU"
  })
  void testFeaturesAgree(
      int channels, int layers, int heads, boolean token, boolean standardise, Activation how) {
    VisionConfig vision =
        new VisionConfig(
            12,
            4,
            channels,
            24,
            layers,
            heads,
            40,
            token,
            standardise,
            how,
            1e-5,
            standardise ? List.of() : List.of(0.48, 0.45, 0.4).subList(0, channels),
            standardise ? List.of() : List.of(0.26, 0.25, 0.27).subList(0, channels));
    Network network =
        new Network(
            new NetworkConfig(vision, new DecoderConfig(9, 8, 1, 2, 1, 12, true, 1e4, 1e-5)),
            lively(5));
    float[][] pictures = {pixels(1, channels), pixels(2, 1), pixels(3, channels)};
    float[] expected = new LayerInference(network).encode(pictures);
    try (Inference onnx = new OnnxInference(network)) {
      assertClose(onnx.encode(pictures), expected);
      float[] second = Arrays.copyOfRange(expected, expected.length / 3, 2 * expected.length / 3);
      assertClose(onnx.encode(pictures[1]), second);
    }
  }

  /** Layers, heads, key heads, tied head, rank of low-rank additions, tokens of the instruction. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 2, true, 0, 3",
    "2, 4, 2, false, 0, 1",
    "3, 6, 2, false, 2, 5",
    "2, 3, 1, true, 3, 4",
    "4, 2, 1, true, 0, 2"
  })
  void testScoresAgree(int layers, int heads, int keys, boolean tied, int rank, int length) {
    NetworkConfig config =
        new NetworkConfig(
            new VisionConfig(12, 4, 1, 16, 1, 2, 24, true, true, Activation.GELU, 1e-5),
            new DecoderConfig(31, 24, layers, heads, keys, 40, tied, 10_000, 1e-5));
    Network network = new Network(config, lively(7), new LoraConfig(rank, rank == 0 ? 0 : 6));
    int[] instruction = new Random(length).ints(length, 0, 31).toArray();
    try (Inference onnx = new OnnxInference(network)) {
      Inference layersOnly = new LayerInference(network);
      float[] features = layersOnly.encode(pixels(4, 1));
      Written expected = new Written();
      Written found = new Written();
      int[] answer = layersOnly.generate(features, instruction, -1, WRITTEN, expected);
      assertThat(onnx.generate(features, instruction, -1, WRITTEN, found)).isEqualTo(answer);
      assertThat(found.scores).hasSize(WRITTEN);
      for (int i = 0; i < WRITTEN; i++) {
        assertClose(found.scores.get(i), expected.scores.get(i));
      }
    }
  }

  @Test
  void testFeaturesAreThoseOfPyTorch() throws Exception {
    JsonNode numbers = reference("vision_encoder");
    VisionConfig vision =
        new VisionConfig(4, 2, 1, 8, 2, 2, 12, true, false, Activation.QUICK_GELU, 1e-5);
    Network network =
        network(vision, new DecoderConfig(9, 8, 1, 2, 1, 12, true, 1e4, 1e-5), numbers);
    float[] patches = values(numbers.path("x"));
    float[][] pictures = new float[patches.length / 16][16];
    for (int i = 0; i < patches.length; i++) {
      int patch = i % 16 / 4;
      int y = 2 * (patch / 2) + i % 4 / 2;
      pictures[i / 16][4 * y + 2 * (patch % 2) + i % 2] = patches[i];
    }
    assertThat(Patches.of(vision, pictures)).isEqualTo(patches);
    try (Inference onnx = new OnnxInference(network)) {
      assertClose(onnx.encode(pictures), values(numbers.path("y")));
    }
  }

  /** A decoder with shared keys and a head of its own; two image tokens are handed through. */
  @Test
  void testScoresAreThoseOfPyTorch() throws Exception {
    JsonNode numbers = reference("decoder");
    int width = 8;
    float[] images = values(numbers.path("x"));
    float[] scores = values(numbers.path("y"));
    VisionConfig vision =
        new VisionConfig(2, 1, 1, width, 1, 2, 8, false, false, Activation.GELU, 1e-5);
    Network network =
        network(vision, new DecoderConfig(9, width, 2, 4, 2, 12, false, 1e4, 1e-5), numbers);
    try (Inference onnx = new OnnxInference(network)) {
      for (int b = 0; b < 2; b++) {
        float[] features =
            Arrays.copyOfRange(images, b * images.length / 2, (b + 1) * images.length / 2);
        Written found = new Written(5, 1);
        onnx.generate(features, new int[] {3, 4}, -1, 2, found);
        for (int i = 0; i < 2; i++) {
          int row = 2 * b + i;
          assertClose(found.scores.get(i), Arrays.copyOfRange(scores, 9 * row, 9 * row + 9));
        }
      }
    }
  }

  private static JsonNode reference(String name) throws Exception {
    try (InputStream in = InferenceTest.class.getResourceAsStream("reference.json")) {
      return new ObjectMapper().readTree(in).path(name);
    }
  }

  private static float[] values(JsonNode tensor) {
    return ReferenceTest.tensor(tensor).data().asFloat();
  }

  /** Returns a network with known tensors, a projection that changes nothing, and others. */
  private static Network network(VisionConfig vision, DecoderConfig decoder, JsonNode numbers) {
    JsonNode known = numbers.path("params");
    TensorSource random = new RandomTensors(1, DataType.FLOAT);
    return new Network(
        new NetworkConfig(vision, decoder),
        (name, initial, shape) -> {
          if (known.has(name)) {
            return ReferenceTest.tensor(known.path(name));
          }
          return name.equals(Network.PROJECTION + ".weight")
              ? Nd4j.eye(shape[0]).castTo(DataType.FLOAT).dup('c')
              : random.tensor(name, initial, shape);
        });
  }

  /** Returns tensors none of which is all ones or zeros. */
  private static TensorSource lively(long seed) {
    RandomTensors random = new RandomTensors(seed, DataType.FLOAT);
    return (name, initial, shape) ->
        switch (initial) {
          case MATRIX, TABLE -> random.tensor(name, initial, shape);
          case ZEROS -> random.tensor(name, TensorSource.Initial.TABLE, shape).muli(3);
          case ONES -> random.tensor(name, TensorSource.Initial.TABLE, shape).muli(3).addi(1);
        };
  }

  @Test
  void testAnswerEndsWhereTheEndIsChosen() {
    NetworkConfig config =
        new NetworkConfig(
            new VisionConfig(12, 4, 1, 16, 1, 2, 24, true, true, Activation.GELU, 1e-5),
            new DecoderConfig(31, 24, 2, 2, 1, 40, true, 10_000, 1e-5));
    Network network = new Network(config, new RandomTensors(7, DataType.FLOAT));
    try (Inference onnx = new OnnxInference(network)) {
      float[] features = onnx.encode(pixels(4, 1));
      int[] next = {5, 6, 1, 7};
      int[] at = {0};
      TokenChoice choice = scores -> next[at[0]++];
      assertThat(onnx.generate(features, new int[] {2}, 1, 9, choice)).containsExactly(5, 6);
      at[0] = 0;
      assertThat(onnx.generate(features, new int[] {2}, 1, 1, choice)).containsExactly(5);
    }
  }

  /** Takes given tokens, or the likeliest, and keeps what it was shown. */
  private static final class Written implements TokenChoice {
    private final List<float[]> scores = new ArrayList<>();
    private final int[] tokens;

    Written(int... tokens) {
      this.tokens = tokens;
    }

    @Override
    public int next(float[] given) {
      scores.add(given.clone());
      return scores.size() <= tokens.length
          ? tokens[scores.size() - 1]
          : TokenChoice.likeliest().next(given);
    }
  }

  private static float[] pixels(int seed, int channels) {
    Random random = new Random(seed);
    float[] pixels = new float[channels * 12 * 12];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return pixels;
  }

  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double error = 0;
    double size = 0;
    for (int i = 0; i < found.length; i++) {
      error += Math.pow((double) found[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    assertThat(size).isPositive();
    assertThat(Math.sqrt(error / size)).isLessThan(TOLERANCE);
  }
}
