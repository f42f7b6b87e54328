package org.medvilam.imaging.volume;

/**
 * A place or a step in three dimensions: of the world in millimetres, or of voxel indices.
 *
 * @param x first coordinate: to the left in world coordinates, {@code i} in indices
 * @param y second coordinate: to the back in world coordinates, {@code j} in indices
 * @param z third coordinate: upwards in world coordinates, {@code k} in indices
 */
public record Vector3(double x, double y, double z) {
  /** Makes every zero positive, so that equal vectors are equal. */
  public Vector3 {
    x += 0.0;
    y += 0.0;
    z += 0.0;
  }

  /** Returns the sum with another vector. */
  public Vector3 plus(Vector3 o) {
    return new Vector3(x + o.x, y + o.y, z + o.z);
  }

  /** Returns the difference to another vector. */
  public Vector3 minus(Vector3 o) {
    return new Vector3(x - o.x, y - o.y, z - o.z);
  }

  /** Returns a multiple of this vector. */
  public Vector3 times(double factor) {
    return new Vector3(factor * x, factor * y, factor * z);
  }

  /** Returns the scalar product with another vector. */
  public double dot(Vector3 o) {
    return x * o.x + y * o.y + z * o.z;
  }

  /** Returns the vector product with another vector. */
  public Vector3 cross(Vector3 o) {
    return new Vector3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
  }

  /** Returns the length. */
  public double length() {
    return Math.sqrt(dot(this));
  }

  /** Returns coordinate 0, 1 or 2. */
  double get(int axis) {
    return axis == 0 ? x : axis == 1 ? y : z;
  }
}
