package org.medvilam.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medvilam.trainer.onnx.OnnxInference;
import org.nd4j.linalg.api.buffer.DataType;

/** Features and scores of ONNX Runtime's graphs against those of the layers. */
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
            new RandomTensors(5, DataType.FLOAT));
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
    RandomTensors random = new RandomTensors(7, DataType.FLOAT);
    Network network =
        new Network(
            config,
            (name, initial, shape) ->
                LoraConfig.isPart(name)
                    ? random.tensor(name, TensorSource.Initial.TABLE, shape).muli(3)
                    : random.tensor(name, initial, shape),
            new LoraConfig(rank, rank == 0 ? 0 : 6));
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

  /** Takes the likeliest token, and keeps what it was shown. */
  private static final class Written implements TokenChoice {
    private final List<float[]> scores = new ArrayList<>();

    @Override
    public int next(float[] given) {
      scores.add(given.clone());
      return TokenChoice.likeliest().next(given);
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
