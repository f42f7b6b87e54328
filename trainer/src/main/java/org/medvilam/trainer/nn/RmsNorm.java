package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Divides each row by its root mean square, then scales it. */
final class RmsNorm implements Layer {
  private final Parameter weight;
  private final double epsilon;

  RmsNorm(Parameter weight, double epsilon) {
    this.weight = weight;
    this.epsilon = epsilon;
  }

  /** Returns the type of the rows. */
  DataType type() {
    return weight.value().dataType();
  }

  @Override
  public Pass forward(INDArray x) {
    INDArray square = x.mul(x).mean(true, 1);
    INDArray inverse = Transforms.sqrt(square.addi(epsilon), false).rdivi(1);
    INDArray unit = x.mulColumnVector(inverse);
    INDArray y = unit.mulRowVector(weight.value());
    return new Pass(y, dy -> backward(unit, inverse, dy));
  }

  private INDArray backward(INDArray unit, INDArray inverse, INDArray dy) {
    if (weight.trainable()) {
      weight.gradient().addi(dy.mul(unit).sum(0));
    }
    INDArray scaled = dy.mulRowVector(weight.value());
    INDArray projection = scaled.mul(unit).mean(true, 1);
    return scaled.subi(unit.mulColumnVector(projection)).muliColumnVector(inverse);
  }
}
