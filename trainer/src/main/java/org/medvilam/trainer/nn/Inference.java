package org.medvilam.trainer.nn;

/**
 * The network as it is used once it is trained: features of pictures, and answers. No tensor of it
 * may change meanwhile.
 *
 * <p>May be used by several threads at once, but not while it is closed.
 */
public interface Inference extends AutoCloseable {
  /**
   * Computes the vision encoder's features.
   *
   * @param pictures row-major pixels of each, values 0..1
   * @return features [pictures * patches, vision width] row-major
   */
  float[] encode(float[]... pictures);

  /**
   * Writes a continuation, token by token.
   *
   * @param features one picture's features [patches, vision width] row-major
   * @param instruction the instruction's tokens, at least one
   * @param end the token that ends an answer
   * @param limit the most tokens to write
   * @param choice picks each token
   * @return the tokens before {@code end}
   */
  int[] generate(float[] features, int[] instruction, int end, int limit, TokenChoice choice);

  /** Tells whether several threads that use it at once are served sooner. */
  boolean isParallel();

  @Override
  void close();
}
