package org.medvilam.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every block against PyTorch, output and gradients, in single precision to 1e-4 of the largest
 * value. {@code reference.py} beside the numbers makes them.
 */
class ReferenceTest {
  private static final double TOLERANCE = 1e-4;

  /** The gradient of a key's bias is zero but for rounding, so it has no relative error. */
  private static final double SMALLEST = 0.1;

  private static JsonNode cases;

  @BeforeAll
  static void readNumbers() throws Exception {
    try (InputStream in = ReferenceTest.class.getResourceAsStream("reference.json")) {
      cases = new ObjectMapper().readTree(in);
    }
  }

  @Test
  void testLinear() {
    Case c = new Case("linear");
    c.check(c.builder.linear("l", 3, 5, true));
  }

  @Test
  void testLayerNorm() {
    Case c = new Case("layer_norm");
    c.check(c.builder.layerNorm("n", 6, 1e-5));
  }

  @Test
  void testRmsNorm() {
    Case c = new Case("rms_norm");
    c.check(c.builder.rmsNorm("n", 6, 1e-5));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void testMlp(Activation activation) {
    Case c = new Case(activation.name().toLowerCase(Locale.ROOT));
    c.check(
        new Mlp(c.builder.linear("a", 7, 4, true), activation, c.builder.linear("b", 4, 7, true)));
  }

  @Test
  void testSwiGlu() {
    Case c = new Case("swiglu");
    c.check(
        new SwiGlu(
            c.builder.linear("gate_proj", 6, 4, false),
            c.builder.linear("up_proj", 6, 4, false),
            c.builder.linear("down_proj", 4, 6, false)));
  }

  @Test
  void testRotaryPositions() {
    new Case("rotary").check(new Turn(6, 10_000, 1, new Span(3, 5), DataType.FLOAT)::apply);
  }

  @Test
  void testOpenAttention() {
    Case c = new Case("open_attention");
    Attention attention = c.attention(2, 2, true, "out_proj");
    c.check(x -> attention.forward(x, Places.open(new Span(2, 3)), null));
  }

  @Test
  void testGroupedCausalAttention() {
    Case c = new Case("grouped_causal_attention");
    Attention attention = c.attention(4, 2, false, "o_proj");
    DecoderConfig config = new DecoderConfig(9, 8, 1, 4, 2, 12, false, 10_000, 1e-5);
    Places places = Places.causal(new Span(2, 5), config, DataType.FLOAT);
    c.check(x -> attention.forward(x, places, null));
  }

  @Test
  void testVisionEncoder() {
    Case c = new Case("vision_encoder");
    VisionConfig config =
        new VisionConfig(4, 2, 1, 8, 2, 2, 12, true, false, Activation.QUICK_GELU, 1e-5);
    c.checkParameters(new VisionEncoder(config, c.builder)::forward);
  }

  @Test
  void testDecoder() {
    Case c = new Case("decoder");
    Decoder decoder =
        new Decoder(
            new DecoderConfig(9, 8, 2, 4, 2, 12, false, 10_000, 1e-5), LoraConfig.NONE, c.builder);
    int[] text = {3, 4, 5, 1};
    TokenBatch batch = new TokenBatch(List.of(text, text), new int[] {2, 2});
    c.check(images -> decoder.forward(images, batch));
  }

  @Test
  void testCrossEntropy() {
    JsonNode c = cases.path("cross_entropy");
    CrossEntropy loss = CrossEntropy.of(tensor(c.path("x")), tensor(c.path("targets")));
    assertClose("gradient", loss.gradient(), c.path("dx"));
    assertClose("loss", Nd4j.createFromArray((float) loss.loss()), c.path("y"));
  }

  @Test
  void testClippedAdamW() {
    JsonNode c = cases.path("adamw");
    Parameter parameter = new Parameter("w", tensor(c.path("x")));
    parameter.setTrainable(true);
    AdamW optimiser = new AdamW(List.of(parameter), 0.9, 0.98, 0.05, 1);
    for (JsonNode step : c.path("steps")) {
      parameter.gradient().assign(tensor(step.path("gradient")));
      optimiser.update(0.01);
      assertClose("value", parameter.value(), step.path("value"));
    }
  }

  static INDArray tensor(JsonNode node) {
    long[] shape = new long[node.path("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").path(i).asLong();
    }
    float[] values = new float[node.path("values").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) node.path("values").path(i).asDouble();
    }
    return Nd4j.create(values, shape, 'c');
  }

  private static void assertClose(String what, INDArray found, JsonNode expected) {
    INDArray wanted = tensor(expected);
    assertThat(found.shape()).as(what).isEqualTo(wanted.shape());
    double largest = Math.max(SMALLEST, wanted.amaxNumber().doubleValue());
    double error = found.sub(wanted).amaxNumber().doubleValue();
    assertThat(error / largest).as(what).isLessThan(TOLERANCE);
  }

  /** The numbers of one block and the layers built from its tensors. */
  private static final class Case {
    private final JsonNode numbers;
    private final Builder builder;

    Case(String name) {
      numbers = cases.path(name);
      JsonNode params = numbers.path("params");
      builder = new Builder((tensor, initial, shape) -> tensor(params.required(tensor)));
    }

    Attention attention(int heads, int keyHeads, boolean bias, String last) {
      int headWidth = 8 / heads;
      return new Attention(
          builder.linear("q_proj", 8, 8, bias),
          builder.linear("k_proj", keyHeads * headWidth, 8, bias),
          builder.linear("v_proj", keyHeads * headWidth, 8, bias),
          builder.linear(last, 8, 8, bias),
          heads,
          keyHeads,
          headWidth);
    }

    void check(Layer layer) {
      INDArray dx = checkParameters(layer);
      assertClose("input's gradient", dx, numbers.path("dx"));
    }

    INDArray checkParameters(Layer layer) {
      builder.parameters().values().forEach(p -> p.setTrainable(true));
      Pass pass = layer.forward(tensor(numbers.path("x")));
      assertClose("output", pass.output(), numbers.path("y"));
      INDArray dx = pass.backward(tensor(numbers.path("dy")));
      assertThat(builder.parameters()).hasSize(numbers.path("params").size());
      for (Map.Entry<String, JsonNode> expected : numbers.path("gradients").properties()) {
        Parameter parameter = builder.parameters().get(expected.getKey());
        assertClose("gradient of " + parameter.name(), parameter.gradient(), expected.getValue());
      }
      return dx;
    }
  }
}
