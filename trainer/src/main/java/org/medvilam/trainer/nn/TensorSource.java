package org.medvilam.trainer.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Where a network takes its tensors from: a checkpoint, or a seeded generator. */
@FunctionalInterface
public interface TensorSource {
  /**
   * Returns a new row-major tensor.
   *
   * @param name the tensor's name
   * @param initial how a fresh tensor of this kind starts
   * @param shape the shape it must have
   */
  INDArray tensor(String name, Initial initial, long... shape);

  /** How a fresh tensor starts. */
  enum Initial {
    /** Normal with standard deviation 1/sqrt(inputs). */
    MATRIX,
    /** Normal with standard deviation 0.1. */
    TABLE,
    /** All zero. */
    ZEROS,
    /** All one. */
    ONES
  }
}
