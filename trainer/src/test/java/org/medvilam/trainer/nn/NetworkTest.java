package org.medvilam.trainer.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkTest {
  private static final int VOCABULARY = 11;

  private final Network network =
      new Network(
          new NetworkConfig(
              new VisionConfig(4, 2, 1, 8, 1, 2, 8, true, false, Activation.QUICK_GELU, 1e-5),
              new DecoderConfig(VOCABULARY, 8, 2, 4, 2, 8, false, 10_000, 1e-5)),
          (name, initial, shape) ->
              new RandomTensors(3, DataType.FLOAT).tensor(name, initial, shape).muli(3));

  private INDArray images() {
    float[] pixels = new float[16];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / 16f;
    }
    return network.project(network.encode(new float[][] {pixels}).output()).output();
  }

  @Test
  void testEveryAnswerCountsTheSame() {
    List<int[]> texts = List.of(new int[] {1, 2, 3}, new int[] {1, 2, 3, 4, 5});
    double[] weights = new TokenBatch(texts, new int[] {2, 1}).weights();
    assertThat(weights).containsExactly(0.5, 0.125, 0.125, 0.125, 0.125);
  }

  @Test
  void testCachedGenerationIsTheUncachedArgmax() {
    INDArray images = images();
    int[] prompt = {3, 4};
    int[] answer = network.generate(images, prompt, -1, 6);
    int[] text = Arrays.copyOf(prompt, prompt.length + answer.length);
    System.arraycopy(answer, 0, text, prompt.length, answer.length);
    INDArray scores =
        network.score(images, new TokenBatch(List.of(text), new int[] {prompt.length})).output();
    for (int i = 0; i < answer.length; i++) {
      assertThat(scores.getRow(i).argMax().getInt(0)).isEqualTo(answer[i]);
    }
  }

  @Test
  void testPaddingDoesNotChangeScores() {
    INDArray images = images();
    INDArray alone =
        network.score(images, new TokenBatch(List.of(new int[] {3, 5}), new int[] {1})).output();
    INDArray two = Nd4j.concat(0, images, images);
    INDArray padded =
        network
            .score(
                two,
                new TokenBatch(List.of(new int[] {3, 5}, new int[] {1, 2, 4, 6}), new int[] {1, 3}))
            .output();
    assertThat(padded.getRow(0).sub(alone.getRow(0)).amaxNumber().doubleValue()).isLessThan(1e-5);
  }

  @Test
  void testFrozenTensorsHaveNoGradient() {
    network.train(name -> name.startsWith(Network.PROJECTION));
    Network.Encoded images = network.project(images().dup());
    assertThat(network.parameters().values().stream().filter(Parameter::trainable).count())
        .isEqualTo(2);
    assertThat(images.backward(images.output())).isNull();
  }

  @Test
  void testFrozenEncoderKeepsNothingAndGivesTheSameFeatures() {
    float[][] pictures = {new float[16], new float[16]};
    pictures[1][3] = 1;
    INDArray frozen = network.encode(pictures).output();
    network.train(name -> true);
    assertThat(network.encode(pictures).output()).isEqualTo(frozen);
  }
}
