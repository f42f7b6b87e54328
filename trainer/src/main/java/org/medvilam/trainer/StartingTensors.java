package org.medvilam.trainer;

import org.medvilam.trainer.nn.NetworkConfig;
import org.medvilam.trainer.nn.RandomTensors;
import org.medvilam.trainer.nn.TensorSource;
import org.medvilam.trainer.text.Tokenizer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The tensors that pre-training starts from: random, but coordinates and patch positions start as
 * waves of many lengths, so that neighbours are alike from the first step.
 */
final class StartingTensors implements TensorSource {
  private static final double COORDINATE_SIZE = 0.2;
  private static final double POSITION_SIZE = 0.5;

  /** The longest and the shortest wave, in parts of the whole range. */
  private static final double LONGEST = 4;

  private static final double SHORTEST = 0.04;

  private final RandomTensors random;
  private final NetworkConfig network;

  StartingTensors(NetworkConfig network, long seed) {
    this.network = network;
    random = new RandomTensors(seed, DataType.FLOAT);
  }

  @Override
  public INDArray tensor(String name, Initial initial, long... shape) {
    INDArray tensor = random.tensor(name, initial, shape);
    if (name.endsWith("embed_tokens.weight")) {
      for (int n = 0; n <= Tokenizer.LARGEST_COORDINATE; n++) {
        double place = (double) n / Tokenizer.LARGEST_COORDINATE;
        double[] waves = waves(place, (int) shape[1], COORDINATE_SIZE);
        put(tensor, Tokenizer.FIRST_COORDINATE + n, 0, waves);
      }
    } else if (name.endsWith("position_embedding.weight")) {
      int patches = network.vision().patches();
      int side = network.vision().imageSize() / network.vision().patchSize();
      int half = (int) shape[1] / 2;
      for (int p = 0; p < patches; p++) {
        int row = (int) shape[0] - patches + p;
        int line = p / side;
        put(tensor, row, 0, waves((p % side + 0.5) / side, half, POSITION_SIZE));
        put(tensor, row, half, waves((line + 0.5) / side, half, POSITION_SIZE));
      }
    }
    return tensor;
  }

  /** Returns sines and cosines of a place 0..1, from the longest wave to the shortest. */
  private static double[] waves(double place, int count, double size) {
    double[] waves = new double[count];
    int pairs = Math.max(1, count / 2);
    for (int i = 0; i < count; i++) {
      double length = LONGEST * Math.pow(SHORTEST / LONGEST, (i % pairs) / (double) pairs);
      double angle = 2 * Math.PI * place / length;
      waves[i] = size * (i < pairs ? Math.sin(angle) : Math.cos(angle));
    }
    return waves;
  }

  private static void put(INDArray tensor, int row, int from, double[] values) {
    for (int i = 0; i < values.length; i++) {
      tensor.putScalar(row, from + i, values[i]);
    }
  }
}
