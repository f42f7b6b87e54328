package org.medvilam.trainer.nn;

/**
 * The shape of the language decoder, in LLaMA's layout.
 *
 * @param vocabulary the number of tokens
 * @param width the width of an embedding
 * @param layers the number of blocks
 * @param heads the query heads of a block
 * @param keyValueHeads the key and value heads, a divisor of {@code heads}
 * @param hidden the inner width of a block's feed-forward layer
 * @param tiedHead whether the output layer is the embedding table
 * @param ropeBase the base of the rotary frequencies
 * @param epsilon added to mean squares
 */
public record DecoderConfig(
    int vocabulary,
    int width,
    int layers,
    int heads,
    int keyValueHeads,
    int hidden,
    boolean tiedHead,
    double ropeBase,
    double epsilon) {
  /** Checks that heads tile the width in even parts and key heads tile the heads. */
  public DecoderConfig {
    if (heads < 1 || width % (2 * heads) != 0) {
      throw new IllegalArgumentException(
          heads + " heads do not cut the width " + width + " into even parts");
    }
    if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          keyValueHeads + " key heads do not divide " + heads + " heads");
    }
  }

  /** Returns the width of one head. */
  public int headWidth() {
    return width / heads;
  }
}
