package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = x Wᵀ + b} with W [out, in] and an optional b [out]. */
final class Linear implements Layer {
  private final Parameter weight;
  private final Parameter bias;

  /** Makes the layer; {@code bias} is null where there is none. */
  Linear(Parameter weight, Parameter bias) {
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public Pass forward(INDArray x) {
    INDArray y = Ops.timesTransposed(x, weight.value());
    if (bias != null) {
      y.addiRowVector(bias.value());
    }
    return new Pass(y, dy -> backward(x, dy));
  }

  private INDArray backward(INDArray x, INDArray dy) {
    accumulate(x, dy);
    return Ops.times(dy, weight.value());
  }

  /** Adds to the gradients of weight and bias without computing the input's gradient. */
  void accumulate(INDArray x, INDArray dy) {
    if (weight.trainable()) {
      Ops.addOuter(weight.gradient(), dy, x);
    }
    if (bias != null && bias.trainable()) {
      bias.gradient().addi(dy.sum(0));
    }
  }
}
