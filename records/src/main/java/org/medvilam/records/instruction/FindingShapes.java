package org.medvilam.records.instruction;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.records.Finding;
import org.medvilam.records.Media;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskOutlines;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Outline;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;

/**
 * The boxes and outlines of one finding, checked and clamped.
 *
 * <p>The owner's own box is the box of a finding; where there is none, or it covers nothing, the
 * bounds of the outlines are.
 */
final class FindingShapes {
  final Finding finding;
  final List<Box> boxes = new ArrayList<>();
  final List<Ring> outlines = new ArrayList<>();
  final List<Box3d> boxes3d = new ArrayList<>();
  final List<Point> points = new ArrayList<>();
  final List<GeometryException> problems = new ArrayList<>();
  int specks;
  long speckPixels;
  long holePixels;

  private FindingShapes(Finding finding) {
    this.finding = finding;
  }

  static FindingShapes of(Finding finding, Media media, int minComponent) {
    FindingShapes shapes = new FindingShapes(finding);
    List<Box> bounds = new ArrayList<>();
    for (Region region : finding.regions()) {
      shapes.add(region, media, minComponent, bounds);
    }
    if (shapes.boxes.isEmpty()) {
      shapes.boxes.addAll(bounds);
    }
    return shapes;
  }

  /** Tells whether nothing of the finding can be used. */
  boolean isEmpty() {
    return boxes.isEmpty() && outlines.isEmpty() && boxes3d.isEmpty() && points.isEmpty();
  }

  private void add(Region region, Media media, int minComponent, List<Box> bounds) {
    try {
      if (region instanceof Box box) {
        boxes.add(box.clampTo(media.width(), media.height()));
      } else if (region instanceof Box3d box) {
        boxes3d.add(box.clampTo(media.width(), media.height(), media.depth()));
      } else if (region instanceof Polygon polygon) {
        addRings(polygon, media, bounds);
      } else if (region instanceof MaskRegion mask) {
        addMask(mask, media, minComponent, bounds);
      } else if (region instanceof Point point) {
        addPoint(point, media);
      }
    } catch (GeometryException e) {
      problems.add(e);
    }
  }

  private void addRings(Polygon polygon, Media media, List<Box> bounds) {
    Box around = null;
    for (Ring ring : polygon.rings()) {
      try {
        Ring canonical = ring.canonical();
        Box box = canonical.bounds().clampTo(media.width(), media.height());
        outlines.add(canonical);
        around = around == null ? box : around.union(box);
      } catch (GeometryException e) {
        problems.add(e);
      }
    }
    if (around != null) {
      bounds.add(around);
    }
  }

  private void addMask(MaskRegion region, Media media, int minComponent, List<Box> bounds) {
    Mask mask = region.mask();
    if (mask.width() != media.width() || mask.height() != media.height()) {
      throw new GeometryException(
          "size-mismatch",
          "expected a mask of the image's %dx%d pixels, found %dx%d"
              .formatted(media.width(), media.height(), mask.width(), mask.height()));
    }
    MaskOutlines traced = MaskOutlines.trace(mask, minComponent);
    specks += traced.dropped();
    speckPixels += traced.droppedPixels();
    if (traced.outlines().isEmpty()) {
      throw new GeometryException(
          "empty-mask",
          "expected a component of at least %d pixels, found %d foreground pixels"
              .formatted(minComponent, traced.droppedPixels()));
    }
    Box around = null;
    for (Outline outline : traced.outlines()) {
      outlines.add(outline.ring());
      holePixels += outline.holePixels();
      around =
          around == null || region.instances() ? outline.bounds() : around.union(outline.bounds());
      if (region.instances()) {
        bounds.add(around);
      }
    }
    if (!region.instances()) {
      bounds.add(around);
    }
  }

  private void addPoint(Point point, Media media) {
    boolean inside =
        point.x() >= 0
            && point.y() >= 0
            && point.x() <= media.width()
            && point.y() <= media.height();
    if (!inside) {
      throw new GeometryException(
          "point-outside",
          "expected a point of the %dx%d image, found [%s, %s]"
              .formatted(media.width(), media.height(), point.x(), point.y()));
    }
    points.add(point);
  }
}
