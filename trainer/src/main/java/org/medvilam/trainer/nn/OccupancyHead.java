package org.medvilam.trainer.nn;

import java.util.Collection;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear reading of "something lies here" from each patch's feature. It exists during
 * pre-training only, to get localisation off its plateau.
 */
public final class OccupancyHead {
  private final Builder builder;
  private final Linear linear;

  /** Makes a trainable head on features of the given width. */
  public OccupancyHead(int width, TensorSource source) {
    builder = new Builder(source);
    linear = builder.linear("occupancy", 1, width, true);
    parameters().forEach(p -> p.setTrainable(true));
  }

  /** Returns the head's own tensors. */
  public Collection<Parameter> parameters() {
    return builder.parameters().values();
  }

  /**
   * Computes the loss, adds to the head's gradients and gives the gradient of the features.
   *
   * @param features [rows, width]
   * @param occupancy [rows, 1], the covered part of each patch
   * @param weight the weight of the loss in the gradients
   * @return the unweighted loss and the weighted gradient of the features
   */
  public CrossEntropy apply(INDArray features, INDArray occupancy, double weight) {
    Pass pass = linear.forward(features);
    CrossEntropy loss = CrossEntropy.binary(pass.output(), occupancy);
    return new CrossEntropy(loss.loss(), pass.backward(loss.gradient().muli(weight)));
  }
}
