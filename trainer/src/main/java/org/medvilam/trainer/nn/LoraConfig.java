package org.medvilam.trainer.nn;

/**
 * Low-rank additions to the decoder's query and value projections (Hu et al., LoRA, 2021): {@code W
 * + (alpha / rank) B A}.
 *
 * @param rank the rows of A and columns of B; 0 for no addition
 * @param alpha the strength of the addition
 */
public record LoraConfig(int rank, double alpha) {
  /** No additions. */
  public static final LoraConfig NONE = new LoraConfig(0, 0);

  /** Checks the ranges. */
  public LoraConfig {
    if (rank < 0) {
      throw new IllegalArgumentException("LoRA's rank must not be negative, but was: " + rank);
    }
    if (rank > 0 && !(alpha > 0)) {
      throw new IllegalArgumentException("LoRA's alpha must be positive, but was: " + alpha);
    }
  }

  /** Tells whether a tensor belongs to an addition, by its name. */
  public static boolean isPart(String tensor) {
    return tensor.endsWith(LowRank.DOWN + ".weight") || tensor.endsWith(LowRank.UP + ".weight");
  }
}
