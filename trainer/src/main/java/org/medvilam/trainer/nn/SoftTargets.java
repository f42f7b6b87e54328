package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Target distributions in which a token of an ordered range spreads over its neighbours by a normal
 * curve, so that a near miss costs less than a far one.
 *
 * @param first the first token of the range
 * @param last the last token of the range
 * @param sigma the deviation in tokens; 0 leaves all targets sharp
 */
public record SoftTargets(int first, int last, double sigma) {
  /** Leaves all targets sharp. */
  public static SoftTargets sharp() {
    return new SoftTargets(0, -1, 0);
  }

  /** Returns the distributions of tokens: [tokens.length, vocabulary]. */
  public INDArray of(int[] tokens, int vocabulary, DataType type) {
    float[] values = new float[tokens.length * vocabulary];
    double[] curve = curve();
    for (int row = 0; row < tokens.length; row++) {
      int token = tokens[row];
      if (sigma > 0 && token >= first && token <= last) {
        double sum = 0;
        for (int t = first; t <= last; t++) {
          sum += curve[Math.abs(t - token)];
        }
        for (int t = first; t <= last; t++) {
          values[row * vocabulary + t] = (float) (curve[Math.abs(t - token)] / sum);
        }
      } else {
        values[row * vocabulary + token] = 1;
      }
    }
    return Nd4j.create(values, new long[] {tokens.length, vocabulary}, 'c').castTo(type);
  }

  private double[] curve() {
    double[] curve = new double[Math.max(0, last - first + 1)];
    for (int d = 0; d < curve.length; d++) {
      curve[d] = sigma > 0 ? Math.exp(-0.5 * d * d / (sigma * sigma)) : 0;
    }
    return curve;
  }
}
