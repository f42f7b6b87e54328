package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What all blocks of a tower share in one forward pass.
 *
 * @param span how the rows fall into sequences
 * @param mask the causal mask as a row [group * length * length], or null where all is seen
 * @param queryTurn the rotary positions of the queries, or null
 * @param keyTurn the rotary positions of the keys, or null
 */
record Places(Span span, INDArray mask, Turn queryTurn, Turn keyTurn) {
  private static final double MASKED = -1e9;

  /** Every row sees every row of its sequence; positions are in the rows themselves. */
  static Places open(Span span) {
    return new Places(span, null, null, null);
  }

  /** A row sees itself and those before it; positions are rotary. */
  static Places causal(Span span, DecoderConfig config, DataType type) {
    int group = config.heads() / config.keyValueHeads();
    int width = config.headWidth();
    return new Places(
        span,
        span.length() == 1 ? null : mask(group, span.length(), type),
        new Turn(width, config.ropeBase(), group, span, type),
        new Turn(width, config.ropeBase(), 1, span, type));
  }

  private static INDArray mask(int group, int length, DataType type) {
    double[] values = new double[group * length * length];
    for (int row = 0; row < group * length; row++) {
      for (int column = row % length + 1; column < length; column++) {
        values[row * length + column] = MASKED;
      }
    }
    return Nd4j.create(values, new long[] {values.length}, 'c').castTo(type);
  }
}
