package org.medvilam.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every hand-derived gradient against central differences, in double precision. */
class GradientTest {
  private static final double STEP = 1e-5;
  private static final int ENTRIES = 4;
  private static final double TOLERANCE = 1e-6;

  private final Builder builder = new Builder(new Lively(7));

  @Test
  void testLinear() {
    Linear layer = builder.linear("l", 3, 5, true);
    checkLayer(layer::forward, random(4, 5));
  }

  @Test
  void testLayerNorm() {
    LayerNorm layer = builder.layerNorm("n", 6, 1e-5);
    checkLayer(layer::forward, random(4, 6));
  }

  @Test
  void testRmsNorm() {
    RmsNorm layer = builder.rmsNorm("n", 6, 1e-5);
    checkLayer(layer::forward, random(4, 6));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void testMlp(Activation activation) {
    Mlp layer =
        new Mlp(builder.linear("a", 7, 4, true), activation, builder.linear("b", 4, 7, true));
    checkLayer(layer::forward, random(3, 4));
  }

  @Test
  void testSwiGlu() {
    SwiGlu layer =
        new SwiGlu(
            builder.linear("g", 6, 4, false),
            builder.linear("u", 6, 4, false),
            builder.linear("d", 4, 6, false));
    checkLayer(layer::forward, random(3, 4));
  }

  @Test
  void testTurn() {
    Turn turn = new Turn(6, 10000, 2, new Span(3, 4), DataType.DOUBLE);
    checkLayer(turn::apply, random(3, 8, 6));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, true", "4, 2, true", "4, 1, true", "2, 2, false"})
  void testAttention(int heads, int keyHeads, boolean causal) {
    int width = 8;
    int headWidth = width / heads;
    Attention attention =
        new Attention(
            builder.linear("q", width, width, true),
            builder.linear("k", keyHeads * headWidth, width, true),
            builder.linear("v", keyHeads * headWidth, width, true),
            builder.linear("o", width, width, true),
            heads,
            keyHeads,
            headWidth);
    DecoderConfig config = new DecoderConfig(3, width, 1, heads, keyHeads, 4, true, 100, 1e-5);
    Span span = new Span(2, 3);
    Places places = causal ? Places.causal(span, config, DataType.DOUBLE) : Places.open(span);
    checkLayer(x -> attention.forward(x, places, null), random(6, width));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void testVisionEncoder(boolean classToken) {
    VisionConfig config =
        new VisionConfig(4, 2, 1, 6, 2, 2, 8, classToken, true, Activation.QUICK_GELU, 1e-5);
    VisionEncoder encoder = new VisionEncoder(config, builder);
    INDArray patches = random(8, 4);
    checkParameters(() -> encoder.forward(patches));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void testDecoder(boolean tied) {
    DecoderConfig config = new DecoderConfig(9, 8, 2, 4, 2, 8, tied, 10000, 1e-5);
    Decoder decoder = new Decoder(config, LoraConfig.NONE, builder);
    TokenBatch batch =
        new TokenBatch(List.of(new int[] {3, 4, 5, 1}, new int[] {3, 8}), new int[] {2, 1});
    checkLayer(x -> decoder.forward(x, batch), random(4, 8));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 0.3", "3, 5", "4, 4"})
  void testLowRank(int rank, double alpha) {
    Layer layer = builder.linear("l", 6, 5, new LoraConfig(rank, alpha));
    checkLayer(layer::forward, random(7, 5));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 0.3", "3, 1", "4, 4"})
  void testDecoderWithLowRankAdditions(int rank, double alpha) {
    DecoderConfig config = new DecoderConfig(9, 8, 2, 4, 2, 8, true, 10000, 1e-5);
    Decoder decoder = new Decoder(config, new LoraConfig(rank, alpha), builder);
    TokenBatch batch =
        new TokenBatch(List.of(new int[] {3, 4, 5, 1}, new int[] {3, 8}), new int[] {2, 1});
    assertThat(builder.parameters().keySet().stream().filter(LoraConfig::isPart)).hasSize(8);
    checkLayer(x -> decoder.forward(x, batch), random(4, 8));
  }

  @Test
  void testCrossEntropy() {
    INDArray targets = Nd4j.create(new double[][] {{0, 1, 0}, {0.2, 0.3, 0.5}});
    INDArray scores = random(2, 3);
    INDArray gradient = CrossEntropy.of(scores, targets).gradient();
    compare("scores", scores, gradient, s -> CrossEntropy.of(s, targets).loss());
  }

  @Test
  void testBinaryCrossEntropy() {
    INDArray targets = Nd4j.create(new double[][] {{0}, {1}, {0.4}});
    INDArray scores = random(3, 1);
    INDArray gradient = CrossEntropy.binary(scores, targets).gradient();
    compare("scores", scores, gradient, s -> CrossEntropy.binary(s, targets).loss());
  }

  @Test
  void testWeightedCrossEntropy() {
    INDArray targets = Nd4j.create(new double[][] {{0, 0.3, 0}, {0.1, 0.2, 0}, {0, 0, 0}});
    INDArray scores = random(3, 3);
    CrossEntropy loss = CrossEntropy.weighted(scores, targets);
    assertThat(loss.gradient().getRow(2).norm2Number().doubleValue()).isZero();
    compare("scores", scores, loss.gradient(), s -> CrossEntropy.weighted(s, targets).loss());
  }

  @Test
  void testPatchHead() {
    INDArray features = random(3, 4);
    INDArray covered = Nd4j.create(new double[][] {{0}, {1}, {0.4}});
    INDArray places = Nd4j.create(new double[][] {{0, 0.1, 1, 0.9}, {0, 0, 1, 1}, {0, 0, 0, 1}});
    INDArray shown = Nd4j.create(new double[][] {{0, 0}, {1, 0}, {0, 0.4}});
    PatchHead head = new PatchHead(4, 2, new Lively(7));
    INDArray gradient = head.apply(features, covered, places, shown, 1).gradient();
    compare("features", features, gradient, f -> head.apply(f, covered, places, shown, 1).loss());
    INDArray unknown = Nd4j.zeros(DataType.DOUBLE, 3, 2);
    compare(
        "features of no known look",
        features,
        head.apply(features, covered, places, unknown, 1).gradient(),
        f -> head.apply(f, covered, places, unknown, 1).loss());
  }

  private void checkLayer(Function<INDArray, Pass> layer, INDArray x) {
    INDArray dx = checkParameters(() -> layer.apply(x));
    INDArray weights = random(layer.apply(x).output().shape());
    compare("input", x, dx, in -> weighted(layer.apply(in), weights));
  }

  private INDArray checkParameters(Supplier<Pass> layer) {
    builder.parameters().values().forEach(p -> p.setTrainable(true));
    Pass pass = layer.get();
    INDArray weights = random(pass.output().shape());
    INDArray dx = pass.backward(weights);
    for (Parameter parameter : builder.parameters().values()) {
      compare(
          parameter.name(),
          parameter.value(),
          parameter.gradient(),
          ignored -> weighted(layer.get(), weights));
    }
    return dx;
  }

  private static double weighted(Pass pass, INDArray weights) {
    return pass.output().mul(weights).sumNumber().doubleValue();
  }

  /** Compares {@code gradient} with central differences of {@code value} around {@code at}. */
  private static void compare(
      String name, INDArray at, INDArray gradient, ToDoubleFunction<INDArray> value) {
    INDArray flat = at.reshape(at.length());
    INDArray flatGradient = gradient.dup('c').reshape(at.length());
    long stride = Math.max(1, at.length() / ENTRIES);
    for (long i = 0; i < at.length(); i += stride) {
      double kept = flat.getDouble(i);
      flat.putScalar(i, kept + STEP);
      double up = value.applyAsDouble(at);
      flat.putScalar(i, kept - STEP);
      double down = value.applyAsDouble(at);
      flat.putScalar(i, kept);
      double expected = (up - down) / (2 * STEP);
      assertThat(flatGradient.getDouble(i))
          .as("%s[%d]", name, i)
          .isCloseTo(expected, Offset.offset(TOLERANCE * (1 + Math.abs(expected))));
    }
  }

  private static INDArray random(long... shape) {
    Random random = new Random(11);
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextGaussian();
    }
    return Nd4j.create(values, shape, 'c');
  }

  /** Tensors of which none is zero or one, so that no gradient hides. */
  private record Lively(long seed) implements TensorSource {
    @Override
    public INDArray tensor(String name, Initial initial, long... shape) {
      INDArray base = new RandomTensors(seed, DataType.DOUBLE).tensor(name, initial, shape);
      INDArray noise =
          new RandomTensors(seed + 1, DataType.DOUBLE).tensor(name, Initial.TABLE, shape);
      return base.addi(noise.muli(15));
    }
  }
}
