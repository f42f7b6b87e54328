package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A named tensor of the network, frozen unless it has been given a gradient. */
public final class Parameter {
  private final String name;
  private final INDArray value;
  private INDArray gradient;

  Parameter(String name, INDArray value) {
    this.name = name;
    this.value = value;
  }

  /** Returns the tensor's name in a checkpoint. */
  public String name() {
    return name;
  }

  /** Returns the tensor itself; training changes it in place. */
  public INDArray value() {
    return value;
  }

  /** Returns the accumulated gradient, in the shape of the value. */
  public INDArray gradient() {
    if (gradient == null) {
      throw new IllegalStateException(name + " is frozen and has no gradient");
    }
    return gradient;
  }

  /** Returns the bytes of the value, as it is kept. */
  public long bytes() {
    return value.length() * value.dataType().width();
  }

  /** Returns whether gradients reach this tensor. */
  public boolean trainable() {
    return gradient != null;
  }

  void setTrainable(boolean trainable) {
    if (trainable == trainable()) {
      return;
    }
    gradient =
        trainable ? Scratch.outside(() -> Nd4j.create(value.dataType(), value.shape(), 'c')) : null;
  }
}
