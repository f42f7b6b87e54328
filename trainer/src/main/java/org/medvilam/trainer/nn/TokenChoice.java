package org.medvilam.trainer.nn;

/** Picks the tokens of one answer, one after the other. */
@FunctionalInterface
public interface TokenChoice {
  /**
   * Picks the next token; it has been written when this is called again.
   *
   * @param scores the score of every token
   */
  int next(float[] scores);

  /** Returns the choice of the likeliest token each time. */
  static TokenChoice likeliest() {
    return scores -> {
      int best = 0;
      for (int token = 1; token < scores.length; token++) {
        best = scores[token] > scores[best] ? token : best;
      }
      return best;
    };
  }
}
