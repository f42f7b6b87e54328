package org.medvilam.trainer.nn;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer's forward pass gives: the output, and the backward pass for exactly this input.
 *
 * @param output the layer's output
 * @param backward from the gradient of the output to the gradient of the input; adds to the
 *     gradients of the layer's trainable parameters on the way
 */
record Pass(INDArray output, UnaryOperator<INDArray> backward) {
  INDArray backward(INDArray gradient) {
    return backward.apply(gradient);
  }
}
