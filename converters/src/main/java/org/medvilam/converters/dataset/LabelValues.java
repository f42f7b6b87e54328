package org.medvilam.converters.dataset;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.imaging.volume.Volume;
import org.medvilam.imaging.volume.VolumeGrid;

/**
 * The different values of a volume of labels, with the number of voxels of each.
 *
 * <p>Labels stored as fractions count as whole where they lie within a thousandth of one.
 *
 * @param voxels number of voxels by value; cut off after one more than {@link #MOST}
 */
record LabelValues(SortedMap<Double, Long> voxels) {
  /** The most values that labels have; a picture has more. */
  static final int MOST = 64;

  private static final double NEAR = 1e-3;

  static LabelValues of(Volume labels) {
    SortedMap<Double, Long> voxels = new TreeMap<>();
    VolumeGrid grid = labels.grid();
    double last = Double.NaN;
    long run = 0;
    for (int k = 0; k < grid.nk() && voxels.size() <= MOST; k++) {
      for (int j = 0; j < grid.nj() && voxels.size() <= MOST; j++) {
        for (int i = 0; i < grid.ni(); i++) {
          double value = labels.value(i, j, k);
          if (Double.compare(value, last) != 0 && run > 0) {
            voxels.merge(last, run, Long::sum);
            run = 0;
          }
          last = value;
          run++;
        }
      }
    }
    voxels.merge(last, run, Long::sum);
    return new LabelValues(voxels);
  }

  /** Tells whether a voxel's value is a label. */
  static boolean is(double value, int label) {
    return Math.abs(value - label) < NEAR;
  }

  boolean tooMany() {
    return voxels.size() > MOST;
  }

  boolean isOne() {
    return voxels.size() == 1;
  }

  /** Tells whether there are two values, one apart. */
  boolean areTwo() {
    return voxels.size() == 2 && Math.abs(voxels.lastKey() - voxels.firstKey() - 1) < NEAR;
  }

  double least() {
    return voxels.firstKey();
  }

  /** Returns the values that are neither 0 nor one of some labels. */
  SortedMap<Double, Long> others(Set<Integer> labels) {
    SortedMap<Double, Long> others = new TreeMap<>(voxels);
    others.keySet().removeIf(v -> is(v, 0) || labels.stream().anyMatch(l -> is(v, l)));
    return others;
  }

  String words() {
    return "%d from %s to %s".formatted(voxels.size(), voxels.firstKey(), voxels.lastKey());
  }
}
