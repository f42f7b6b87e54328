package org.medvilam.imaging.volume;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.medvilam.records.geometry.Box3d;

/**
 * Voxels and where they lie in the patient.
 *
 * <p>Voxels are kept as stored, in their own type and byte order; a value is made when it is asked
 * for. Views share the voxels.
 */
public final class Volume {
  private final VolumeGrid grid;
  private final VoxelType type;
  private final ByteBuffer voxels;
  private final double[] slopes;
  private final double[] intercepts;

  /** Voxels of a stored slice: which slope applies follows from the position. */
  private final int perSlice;

  private final int first;
  private final int stepI;
  private final int stepJ;
  private final int stepK;

  private Volume(Volume stored, VolumeGrid grid, int first, int stepI, int stepJ, int stepK) {
    this.grid = grid;
    this.type = stored.type;
    this.voxels = stored.voxels;
    this.slopes = stored.slopes;
    this.intercepts = stored.intercepts;
    this.perSlice = stored.perSlice;
    this.first = first;
    this.stepI = stepI;
    this.stepJ = stepJ;
    this.stepK = stepK;
  }

  private Volume(
      VolumeGrid grid, VoxelType type, ByteBuffer voxels, double[] slopes, double[] intercepts) {
    long expected = (long) grid.ni() * grid.nj() * grid.nk() * type.bytes();
    if (voxels.limit() != expected) {
      throw new IllegalArgumentException(
          "voxels must be %d x %d x %d of %s = %d bytes, but were: %d"
              .formatted(grid.ni(), grid.nj(), grid.nk(), type, expected, voxels.limit()));
    }
    boolean scaled =
        slopes.length == intercepts.length && (slopes.length == 1 || slopes.length == grid.nk());
    if (!scaled) {
      throw new IllegalArgumentException(
          "slopes and intercepts must be one, or one for each of %d slices, but were: %d and %d"
              .formatted(grid.nk(), slopes.length, intercepts.length));
    }
    this.grid = grid;
    this.type = type;
    this.voxels = voxels;
    this.slopes = slopes;
    this.intercepts = intercepts;
    this.perSlice = grid.ni() * grid.nj();
    this.first = 0;
    this.stepI = 1;
    this.stepJ = grid.ni();
    this.stepK = perSlice;
  }

  /**
   * Wraps voxels whose values are what is stored.
   *
   * @param grid number and place of the voxels
   * @param type how each is stored
   * @param voxels from index 0 to the limit, i fastest, in the buffer's byte order; not copied
   */
  public static Volume of(VolumeGrid grid, VoxelType type, ByteBuffer voxels) {
    return new Volume(grid, type, voxels, new double[] {1}, new double[] {0});
  }

  /**
   * Wraps voxels whose values are {@code slope * stored + intercept}, as in DICOM series, where
   * each slice has its own.
   *
   * @param grid number and place of the voxels
   * @param type how each is stored
   * @param voxels from index 0 to the limit, i fastest, in the buffer's byte order; not copied
   * @param slopes one for the volume, or one for each k
   * @param intercepts as many as slopes
   */
  public static Volume of(
      VolumeGrid grid, VoxelType type, ByteBuffer voxels, double[] slopes, double[] intercepts) {
    return new Volume(grid, type, voxels, slopes.clone(), intercepts.clone());
  }

  /** Returns number and place of the voxels. */
  public VolumeGrid grid() {
    return grid;
  }

  /** Returns how each voxel is stored. */
  public VoxelType type() {
    return type;
  }

  /** Returns the value of a voxel: what is stored, after slope and intercept where it has any. */
  public double value(int i, int j, int k) {
    return valueAt(position(i, j, k));
  }

  /**
   * Returns the stored integer of a voxel, before slope and intercept; exact where {@link #value}
   * cannot be, in integers of 64 bits.
   *
   * @throws UnsupportedOperationException if voxels are no integers
   */
  public long stored(int i, int j, int k) {
    return type.getLong(voxels, position(i, j, k));
  }

  private int position(int i, int j, int k) {
    return first
        + Objects.checkIndex(i, grid.ni()) * stepI
        + Objects.checkIndex(j, grid.nj()) * stepJ
        + Objects.checkIndex(k, grid.nk()) * stepK;
  }

  private double valueAt(int position) {
    int slice = slopes.length == 1 ? 0 : position / perSlice;
    return slopes[slice] * type.get(voxels, position) + intercepts[slice];
  }

  /**
   * Returns the same voxels on the grid of orientation LPS, {@link VolumeGrid#canonical}. Nothing
   * is copied and nothing resampled.
   */
  public Volume canonical() {
    AxisOrder order = AxisOrder.of(grid);
    int at = first;
    int[] steps = new int[3];
    for (int world = 0; world < 3; world++) {
      int axis = order.axes().get(world);
      int step = axis == 0 ? stepI : axis == 1 ? stepJ : stepK;
      boolean backwards = order.backwards().get(world);
      steps[world] = backwards ? -step : step;
      at += backwards ? step * (grid.size(axis) - 1) : 0;
    }
    return new Volume(this, order.canonical(grid), at, steps[0], steps[1], steps[2]);
  }

  /**
   * Returns the box of the voxels whose value is inside, in the voxel-edge frame of this volume:
   * its upper edges lie one past the last such voxels. Empty where there is none.
   */
  public Optional<Box3d> box(DoublePredicate inside) {
    int[] low = {grid.ni(), grid.nj(), grid.nk()};
    int[] high = {0, 0, 0};
    for (int k = 0; k < grid.nk(); k++) {
      for (int j = 0; j < grid.nj(); j++) {
        int at = first + j * stepJ + k * stepK;
        for (int i = 0; i < grid.ni(); i++, at += stepI) {
          if (inside.test(valueAt(at))) {
            int[] voxel = {i, j, k};
            for (int axis = 0; axis < 3; axis++) {
              low[axis] = Math.min(low[axis], voxel[axis]);
              high[axis] = Math.max(high[axis], voxel[axis] + 1);
            }
          }
        }
      }
    }
    return high[0] == 0
        ? Optional.empty()
        : Optional.of(new Box3d(low[0], low[1], low[2], high[0], high[1], high[2]));
  }

  /**
   * Returns a slice of the canonical volume, as it is looked at; see {@link SliceAxis} for the
   * sides.
   *
   * @param axis the way it is cut
   * @param index 0-based position in the canonical volume, below {@link SliceAxis#count}
   */
  public Slice slice(SliceAxis axis, int index) {
    Volume lps = canonical();
    Objects.checkIndex(index, axis.count(lps.grid));
    int width = axis.width(lps.grid);
    int height = axis.height(lps.grid);
    double[] values = new double[width * height];
    int across = axis == SliceAxis.SAGITTAL ? lps.stepJ : lps.stepI;
    int down = axis == SliceAxis.AXIAL ? lps.stepJ : -lps.stepK;
    int top =
        switch (axis) {
          case AXIAL -> lps.position(0, 0, index);
          case CORONAL -> lps.position(0, index, height - 1);
          case SAGITTAL -> lps.position(index, 0, height - 1);
        };
    for (int y = 0; y < height; y++) {
      int at = top + y * down;
      for (int x = 0; x < width; x++) {
        values[y * width + x] = lps.valueAt(at);
        at += across;
      }
    }
    return new Slice(axis, index, width, height, values);
  }
}
