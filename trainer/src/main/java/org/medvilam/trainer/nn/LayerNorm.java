package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Normalises each row to mean 0 and variance 1, then scales and shifts it. */
final class LayerNorm implements Layer {
  private final Parameter weight;
  private final Parameter bias;
  private final double epsilon;

  LayerNorm(Parameter weight, Parameter bias, double epsilon) {
    this.weight = weight;
    this.bias = bias;
    this.epsilon = epsilon;
  }

  @Override
  public Pass forward(INDArray x) {
    INDArray unit = x.subColumnVector(x.mean(true, 1));
    INDArray variance = unit.mul(unit).mean(true, 1);
    INDArray inverse = Transforms.sqrt(variance.addi(epsilon), false).rdivi(1);
    unit.muliColumnVector(inverse);
    INDArray y = unit.mulRowVector(weight.value()).addiRowVector(bias.value());
    return new Pass(y, dy -> backward(unit, inverse, dy));
  }

  private INDArray backward(INDArray unit, INDArray inverse, INDArray dy) {
    if (weight.trainable()) {
      weight.gradient().addi(dy.mul(unit).sum(0));
    }
    if (bias.trainable()) {
      bias.gradient().addi(dy.sum(0));
    }
    INDArray scaled = dy.mulRowVector(weight.value());
    INDArray projection = scaled.mul(unit).mean(true, 1);
    INDArray mean = scaled.mean(true, 1);
    return scaled
        .subiColumnVector(mean)
        .subi(unit.mulColumnVector(projection))
        .muliColumnVector(inverse);
  }
}
