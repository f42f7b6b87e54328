package org.medvilam.records.export;

import java.util.ArrayList;
import java.util.List;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Ring;

/**
 * What one annotation marks: a box with the outlines that belong to it.
 *
 * @param box the box in pixels
 * @param outlines whole outlines in pixels, or none
 */
record CocoRegion(Box box, List<Ring> outlines) {

  /**
   * Puts the boxes and outlines of one picture and label together.
   *
   * <p>Records list them apart, but every outline came with a box of its label. An outline goes
   * with the box that covers the largest share of its bounds, the smallest of several; where there
   * is no box, because localization was not asked for, it stands in its bounds.
   */
  static List<CocoRegion> of(List<Box> boxes, List<Ring> outlines) {
    if (boxes.isEmpty()) {
      return outlines.stream().map(r -> new CocoRegion(r.bounds(), List.of(r))).toList();
    }
    List<CocoRegion> regions =
        boxes.stream().map(b -> new CocoRegion(b, new ArrayList<>())).toList();
    for (Ring outline : outlines) {
      CocoRegion best = regions.get(0);
      for (CocoRegion region : regions) {
        if (region.fits(outline, best)) {
          best = region;
        }
      }
      best.outlines.add(outline);
    }
    return regions;
  }

  private boolean fits(Ring outline, CocoRegion other) {
    int byShare = Double.compare(covered(outline.bounds()), other.covered(outline.bounds()));
    return byShare > 0 || byShare == 0 && box.area() < other.box.area();
  }

  private double covered(Box bounds) {
    Box both =
        new Box(
            Math.max(box.x1(), bounds.x1()),
            Math.max(box.y1(), bounds.y1()),
            Math.min(box.x2(), bounds.x2()),
            Math.min(box.y2(), bounds.y2()));
    return both.area();
  }

  /** Returns the area of the outlines, or of the box where there is none, in square pixels. */
  double area() {
    return outlines.isEmpty()
        ? box.area()
        : outlines.stream().mapToDouble(r -> Math.abs(r.signedArea())).sum();
  }

  /** Returns {@code [x, y, width, height]}, so that adding gives the far corner to the last bit. */
  List<Double> bbox() {
    return List.of(box.x1(), box.y1(), extent(box.x1(), box.x2()), extent(box.y1(), box.y2()));
  }

  private static double extent(double from, double to) {
    double size = to - from;
    for (double near : new double[] {size, Math.nextUp(size), Math.nextDown(size)}) {
      if (from + near == to) {
        return near;
      }
    }
    return size;
  }
}
