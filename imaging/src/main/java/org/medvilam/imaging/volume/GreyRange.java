package org.medvilam.imaging.volume;

/**
 * The values of an MR volume that are shown as black and as white: the 0.5th and the 99.5th
 * percentile of the voxels that are not zero, as MedSAM takes them, to a 4,096th of their range.
 *
 * @param low shown as black
 * @param high shown as white, above {@code low}
 */
public record GreyRange(double low, double high) {
  private static final int BINS = 4096;
  private static final double CUT = 0.005;

  /** Measures a volume; of one value alone the range holds that value, 0 and 1. */
  public static GreyRange of(Volume volume) {
    double[] ends = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    visit(
        volume,
        v -> {
          ends[0] = Math.min(ends[0], v);
          ends[1] = Math.max(ends[1], v);
        });
    if (!(ends[1] > ends[0])) {
      double only = Double.isFinite(ends[0]) ? ends[0] : 1;
      return new GreyRange(Math.min(0, only), Math.max(1, only));
    }
    double width = (ends[1] - ends[0]) / BINS;
    long[] counts = new long[BINS];
    visit(volume, v -> counts[(int) Math.min(BINS - 1, (v - ends[0]) / width)]++);
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    int first = bin(counts, all * CUT);
    int last = Math.max(first, bin(counts, all * (1 - CUT)));
    return new GreyRange(ends[0] + first * width, ends[0] + (last + 1) * width);
  }

  private static int bin(long[] counts, double voxels) {
    long below = 0;
    for (int bin = 0; bin < BINS; bin++) {
      below += counts[bin];
      if (below > voxels) {
        return bin;
      }
    }
    return BINS - 1;
  }

  private interface ValueVisitor {
    void visit(double value);
  }

  private static void visit(Volume volume, ValueVisitor visitor) {
    VolumeGrid grid = volume.grid();
    for (int k = 0; k < grid.nk(); k++) {
      for (int j = 0; j < grid.nj(); j++) {
        for (int i = 0; i < grid.ni(); i++) {
          double value = volume.value(i, j, k);
          if (value != 0 && Double.isFinite(value)) {
            visitor.visit(value);
          }
        }
      }
    }
  }
}
