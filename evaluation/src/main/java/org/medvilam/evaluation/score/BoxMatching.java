package org.medvilam.evaluation.score;

import blogspot.software_and_algorithms.stern_library.optimization.HungarianAlgorithm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * Matches predicted regions one-to-one to true ones so that the total IoU is largest.
 *
 * <p>The assignment is optimal (Kuhn-Munkres), not greedy: a prediction is never spent on a target
 * where another sharing-out would give more overlap in all.
 */
public final class BoxMatching {
  private static final double HIT = 0.5;

  private BoxMatching() {}

  /** Counts the IoUs that are hits, 0.5 or more. */
  public static int hits(List<Double> ious) {
    return (int) ious.stream().filter(iou -> iou >= HIT).count();
  }

  /**
   * Returns the IoU that each true region reached, in their order; 0 where nothing matched.
   *
   * @param truth true regions
   * @param predicted predicted regions, any number of them
   * @param iou the overlap of a predicted and a true region
   */
  public static <T> List<Double> ious(
      List<T> truth, List<T> predicted, ToDoubleBiFunction<T, T> iou) {
    if (truth.isEmpty() || predicted.isEmpty()) {
      return Collections.nCopies(truth.size(), 0.0);
    }
    double[][] cost = new double[truth.size()][predicted.size()];
    for (int t = 0; t < truth.size(); t++) {
      for (int p = 0; p < predicted.size(); p++) {
        cost[t][p] = 1 - iou.applyAsDouble(predicted.get(p), truth.get(t));
      }
    }
    int[] matched = new HungarianAlgorithm(cost).execute();
    List<Double> ious = new ArrayList<>(truth.size());
    for (int t = 0; t < truth.size(); t++) {
      int p = matched[t];
      ious.add(p < 0 ? 0.0 : iou.applyAsDouble(predicted.get(p), truth.get(t)));
    }
    return List.copyOf(ious);
  }
}
