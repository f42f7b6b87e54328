package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code down(silu(gate(x)) * up(x))}, the feed-forward layer of LLaMA. */
record SwiGlu(Linear gate, Linear up, Linear down) implements Layer {
  @Override
  public Pass forward(INDArray x) {
    Pass gated = gate.forward(x);
    Pass raised = up.forward(x);
    INDArray g = gated.output();
    INDArray sigmoid = Ops.sigmoid(g);
    INDArray silu = g.mul(sigmoid);
    Pass lowered = down.forward(silu.mul(raised.output()));
    return new Pass(
        lowered.output(),
        dy -> {
          INDArray inner = lowered.backward(dy);
          INDArray dx = raised.backward(inner.mul(silu));
          INDArray slope = sigmoid.rsub(1).muli(g).addi(1).muli(sigmoid);
          return dx.addi(gated.backward(slope.muli(raised.output()).muli(inner)));
        });
  }
}
