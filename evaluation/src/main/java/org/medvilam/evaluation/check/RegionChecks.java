package org.medvilam.evaluation.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridBox3d;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.geometry.RingCrossing;
import org.medvilam.records.geometry.RingOverlap;

/** Looks at boxes, outlines and points, in the grid and in pixels. */
final class RegionChecks {
  /** A shift of one step takes a third of the overlap of a box this thin. */
  private static final int THIN = 5;

  private static final double HUGE = 0.9;

  /** What adding width to a corner may round to. */
  private static final double ROUNDING = 1e-6;

  private final Tally tally;
  private final double minIou;

  RegionChecks(Tally tally, double minIou) {
    this.tally = tally;
    this.minIou = minIou;
  }

  void look(InstructionRecord r) {
    r.boxes().forEach(b -> look(r, b));
    r.boxes3d().forEach(b -> look(r, b));
    r.points().forEach(p -> inGrid(r, "point", p.x(), p.y()));
    nativeBoxes(r);
    for (int i = 0; i < r.polygons().size(); i++) {
      outline(r, i);
    }
  }

  private void look(InstructionRecord r, GridBox b) {
    inGrid(r, "box", b.x1(), b.y1(), b.x2(), b.y2());
    double area = b.toBox().area();
    sides(r, area > 0, b.x2() - b.x1(), b.y2() - b.y1());
    tally.examined(Check.HUGE_BOX);
    double share = area / ((double) Grid.MAX * Grid.MAX);
    if (share > HUGE) {
      String percent = String.format(Locale.ROOT, "%.0f", 100 * share);
      tally.found(Check.HUGE_BOX, r.id(), "covers " + percent + " % of the picture");
    }
  }

  private void look(InstructionRecord r, GridBox3d b) {
    inGrid(r, "3D box", b.x1(), b.y1(), b.z1(), b.x2(), b.y2(), b.z2());
    int w = b.x2() - b.x1();
    int h = b.y2() - b.y1();
    int d = b.z2() - b.z1();
    sides(r, w > 0 && h > 0 && d > 0, w, h, d);
  }

  private void sides(InstructionRecord r, boolean solid, int... sides) {
    tally.examined(Check.EMPTY_BOX);
    tally.examined(Check.THIN_BOX);
    int least = Math.min(sides[0], sides[1]);
    if (sides.length > 2) {
      least = Math.min(least, sides[2]);
    }
    if (!solid) {
      tally.found(Check.EMPTY_BOX, r.id(), "expected an area, found a side of " + least);
    } else if (least < THIN) {
      tally.found(Check.THIN_BOX, r.id(), "a side of %d thousandths".formatted(least));
    }
  }

  private void inGrid(InstructionRecord r, String what, int... coordinates) {
    tally.examined(Check.OUTSIDE);
    for (int v : coordinates) {
      if (v < 0 || v > Grid.MAX) {
        tally.found(Check.OUTSIDE, r.id(), "%s: expected 0 to 1000, found %d".formatted(what, v));
        return;
      }
    }
  }

  private void nativeBoxes(InstructionRecord r) {
    Media m = r.media();
    if (m.width() == null || m.height() == null) {
      return;
    }
    for (Box b : r.nativeRegions().boxes()) {
      tally.examined(Check.OUTSIDE);
      boolean inside = within(b.x1(), b.x2(), m.width()) && within(b.y1(), b.y2(), m.height());
      if (!inside) {
        outside(r, "%dx%d pixels".formatted(m.width(), m.height()), b);
      }
    }
    for (Box3d b : r.nativeRegions().boxes3d()) {
      tally.examined(Check.OUTSIDE);
      boolean inside = within(b.x1(), b.x2(), m.width()) && within(b.y1(), b.y2(), m.height());
      if (!inside || m.depth() != null && !within(b.z1(), b.z2(), m.depth())) {
        outside(r, "%dx%dx%s voxels".formatted(m.width(), m.height(), m.depth()), b);
      }
    }
  }

  private void outside(InstructionRecord r, String frame, Record box) {
    tally.found(Check.OUTSIDE, r.id(), "expected a box within %s, found %s".formatted(frame, box));
  }

  private static boolean within(double low, double high, double size) {
    return low >= -ROUNDING && high <= size + ROUNDING;
  }

  private void outline(InstructionRecord r, int index) {
    List<GridPoint> points = r.polygons().get(index);
    int[] flat = points.stream().flatMapToInt(p -> IntStream.of(p.x(), p.y())).toArray();
    inGrid(r, "outline", flat);
    Ring ring = Grid.toPixels(points, Grid.MAX, Grid.MAX);
    tally.examined(Check.COUNTER_CLOCKWISE_POLYGON);
    if (ring.signedArea() < 0) {
      tally.found(
          Check.COUNTER_CLOCKWISE_POLYGON,
          r.id(),
          "outline %d runs counter-clockwise on screen".formatted(index + 1));
    }
    tally.examined(Check.CROSSING_POLYGON);
    if (RingCrossing.crosses(ring)) {
      tally.found(Check.CROSSING_POLYGON, r.id(), "outline %d crosses itself".formatted(index + 1));
    }
    covering(r, index, points);
  }

  private void covering(InstructionRecord r, int index, List<GridPoint> points) {
    Media m = r.media();
    List<Ring> natives = r.nativeRegions().polygons();
    if (tally.skips(Check.UNDER_COVERING_POLYGON)
        || m.width() == null
        || m.height() == null
        || index >= natives.size()) {
      return;
    }
    tally.examined(Check.UNDER_COVERING_POLYGON);
    double iou = RingOverlap.iou(Grid.toPixels(points, m.width(), m.height()), natives.get(index));
    if (iou < minIou) {
      tally.found(
          Check.UNDER_COVERING_POLYGON,
          r.id(),
          String.format(
              Locale.ROOT,
              "outline %d: expected IoU %.2f with the native outline, found %.3f",
              index + 1,
              minIou,
              iou));
    }
  }
}
