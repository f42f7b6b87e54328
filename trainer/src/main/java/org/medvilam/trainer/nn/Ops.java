package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Dense arithmetic on row-major arrays.
 *
 * <p>The matrix products hand BLAS the column-major views of row-major operands, so nothing is
 * copied: {@code Y = X Wᵀ} is computed as {@code Yᵀ = W Xᵀ}.
 */
final class Ops {
  private Ops() {}

  static INDArray uninitialised(DataType type, long... shape) {
    return Nd4j.createUninitialized(type, shape, 'c');
  }

  static INDArray zeros(DataType type, long... shape) {
    return Nd4j.create(type, shape, 'c');
  }

  /** Returns {@code x wᵀ} for x [m, k] and w [n, k]; w may be kept in less precision than x. */
  static INDArray timesTransposed(INDArray x, INDArray w) {
    if (w.dataType() != x.dataType()) {
      try (INDArray expanded = expanded(w, x.dataType())) {
        return timesTransposed(x, expanded);
      }
    }
    INDArray y = uninitialised(x.dataType(), x.rows(), w.rows());
    Nd4j.gemm(w, x.transpose(), y.transpose(), false, false, 1, 0);
    return y;
  }

  /** Returns {@code x w} for x [m, n] and w [n, k]; w may be kept in less precision than x. */
  static INDArray times(INDArray x, INDArray w) {
    if (w.dataType() != x.dataType()) {
      try (INDArray expanded = expanded(w, x.dataType())) {
        return times(x, expanded);
      }
    }
    INDArray y = uninitialised(x.dataType(), x.rows(), w.columns());
    Nd4j.gemm(w.transpose(), x.transpose(), y.transpose(), false, false, 1, 0);
    return y;
  }

  /** Returns a copy that its user frees at once, so that no more than one is there. */
  private static INDArray expanded(INDArray w, DataType type) {
    return Scratch.outside(() -> w.castTo(type));
  }

  /** Adds {@code dyᵀ x} to {@code gradient} for dy [m, n], x [m, k], gradient [n, k]. */
  static void addOuter(INDArray gradient, INDArray dy, INDArray x) {
    Nd4j.gemm(x.transpose(), dy, gradient.transpose(), false, false, 1, 1);
  }

  /** Returns the batched product of [b, ., .] arrays, each side transposed when asked. */
  static INDArray batched(INDArray a, INDArray b, boolean transposeA, boolean transposeB) {
    long rows = a.size(transposeA ? 2 : 1);
    long columns = b.size(transposeB ? 1 : 2);
    INDArray out = uninitialised(a.dataType(), a.size(0), rows, columns);
    return Nd4j.matmul(a, b, out, transposeA, transposeB, false);
  }

  /** Replaces {@code scores} by their softmax along the last dimension. */
  static INDArray softmaxInPlace(INDArray scores) {
    Nd4j.exec(new SoftMax(scores, scores, -1));
    return scores;
  }

  /** Returns the gradient of a softmax given its result and the gradient of that result. */
  static INDArray softmaxGradient(INDArray probabilities, INDArray gradient) {
    long columns = probabilities.size(-1);
    INDArray p = probabilities.reshape('c', probabilities.length() / columns, columns);
    INDArray dp = gradient.reshape('c', p.rows(), columns);
    INDArray inner = dp.mul(p).sum(true, 1);
    return dp.subColumnVector(inner).muli(p).reshape('c', probabilities.shape());
  }

  /** Returns {@code table[rows[i]]} for each i, as [rows.length, columns]. */
  static INDArray gatherRows(INDArray table, int[] rows) {
    INDArray out = uninitialised(table.dataType(), rows.length, table.columns());
    INDArray index = Nd4j.createFromArray(rows);
    Nd4j.exec(
        DynamicCustomOp.builder("gather")
            .addInputs(table, index)
            .addOutputs(out)
            .addIntegerArguments(0)
            .build());
    return out;
  }

  /** Adds {@code updates[i]} to {@code table[rows[i]]}; rows may repeat. */
  static void scatterAddRows(INDArray table, int[] rows, INDArray updates) {
    INDArray index = Nd4j.createFromArray(rows);
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_add")
            .addInputs(table, index, updates)
            .addOutputs(table)
            .build());
  }

  static INDArray sigmoid(INDArray x) {
    return Transforms.sigmoid(x, true);
  }

  /** Returns a contiguous row-major copy with its axes in the given order. */
  static INDArray permuted(INDArray x, long[] shape, int[] axes, long... result) {
    return x.reshape('c', shape).permute(axes).dup('c').reshape('c', result);
  }
}
