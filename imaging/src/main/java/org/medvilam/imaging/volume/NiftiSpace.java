package org.medvilam.imaging.volume;

/**
 * Where the voxels of a NIfTI file lie: by the rows of the sform, else by the quaternion of the
 * qform, else by the spacing alone, as nibabel chooses.
 *
 * @param path file, for messages
 * @param unit length of the header's unit in millimetres
 */
record NiftiSpace(String path, double unit) {
  /** Places voxels by three rows of an affine matrix (method 3 of the standard). */
  VolumeGrid ofRows(int ni, int nj, int nk, double[] rows) {
    return grid(ni, nj, nk, column(rows, 3), column(rows, 0), column(rows, 1), column(rows, 2));
  }

  private static Vector3 column(double[] rows, int column) {
    return new Vector3(rows[column], rows[4 + column], rows[8 + column]);
  }

  /**
   * Places voxels by a rotation (method 2 of the standard).
   *
   * @param turn b, c and d of the unit quaternion and the position of the first voxel
   * @param flipped whether the third axis is turned round
   * @param epsilon precision of the stored numbers: b, c, d may be longer than 1 by three of it
   */
  VolumeGrid ofQuaternion(
      int ni, int nj, int nk, double[] turn, double[] spacing, boolean flipped, double epsilon) {
    double b = turn[0];
    double c = turn[1];
    double d = turn[2];
    double rest = 1 - (b * b + c * c + d * d);
    if (!(rest > -3 * epsilon)) {
      throw UnreadableVolumeException.broken(
          path, "expected a unit quaternion, found %s %s %s".formatted(b, c, d));
    }
    double a = rest < 3 * epsilon ? 0 : Math.sqrt(rest);
    double s = 2 / (a * a + b * b + c * c + d * d);
    Vector3 i = new Vector3(1 - s * (c * c + d * d), s * (b * c + a * d), s * (b * d - a * c));
    Vector3 j = new Vector3(s * (b * c - a * d), 1 - s * (b * b + d * d), s * (c * d + a * b));
    Vector3 k = new Vector3(s * (b * d + a * c), s * (c * d - a * b), 1 - s * (b * b + c * c));
    return grid(
        ni,
        nj,
        nk,
        new Vector3(turn[3], turn[4], turn[5]),
        i.times(spacing[0]),
        j.times(spacing[1]),
        k.times(flipped ? -spacing[2] : spacing[2]));
  }

  /** Places voxels around the origin, i growing to the left, as Analyze files do. */
  VolumeGrid ofSpacing(int ni, int nj, int nk, double[] spacing) {
    Vector3 centre = new Vector3((ni - 1) / 2.0, (nj - 1) / 2.0, (nk - 1) / 2.0);
    return grid(
        ni,
        nj,
        nk,
        new Vector3(centre.x() * spacing[0], -centre.y() * spacing[1], -centre.z() * spacing[2]),
        new Vector3(-spacing[0], 0, 0),
        new Vector3(0, spacing[1], 0),
        new Vector3(0, 0, spacing[2]));
  }

  private VolumeGrid grid(
      int ni, int nj, int nk, Vector3 origin, Vector3 di, Vector3 dj, Vector3 dk) {
    return VolumeFile.grid(path, ni, nj, nk, lps(origin), lps(di), lps(dj), lps(dk));
  }

  private Vector3 lps(Vector3 ras) {
    return new Vector3(-unit * ras.x(), -unit * ras.y(), unit * ras.z());
  }
}
