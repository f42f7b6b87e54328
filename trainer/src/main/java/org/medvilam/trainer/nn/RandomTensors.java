package org.medvilam.trainer.nn;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Fresh tensors; a tensor depends on the seed and on its own name alone. */
public final class RandomTensors implements TensorSource {
  private final long seed;
  private final DataType type;

  /**
   * Makes a source of fresh tensors.
   *
   * @param seed the seed
   * @param type {@code FLOAT} or {@code DOUBLE}
   */
  public RandomTensors(long seed, DataType type) {
    this.seed = seed;
    this.type = type;
  }

  @Override
  public INDArray tensor(String name, Initial initial, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    double[] values = new double[Math.toIntExact(length)];
    double scale =
        switch (initial) {
          case MATRIX -> 1 / Math.sqrt((double) length / shape[0]);
          case TABLE -> 0.1;
          case ZEROS, ONES -> 0;
        };
    double offset = initial == Initial.ONES ? 1 : 0;
    Random random = new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    for (int i = 0; i < values.length; i++) {
      values[i] = offset + scale * random.nextGaussian();
    }
    return Nd4j.create(values, shape, 'c').castTo(type);
  }
}
