package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear layer with a low-rank addition: {@code y = x Wᵀ + scale (x Aᵀ) Bᵀ}.
 *
 * @param whole W [out, in]
 * @param down A [rank, in]
 * @param up B [out, rank], zero at first, so that the layer starts as W alone
 * @param scale alpha / rank
 */
record LowRank(Linear whole, Linear down, Linear up, double scale) implements Layer {
  /** What the names of the two small matrices end in, as the PEFT library has it. */
  static final String DOWN = ".lora_A";

  static final String UP = ".lora_B";

  @Override
  public Pass forward(INDArray x) {
    Pass plain = whole.forward(x);
    Pass lowered = down.forward(x);
    Pass raised = up.forward(lowered.output());
    return new Pass(
        plain.output().addi(raised.output().mul(scale)),
        dy -> {
          INDArray dx = plain.backward(dy);
          return dx.addi(lowered.backward(raised.backward(dy.mul(scale))));
        });
  }
}
