package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rotary positions for the rows of one forward pass: the pair (x[i], x[i + d/2]) of a head of width
 * d turns by the angle position * base^(-2i/d).
 */
final class Turn {
  private final int width;
  private final INDArray cos;
  private final INDArray sin;
  private final INDArray swap;
  private final INDArray swapBack;

  /**
   * Prepares the angles.
   *
   * @param width the width of a head, even
   * @param base the base of the frequencies
   * @param groups how many times the positions of {@code span} repeat in the rows
   * @param span the positions
   * @param type the data type of the rows
   */
  Turn(int width, double base, int groups, Span span, DataType type) {
    this.width = width;
    double[] cosines = new double[groups * span.length() * width];
    double[] sines = new double[cosines.length];
    for (int i = 0; i < width; i++) {
      double frequency = Math.pow(base, -2.0 * (i % (width / 2)) / width);
      for (int row = 0; row < groups * span.length(); row++) {
        double angle = (span.offset() + row % span.length()) * frequency;
        cosines[row * width + i] = Math.cos(angle);
        sines[row * width + i] = Math.sin(angle);
      }
    }
    cos = Nd4j.create(cosines, new long[] {cosines.length}, 'c').castTo(type);
    sin = Nd4j.create(sines, new long[] {sines.length}, 'c').castTo(type);
    swap = swap(width, 1).castTo(type);
    swapBack = swap(width, -1).castTo(type);
  }

  /** Turns the rows of x [b, groups * length, width]. */
  Pass apply(INDArray x) {
    INDArray y = scaled(x, cos).addi(scaled(product(x, swap), sin));
    return new Pass(y, dy -> scaled(dy, cos).addi(product(scaled(dy, sin), swapBack)));
  }

  private static INDArray scaled(INDArray x, INDArray row) {
    return x.reshape('c', x.size(0), row.length()).mulRowVector(row).reshape('c', x.shape());
  }

  private INDArray product(INDArray x, INDArray matrix) {
    return Ops.times(x.reshape('c', x.length() / width, width), matrix).reshape('c', x.shape());
  }

  /** Returns the matrix S for which x S = sign * (-x[d/2..], x[..d/2]); S for -1 undoes S for 1. */
  private static INDArray swap(int width, int sign) {
    int half = width / 2;
    double[] values = new double[width * width];
    for (int i = 0; i < half; i++) {
      values[(i + half) * width + i] = -sign;
      values[i * width + i + half] = sign;
    }
    return Nd4j.create(values, new long[] {width, width}, 'c');
  }
}
