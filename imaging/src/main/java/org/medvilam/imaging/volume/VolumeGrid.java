package org.medvilam.imaging.volume;

import java.util.List;

/**
 * How many voxels a volume has and where they lie in the patient.
 *
 * <p>World coordinates are millimetres in LPS: x grows to the patient's left, y to the back, z
 * upwards. The centre of voxel (i, j, k) lies at {@code origin + i di + j dj + k dk}.
 *
 * <p>Indices are those of the formats' owners: the <em>centre</em> of voxel i is at index i, and
 * the volume reaches from -0.5 to ni - 0.5. The toolkit's regions are in the voxel-<em>edge</em>
 * frame, where voxel i covers [i, i + 1): a place at index p of this grid is at {@code p + 0.5} of
 * a {@link org.medvilam.records.geometry.Box3d}.
 *
 * @param ni number of voxels along the first index, which grows fastest on disk
 * @param nj number of voxels along the second index
 * @param nk number of voxels along the third index, which grows slowest on disk
 * @param origin world position of the centre of voxel (0, 0, 0)
 * @param di step in the world from a voxel to the next along i
 * @param dj step in the world from a voxel to the next along j
 * @param dk step in the world from a voxel to the next along k
 */
public record VolumeGrid(
    int ni, int nj, int nk, Vector3 origin, Vector3 di, Vector3 dj, Vector3 dk) {
  /** The least volume of the cell of three unit steps: below, they lie in a plane. */
  private static final double FLAT = 1e-6;

  /** Checks that there are voxels and that the three steps span the space. */
  public VolumeGrid {
    if (ni < 1 || nj < 1 || nk < 1) {
      throw new IllegalArgumentException(
          "sizes must be positive, but were: %d, %d, %d".formatted(ni, nj, nk));
    }
    double volume = Math.abs(di.cross(dj).dot(dk)) / (di.length() * dj.length() * dk.length());
    boolean finite = Double.isFinite(origin.x() + origin.y() + origin.z());
    if (!(finite && volume > FLAT && volume < 2)) {
      throw new IllegalArgumentException(
          "origin and steps must be finite and the steps must span the space, but were: %s; %s %s %s"
              .formatted(origin, di, dj, dk));
    }
  }

  /** Returns the number of voxels along index 0, 1 or 2. */
  int size(int axis) {
    return axis == 0 ? ni : axis == 1 ? nj : nk;
  }

  /** Returns the step along index 0, 1 or 2. */
  Vector3 step(int axis) {
    return axis == 0 ? di : axis == 1 ? dj : dk;
  }

  /** Returns the distances of neighbouring centres along i, j and k in millimetres. */
  public List<Double> spacing() {
    return List.of(di.length(), dj.length(), dk.length());
  }

  /**
   * Returns where i, j and k grow to: three letters of L or R, P or A, S or I, each world axis
   * once.
   *
   * <p>Where the axes are oblique, the letters are those of the closest upright volume: the one
   * whose axes have the greatest sum of cosines with them.
   */
  public String orientation() {
    return AxisOrder.of(this).letters();
  }

  /**
   * Returns the same voxels, numbered so that i grows to the left, j to the back and k upwards, as
   * nearly as their axes do: orientation {@code LPS}. Axes are exchanged and turned round; no voxel
   * moves in the world.
   */
  public VolumeGrid canonical() {
    return AxisOrder.of(this).canonical(this);
  }

  /** Returns the world position in millimetres of a place given in continuous voxel indices. */
  public Vector3 worldOf(Vector3 index) {
    return origin.plus(di.times(index.x())).plus(dj.times(index.y())).plus(dk.times(index.z()));
  }

  /** Returns the continuous voxel indices of a world position in millimetres. */
  public Vector3 indexOf(Vector3 world) {
    Vector3 at = world.minus(origin);
    double volume = di.dot(dj.cross(dk));
    return new Vector3(
        at.dot(dj.cross(dk)) / volume,
        at.dot(dk.cross(di)) / volume,
        at.dot(di.cross(dj)) / volume);
  }
}
