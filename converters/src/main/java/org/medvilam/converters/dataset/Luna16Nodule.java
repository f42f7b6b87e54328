package org.medvilam.converters.dataset;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.Problem;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.records.Finding;
import org.medvilam.records.Source;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.EllipseCurve;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;

/**
 * A nodule as the ball of its diameter, in a scan of orientation LPS with perpendicular axes.
 *
 * @param centre its point in the voxel-edge frame
 * @param radius half its diameter in voxels along each axis
 * @param source where its row stands
 */
record Luna16Nodule(Vector3 centre, Vector3 radius, Source source) {

  /** Returns why a row gives no nodule of a scan, or null. */
  static @Nullable Problem problem(Luna16Row row, VolumeGrid lps) {
    Vector3 at = of(row, lps).centre;
    boolean inside =
        at.x() >= 0
            && at.y() >= 0
            && at.z() >= 0
            && at.x() < lps.ni()
            && at.y() < lps.nj()
            && at.z() < lps.nk();
    if (!inside) {
      return new Problem(
          "point-outside",
          "expected a point of the scan's %dx%dx%d voxels, found [%.1f, %.1f, %.1f]"
              .formatted(lps.ni(), lps.nj(), lps.nk(), at.x(), at.y(), at.z()));
    }
    double pixel = Math.max(lps.spacing().get(0), lps.spacing().get(1));
    double width = Math.min(lps.ni() * lps.spacing().get(0), lps.nj() * lps.spacing().get(1));
    if (row.diameter() < pixel || row.diameter() > width) {
      return new Problem(
          "bad-diameter",
          "expected a diameter from a pixel to the width of the scan, %.2f to %.2f mm, found %s"
              .formatted(pixel, width, row.diameter()));
    }
    return null;
  }

  /** Returns the nodule of a row that has no {@link #problem}. */
  static Luna16Nodule of(Luna16Row row, VolumeGrid lps) {
    Vector3 index = lps.indexOf(new Vector3(row.x(), row.y(), row.z()));
    double r = row.diameter() / 2;
    return new Luna16Nodule(
        index.plus(new Vector3(0.5, 0.5, 0.5)),
        new Vector3(r / lps.spacing().get(0), r / lps.spacing().get(1), r / lps.spacing().get(2)),
        row.source());
  }

  /** Returns the axial slice that holds its point. */
  int slice() {
    return (int) centre.z();
  }

  /** Returns it as the cube of its diameter, which may reach out of the scan. */
  Finding cube() {
    Vector3 low = centre.minus(radius);
    Vector3 high = centre.plus(radius);
    return finding(new Box3d(low.x(), low.y(), low.z(), high.x(), high.y(), high.z()));
  }

  /**
   * Returns what an axial slice shows of it.
   *
   * <p>In the slice that holds its point, that is the circle of its diameter. In another it is the
   * circle in which the ball cuts the plane through the middle of the slice; nothing where they do
   * not meet, or in a circle that is narrower than a pixel.
   */
  Optional<Finding> circle(int k) {
    double height = k == slice() ? 0 : (k + 0.5 - centre.z()) / radius.z();
    double share = Math.sqrt(Math.max(0, 1 - height * height));
    double rx = share * radius.x();
    double ry = share * radius.y();
    if (Math.min(rx, ry) < 0.5) {
      return Optional.empty();
    }
    Point at = new Point(centre.x(), centre.y());
    return Optional.of(finding(Polygon.of(EllipseCurve.of(at, rx, ry, 0))));
  }

  private Finding finding(Region region) {
    return Finding.of(Luna16.LABEL, Luna16.NATIVE_LABEL, region, source);
  }
}
