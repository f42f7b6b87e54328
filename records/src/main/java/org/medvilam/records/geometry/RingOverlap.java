package org.medvilam.records.geometry;

import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** Exact intersection over union of outlines, by JTS overlay; no raster is involved. */
public final class RingOverlap {
  private static final GeometryFactory FACTORY = new GeometryFactory();

  private RingOverlap() {}

  /** Returns the intersection over union of two outlines, 0 where they do not meet. */
  public static double iou(Ring a, Ring b) {
    return iou(List.of(a), List.of(b));
  }

  /**
   * Returns the intersection over union of two unions of outlines.
   *
   * <p>Self-crossing rings are mended first (even-odd areas kept), so that sampled outlines can be
   * compared too.
   */
  public static double iou(List<Ring> a, List<Ring> b) {
    Geometry left = union(a);
    Geometry right = union(b);
    double intersection = OverlayNGRobust.overlay(left, right, OverlayNG.INTERSECTION).getArea();
    double union = left.getArea() + right.getArea() - intersection;
    return union > 0 ? intersection / union : 0;
  }

  private static Geometry union(List<Ring> rings) {
    Geometry all = FACTORY.createPolygon();
    for (Ring ring : rings) {
      if (ring.size() >= 3) {
        Geometry part = GeometryFixer.fix(FACTORY.createPolygon(closed(ring)));
        all = OverlayNGRobust.overlay(all, part, OverlayNG.UNION);
      }
    }
    return all;
  }

  private static LinearRing closed(Ring ring) {
    Coordinate[] coordinates = new Coordinate[ring.size() + 1];
    for (int i = 0; i <= ring.size(); i++) {
      coordinates[i] = new Coordinate(ring.x(i % ring.size()), ring.y(i % ring.size()));
    }
    return FACTORY.createLinearRing(coordinates);
  }
}
