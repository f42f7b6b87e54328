package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A pre-norm transformer block: {@code h = x + attend(n1(x))}, {@code y = h + feed(n2(h))}. */
record Block(Layer firstNorm, Attention attention, Layer secondNorm, Layer feedForward) {
  /**
   * Runs the block.
   *
   * @param x rows [batch * length, width]
   * @param places what the blocks of the tower share
   * @param cache the keys and values of earlier positions, or null
   */
  Pass forward(INDArray x, Places places, KeyValueCache.Entry cache) {
    Pass n1 = firstNorm.forward(x);
    Pass attended = attention.forward(n1.output(), places, cache);
    INDArray h = x.add(attended.output());
    Pass n2 = secondNorm.forward(h);
    Pass fed = feedForward.forward(n2.output());
    return new Pass(
        h.add(fed.output()),
        dy -> {
          INDArray dh = n2.backward(fed.backward(dy)).addi(dy);
          return n1.backward(attended.backward(dh)).addi(dh);
        });
  }
}
