package org.medvilam.imaging.volume;

import java.util.List;

/**
 * Which index axis of a volume runs closest to which world axis, and which way.
 *
 * @param axes index axis for world axis x, y and z
 * @param backwards whether that index grows to the right, the front or the feet
 */
record AxisOrder(List<Integer> axes, List<Boolean> backwards) {
  private static final int[][] PERMUTATIONS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };
  private static final String FORWARDS = "LPS";
  private static final String BACKWARDS = "RAI";

  /** Finds the order with the greatest sum of cosines; of equal ones the first in a fixed list. */
  static AxisOrder of(VolumeGrid grid) {
    int[] best = PERMUTATIONS[0];
    double most = -1;
    for (int[] axes : PERMUTATIONS) {
      double sum = 0;
      for (int world = 0; world < 3; world++) {
        sum += Math.abs(cosine(grid, axes[world], world));
      }
      if (sum > most) {
        most = sum;
        best = axes;
      }
    }
    return new AxisOrder(
        List.of(best[0], best[1], best[2]),
        List.of(
            cosine(grid, best[0], 0) < 0,
            cosine(grid, best[1], 1) < 0,
            cosine(grid, best[2], 2) < 0));
  }

  private static double cosine(VolumeGrid grid, int axis, int world) {
    Vector3 step = grid.step(axis);
    return step.get(world) / step.length();
  }

  /** Returns where each index axis grows to. */
  String letters() {
    char[] letters = new char[3];
    for (int world = 0; world < 3; world++) {
      letters[axes.get(world)] = (backwards.get(world) ? BACKWARDS : FORWARDS).charAt(world);
    }
    return new String(letters);
  }

  VolumeGrid canonical(VolumeGrid grid) {
    Vector3 origin = grid.origin();
    for (int world = 0; world < 3; world++) {
      if (backwards.get(world)) {
        int axis = axes.get(world);
        origin = origin.plus(grid.step(axis).times(grid.size(axis) - 1));
      }
    }
    return new VolumeGrid(
        grid.size(axes.get(0)),
        grid.size(axes.get(1)),
        grid.size(axes.get(2)),
        origin,
        step(grid, 0),
        step(grid, 1),
        step(grid, 2));
  }

  private Vector3 step(VolumeGrid grid, int world) {
    Vector3 step = grid.step(axes.get(world));
    return backwards.get(world) ? step.times(-1) : step;
  }
}
