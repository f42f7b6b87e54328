package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The mean cross-entropy between target distributions and the softmax of scores.
 *
 * @param loss the mean over the rows, in nats
 * @param gradient its gradient for the scores
 */
public record CrossEntropy(double loss, INDArray gradient) {
  private static final double TINY = 1e-30;

  /**
   * Computes loss and gradient.
   *
   * @param scores [rows, classes]
   * @param targets [rows, classes], each row summing to one
   */
  public static CrossEntropy of(INDArray scores, INDArray targets) {
    INDArray p = Ops.softmaxInPlace(scores.dup('c'));
    long rows = scores.rows();
    double loss = sum(p, targets) / rows;
    return new CrossEntropy(loss, p.subi(targets).divi(rows));
  }

  /**
   * Computes the weighted sum of the rows' cross-entropies.
   *
   * @param scores [rows, classes]
   * @param targets [rows, classes], each row summing to its weight, which may be zero
   */
  public static CrossEntropy weighted(INDArray scores, INDArray targets) {
    INDArray p = Ops.softmaxInPlace(scores.dup('c'));
    double loss = sum(p, targets);
    return new CrossEntropy(loss, p.muliColumnVector(targets.sum(true, 1)).subi(targets));
  }

  private static double sum(INDArray p, INDArray targets) {
    return -Transforms.log(p.add(TINY), false).muli(targets).sumNumber().doubleValue();
  }

  /**
   * Computes the mean binary cross-entropy of independent scores.
   *
   * @param scores [rows, 1]
   * @param targets [rows, 1], between 0 and 1
   */
  public static CrossEntropy binary(INDArray scores, INDArray targets) {
    INDArray p = Ops.sigmoid(scores);
    INDArray yes = Transforms.log(p.add(TINY), false).muli(targets);
    INDArray no = Transforms.log(p.rsub(1).addi(TINY), false).muli(targets.rsub(1));
    double loss = -yes.addi(no).sumNumber().doubleValue() / scores.length();
    return new CrossEntropy(loss, p.subi(targets).divi(scores.length()));
  }
}
