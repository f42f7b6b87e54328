package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Picks the tokens of one answer, one after the other. */
@FunctionalInterface
public interface TokenChoice {
  /**
   * Picks the next token; it has been written when this is called again.
   *
   * @param scores the score of every token [1, vocabulary]
   */
  int next(INDArray scores);

  /** Returns the choice of the likeliest token each time. */
  static TokenChoice likeliest() {
    return scores -> scores.argMax(1).getInt(0);
  }
}
