package org.medvilam.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.trainer.onnx.OnnxStep;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Both engines' steps against each other, and against PyTorch's. */
class StepTest {
  private static final double TOLERANCE = 1e-5;
  private static final Map<String, Function<Network, ProjectionStep>> ENGINES =
      Map.of("nd4j", LayerStep::new, "onnx", OnnxStep::new);

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "onnx"})
  void testStepIsThatOfPyTorch(String engine) throws Exception {
    JsonNode numbers;
    try (InputStream in = StepTest.class.getResourceAsStream("reference.json")) {
      numbers = new ObjectMapper().readTree(in).path("step");
    }
    JsonNode tensors = numbers.path("params");
    RandomTensors random = new RandomTensors(1, DataType.FLOAT);
    Network network =
        network(
            6,
            new DecoderConfig(9, 8, 2, 4, 2, 12, false, 10_000, 1e-5),
            (name, initial, shape) ->
                tensors.has(name)
                    ? ReferenceTest.tensor(tensors.path(name))
                    : random.tensor(name, initial, shape));
    int[] text = {3, 4, 5, 1};
    ProjectionStep.Batch batch =
        new ProjectionStep.Batch(
            ReferenceTest.tensor(numbers.path("x")),
            null,
            new TokenBatch(List.of(text, text), new int[] {2, 2}),
            ReferenceTest.tensor(numbers.path("targets")));
    try (ProjectionStep step = ENGINES.get(engine).apply(network)) {
      double loss = step.train(batch, 1);
      assertThat(loss).isCloseTo(numbers.path("y").path("values").path(0).asDouble(), within(1e-5));
      assertThat(step.loss(batch)).isCloseTo(loss, within(1e-6));
    }
    numbers
        .path("gradients")
        .properties()
        .forEach(
            expected ->
                assertClose(
                    network.parameters().get(expected.getKey()).gradient(),
                    ReferenceTest.tensor(expected.getValue())));
  }

  /** Shapes of one and several blocks, of shared and own keys, of a tied and an own head. */
  @ParameterizedTest
  @CsvSource({"1, 2, 2, true", "2, 4, 2, true", "3, 6, 2, false", "5, 3, 1, true"})
  void testEnginesAgree(int layers, int heads, int keyHeads, boolean tied) {
    DecoderConfig config =
        new DecoderConfig(31, 24, layers, heads, keyHeads, 40, tied, 10_000, 1e-5);
    RandomTensors random = new RandomTensors(7, DataType.FLOAT);
    Network network = network(8, config, random);
    ProjectionStep.Batch batch = batch(random, config.width(), config.vocabulary());
    INDArray[] weights = new INDArray[2];
    INDArray[] biases = new INDArray[2];
    double[] losses = new double[2];
    int at = 0;
    for (String engine : List.of("nd4j", "onnx")) {
      network.clearGradients();
      try (ProjectionStep step = ENGINES.get(engine).apply(network)) {
        step.train(batch, 0.25);
        losses[at] = step.train(batch, 0.75);
      }
      weights[at] = network.parameters().get(Network.PROJECTION + ".weight").gradient().dup('c');
      biases[at++] = network.parameters().get(Network.PROJECTION + ".bias").gradient().dup('c');
    }
    assertClose(weights[1], weights[0]);
    assertClose(biases[1], biases[0]);
    assertThat(losses[1]).isCloseTo(losses[0], within(1e-5));
  }

  /** A batch of more examples than go through at once, of which each has its own text. */
  @Test
  void testEnginesAgreeOnALargeBatch() {
    DecoderConfig config = new DecoderConfig(31, 24, 2, 4, 2, 40, true, 10_000, 1e-5);
    RandomTensors random = new RandomTensors(7, DataType.FLOAT);
    Network network = network(8, config, random);
    ProjectionStep.Batch batch = largeBatch(random, 21, 20, config.width(), config.vocabulary());
    double[] losses = new double[2];
    INDArray[] gradients = new INDArray[2];
    int at = 0;
    for (String engine : List.of("nd4j", "onnx")) {
      network.clearGradients();
      try (ProjectionStep step = ENGINES.get(engine).apply(network)) {
        losses[at] = step.train(batch, 1);
        assertThat(step.loss(batch)).isCloseTo(losses[at], within(1e-6));
      }
      gradients[at++] = network.parameters().get(Network.PROJECTION + ".weight").gradient().dup();
    }
    assertThat(losses[1]).isCloseTo(losses[0], within(1e-5));
    assertClose(gradients[1], gradients[0]);
  }

  @Test
  void testBitsDoNotDependOnTheNumberOfThreads() throws Exception {
    DecoderConfig config = new DecoderConfig(31, 24, 2, 4, 2, 40, true, 10_000, 1e-5);
    RandomTensors random = new RandomTensors(7, DataType.FLOAT);
    Network network = network(8, config, random);
    ProjectionStep.Batch batch = largeBatch(random, 40, 20, config.width(), config.vocabulary());
    INDArray gradient = network.parameters().get(Network.PROJECTION + ".weight").gradient();
    List<INDArray> gradients = new ArrayList<>();
    try (ProjectionStep step = new OnnxStep(network)) {
      for (int threads : new int[] {1, 4}) {
        network.clearGradients();
        ForkJoinPool pool = new ForkJoinPool(threads);
        pool.submit(() -> step.train(batch, 1)).get();
        pool.shutdown();
        gradients.add(gradient.dup());
      }
    }
    assertThat(gradients.get(1).data().asFloat()).isEqualTo(gradients.get(0).data().asFloat());
  }

  /** Tokens that the decoder does not know end passes of which others are still going on. */
  @Test
  void testStepThatFailsMayBeClosed() {
    DecoderConfig config = new DecoderConfig(31, 24, 2, 4, 2, 40, true, 10_000, 1e-5);
    RandomTensors random = new RandomTensors(7, DataType.FLOAT);
    Network network = network(8, config, random);
    ProjectionStep.Batch batch = largeBatch(random, 80, 80, config.width(), config.vocabulary());
    for (int i = 0; i < 10; i++) {
      try (ProjectionStep step = new OnnxStep(network)) {
        assertThatThrownBy(() -> step.train(batch, 1)).hasMessageContaining("out of data bounds");
      }
    }
  }

  /** Weights kept in half are expanded where they are used, and computed with as they are. */
  @ParameterizedTest
  @CsvSource({"nd4j, true", "nd4j, false", "onnx, true", "onnx, false"})
  void testHalvesGiveWhatTheirExpansionGives(String engine, boolean brain) {
    DecoderConfig config = new DecoderConfig(31, 24, 2, 4, 2, 40, true, 10_000, 1e-5);
    DataType half = brain ? DataType.BFLOAT16 : DataType.FLOAT16;
    RandomTensors random = new RandomTensors(7, DataType.FLOAT);
    TensorSource halves =
        (name, initial, shape) -> {
          INDArray value = random.tensor(name, initial, shape);
          boolean kept = shape.length == 2 && name.startsWith("language_model.");
          return kept ? value.castTo(half) : value;
        };
    TensorSource expanded =
        (name, initial, shape) -> halves.tensor(name, initial, shape).castTo(DataType.FLOAT);
    ProjectionStep.Batch batch = batch(random, config.width(), config.vocabulary());
    INDArray[] gradients = new INDArray[2];
    double[] losses = new double[2];
    for (int i = 0; i < 2; i++) {
      Network network = network(8, config, i == 0 ? halves : expanded);
      try (ProjectionStep step = ENGINES.get(engine).apply(network)) {
        losses[i] = step.train(batch, 1);
      }
      gradients[i] = network.parameters().get(Network.PROJECTION + ".weight").gradient();
    }
    assertThat(losses[0]).isCloseTo(losses[1], within(1e-6));
    assertClose(gradients[0], gradients[1]);
  }

  /** Texts of different lengths, one without an instruction, and a part of the values dropped. */
  private static ProjectionStep.Batch batch(RandomTensors random, int width, int vocabulary) {
    INDArray features = random.tensor("features", TensorSource.Initial.MATRIX, 12, 8).muli(3);
    INDArray kept = random.tensor("kept", TensorSource.Initial.MATRIX, 12, width).gt(0);
    TokenBatch texts =
        new TokenBatch(
            List.of(new int[] {4, 5, 6, 7, 8, 9}, new int[] {3, 2}, new int[] {30, 11, 12, 1}),
            new int[] {4, 0, 1});
    return new ProjectionStep.Batch(
        features,
        kept.castTo(DataType.FLOAT).muli(2),
        texts,
        new SoftTargets(2, 12, 1.5).of(texts.targets(), vocabulary, DataType.FLOAT));
  }

  private static ProjectionStep.Batch largeBatch(
      RandomTensors random, int size, int words, int width, int vocabulary) {
    INDArray features =
        random.tensor("features", TensorSource.Initial.MATRIX, 4L * size, 8).muli(3);
    INDArray kept = random.tensor("kept", TensorSource.Initial.MATRIX, 4L * size, width).gt(0);
    List<int[]> tokens = new ArrayList<>();
    int[] starts = new int[size];
    for (int i = 0; i < size; i++) {
      int[] text = new int[3 + i % 5];
      Arrays.setAll(text, t -> 2 + t);
      text[0] = 2 + i % words;
      tokens.add(text);
      starts[i] = 1 + i % 2;
    }
    TokenBatch texts = new TokenBatch(tokens, starts);
    return new ProjectionStep.Batch(
        features,
        kept.castTo(DataType.FLOAT).muli(2),
        texts,
        new SoftTargets(2, 12, 1.5).of(texts.targets(), vocabulary, DataType.FLOAT));
  }

  private static Network network(int visionWidth, DecoderConfig decoder, TensorSource source) {
    VisionConfig vision =
        new VisionConfig(2, 1, 1, visionWidth, 1, 2, 8, false, false, Activation.GELU, 1e-5);
    Network network = new Network(new NetworkConfig(vision, decoder), source);
    network.train(name -> name.startsWith(Network.PROJECTION));
    return network;
  }

  private static void assertClose(INDArray found, INDArray expected) {
    double error = found.sub(expected).norm2Number().doubleValue();
    assertThat(expected.norm2Number().doubleValue()).isPositive();
    assertThat(error / expected.norm2Number().doubleValue()).isLessThan(TOLERANCE);
  }
}
