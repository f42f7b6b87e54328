package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Two linear layers with an activation between them. */
record Mlp(Linear first, Activation activation, Linear second) implements Layer {
  @Override
  public Pass forward(INDArray x) {
    Pass inner = first.forward(x);
    Pass active = activation.apply(inner.output());
    Pass outer = second.forward(active.output());
    return new Pass(outer.output(), dy -> inner.backward(active.backward(outer.backward(dy))));
  }
}
