package org.medvilam.records.geometry;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * An axis-aligned box of the voxel-edge frame, in the orientation its record states.
 *
 * @param x1 lower edge along the first axis in voxels
 * @param y1 lower edge along the second axis in voxels
 * @param z1 lower edge along the third axis in voxels
 * @param x2 upper edge along the first axis in voxels
 * @param y2 upper edge along the second axis in voxels
 * @param z2 upper edge along the third axis in voxels
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"x1", "y1", "z1", "x2", "y2", "z2"})
public record Box3d(double x1, double y1, double z1, double x2, double y2, double z2)
    implements Region {

  /** Returns the volume in cubic voxels, zero for an empty box. */
  public double volume() {
    return x2 > x1 && y2 > y1 && z2 > z1 ? (x2 - x1) * (y2 - y1) * (z2 - z1) : 0;
  }

  /**
   * Returns the part of this box inside a volume.
   *
   * @throws GeometryException {@code empty-box} if nothing of it lies inside
   */
  public Box3d clampTo(double width, double height, double depth) {
    Box3d clamped =
        new Box3d(
            clamp(x1, width),
            clamp(y1, height),
            clamp(z1, depth),
            clamp(x2, width),
            clamp(y2, height),
            clamp(z2, depth));
    if (!(clamped.volume() > 0)) {
      throw new GeometryException(
          "empty-box",
          "expected a box that covers part of the %sx%sx%s volume, found %s"
              .formatted(width, height, depth, this));
    }
    return clamped;
  }

  /** Returns the intersection over union with another box, 0 where neither has a volume. */
  public double iou(Box3d o) {
    double w = Math.min(x2, o.x2) - Math.max(x1, o.x1);
    double h = Math.min(y2, o.y2) - Math.max(y1, o.y1);
    double d = Math.min(z2, o.z2) - Math.max(z1, o.z1);
    if (!(w > 0 && h > 0 && d > 0)) {
      return 0;
    }
    double intersection = w * h * d;
    return intersection / (volume() + o.volume() - intersection);
  }

  private static double clamp(double v, double size) {
    return Math.max(0, Math.min(size, v));
  }
}
