package org.medvilam.trainer.nn;

import java.util.Collection;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear reading of each patch's feature: whether an object covers the patch, where that object's
 * edges are, and how it looks. It exists during pre-training only, to get localisation off its
 * plateau and to give words something to name.
 */
public final class PatchHead {
  private static final int EDGES = 4;

  /** Edges 0..1 are learnt as 0..4, so that both losses start at the same order. */
  private static final double EDGE_SCALE = 4;

  /** How much an empty patch must know of the nearest object, beside 1 for a covered patch. */
  private static final double UNCOVERED = 0.1;

  /** The weight of looks beside that of places. */
  private static final double LOOK = 0.5;

  private final Builder builder;
  private final Linear occupancy;
  private final Linear edges;
  private final Linear looks;

  /**
   * Makes a trainable head.
   *
   * @param width the width of features
   * @param kinds the number of looks told apart
   * @param source where its tensors come from
   */
  public PatchHead(int width, int kinds, TensorSource source) {
    builder = new Builder(source);
    occupancy = builder.linear("patch.occupancy", 1, width, true);
    edges = builder.linear("patch.edges", EDGES, width, true);
    looks = builder.linear("patch.looks", kinds, width, true);
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
   * @param covered the covered part of each patch [rows, 1]
   * @param places the edges x1, y1, x2, y2 of the object on or next to each patch, 0..1 [rows, 4]
   * @param shown the covered part of each patch under the look of its object, all zero where that
   *     is not known [rows, looks]
   * @param weight the weight of the loss in the gradients
   * @return the unweighted loss and the weighted gradient of the features
   */
  public CrossEntropy apply(
      INDArray features, INDArray covered, INDArray places, INDArray shown, double weight) {
    Pass read = occupancy.forward(features);
    CrossEntropy binary = CrossEntropy.binary(read.output(), covered);
    INDArray dFeatures = read.backward(binary.gradient().muli(weight));
    Pass placed = edges.forward(features);
    INDArray error = placed.output().sub(places.mul(EDGE_SCALE));
    INDArray share = covered.add(UNCOVERED);
    share.divi(share.sumNumber());
    INDArray weighted = error.mulColumnVector(share);
    double square = weighted.mul(error).sumNumber().doubleValue() / EDGES;
    dFeatures.addi(placed.backward(weighted.muli(2 * weight / EDGES)));
    double named = look(features, shown, weight, dFeatures);
    return new CrossEntropy(binary.loss() + square + named, dFeatures);
  }

  private double look(INDArray features, INDArray shown, double weight, INDArray dFeatures) {
    double known = shown.sumNumber().doubleValue();
    if (known == 0) {
      return 0;
    }
    Pass read = looks.forward(features);
    CrossEntropy named = CrossEntropy.weighted(read.output(), shown.div(known));
    dFeatures.addi(read.backward(named.gradient().muli(LOOK * weight)));
    return LOOK * named.loss();
  }
}
