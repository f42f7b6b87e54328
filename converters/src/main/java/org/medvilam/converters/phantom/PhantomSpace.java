package org.medvilam.converters.phantom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.Volume;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.imaging.volume.VoxelType;
import org.medvilam.records.geometry.Box;

/** Voxels of a phantom in orientation LPS, to be stored in whatever order of axes. */
public final class PhantomSpace {
  /** The fewest pixels of a slice that records speak of. */
  private static final int LEAST_PIXELS = 10;

  private final int nx;
  private final int ny;
  private final int nz;
  private final double[] values;

  /** Makes a space of zeros. */
  public PhantomSpace(int nx, int ny, int nz) {
    this(nx, ny, nz, new double[nx * ny * nz]);
  }

  private PhantomSpace(int nx, int ny, int nz, double[] values) {
    this.nx = nx;
    this.ny = ny;
    this.nz = nz;
    this.values = values;
  }

  /**
   * Sets the voxels whose centres lie in an ellipsoid.
   *
   * @param centre its centre in continuous voxel indices
   * @param radius half its axes in voxels
   * @param value what the voxels become
   */
  public PhantomSpace ellipsoid(Vector3 centre, Vector3 radius, double value) {
    for (int at = 0; at < values.length; at++) {
      int row = at / nx;
      int slice = row / ny;
      double x = (at % nx - centre.x()) / radius.x();
      double y = (row % ny - centre.y()) / radius.y();
      double z = (slice - centre.z()) / radius.z();
      if (x * x + y * y + z * z <= 1) {
        values[at] = value;
      }
    }
    return this;
  }

  /** Returns another space whose values are made from these, x fastest. */
  public PhantomSpace map(DoubleUnaryOperator make) {
    double[] made = new double[values.length];
    for (int at = 0; at < made.length; at++) {
      made[at] = make.applyAsDouble(values[at]);
    }
    return new PhantomSpace(nx, ny, nz, made);
  }

  /** Returns another space whose values are greater by a number. */
  public PhantomSpace plus(double shift) {
    return map(v -> v + shift);
  }

  /**
   * Adds what axial slices show of a value, by media id {@code volume/axial/k}; a slice of fewer
   * than ten of its pixels shows nothing.
   *
   * @param volume media id of the volume
   * @param value the value
   * @param label its standard label
   * @param truth receives what is drawn
   */
  public void drawn(
      String volume, double value, String label, Map<String, List<PhantomTruth.Drawn>> truth) {
    for (int k = 0; k < nz; k++) {
      int[] box = {nx, ny, 0, 0};
      int pixels = 0;
      for (int at = k * nx * ny; at < (k + 1) * nx * ny; at++) {
        if (values[at] == value) {
          pixels++;
          int x = at % nx;
          int y = at / nx % ny;
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x + 1);
          box[3] = Math.max(box[3], y + 1);
        }
      }
      if (pixels >= LEAST_PIXELS) {
        truth
            .computeIfAbsent(volume + "/axial/" + k, id -> new ArrayList<>())
            .add(new PhantomTruth.Drawn(label, new Box(box[0], box[1], box[2], box[3])));
      }
    }
  }

  /**
   * Returns a grid for a space in an order of axes.
   *
   * @param letters where the three stored indices grow to, e.g. {@code RAS}
   * @param space gives the numbers of voxels
   * @param spacing size of a voxel in millimetres along x, y and z
   */
  public static VolumeGrid grid(String letters, PhantomSpace space, Vector3 spacing) {
    int[] sizes = {space.nx, space.ny, space.nz};
    double[] steps = {spacing.x(), spacing.y(), spacing.z()};
    double[] origin = {-40, -60, 10};
    int[] stored = new int[3];
    Vector3[] directions = new Vector3[3];
    for (int axis = 0; axis < 3; axis++) {
      char letter = letters.charAt(axis);
      int world = "LR".indexOf(letter) >= 0 ? 0 : "PA".indexOf(letter) >= 0 ? 1 : 2;
      boolean backwards = "RAI".indexOf(letter) >= 0;
      double step = backwards ? -steps[world] : steps[world];
      stored[axis] = sizes[world];
      directions[axis] =
          new Vector3(world == 0 ? step : 0, world == 1 ? step : 0, world == 2 ? step : 0);
      origin[world] += backwards ? steps[world] * (sizes[world] - 1) : 0;
    }
    return new VolumeGrid(
        stored[0],
        stored[1],
        stored[2],
        new Vector3(origin[0], origin[1], origin[2]),
        directions[0],
        directions[1],
        directions[2]);
  }

  /**
   * Returns the voxels in the order of a grid.
   *
   * @param type how they are stored
   * @param grid as {@link #grid} returns it
   */
  public Volume volume(VoxelType type, VolumeGrid grid) {
    VolumeGrid canonical = grid.canonical();
    ByteBuffer stored =
        ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (int k = 0; k < grid.nk(); k++) {
      for (int j = 0; j < grid.nj(); j++) {
        for (int i = 0; i < grid.ni(); i++) {
          Vector3 lps = canonical.indexOf(grid.worldOf(new Vector3(i, j, k)));
          int x = (int) Math.rint(lps.x());
          int y = (int) Math.rint(lps.y());
          int z = (int) Math.rint(lps.z());
          type.put(stored, at++, values[(z * ny + y) * nx + x]);
        }
      }
    }
    return Volume.of(grid, type, stored);
  }
}
