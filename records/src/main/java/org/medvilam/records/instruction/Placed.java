package org.medvilam.records.instruction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Finding;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Ring;

/**
 * One region of a record, with the vertex that orders it; exactly one of the last four is there.
 *
 * @param first first vertex, the top-left corner of a box
 * @param finding the finding it belongs to
 * @param box a box in pixels
 * @param outline a canonical outline in pixels
 * @param box3d a box in voxels
 * @param point a point in pixels
 */
record Placed(
    Point first,
    Finding finding,
    @Nullable Box box,
    @Nullable Ring outline,
    @Nullable Box3d box3d,
    @Nullable Point point)
    implements Comparable<Placed> {
  private static final Comparator<Finding> BY_FINDING =
      Comparator.comparing(Finding::nativeLabel).thenComparing(f -> f.source().toString());

  /** Adds the regions of a finding that answer a task. */
  static void of(Task task, FindingShapes shapes, List<Placed> placed) {
    Finding f = shapes.finding;
    if (task == Task.SEGMENTATION) {
      shapes.outlines.forEach(r -> placed.add(new Placed(r.point(0), f, null, r, null, null)));
      return;
    }
    shapes.boxes.forEach(b -> placed.add(new Placed(b.corner(), f, b, null, null, null)));
    shapes.boxes3d.forEach(
        b -> placed.add(new Placed(new Point(b.x1(), b.y1()), f, null, null, b, null)));
    shapes.points.forEach(p -> placed.add(new Placed(p, f, null, null, null, p)));
  }

  /**
   * Orders by the first vertex; equal ones by every other vertex, then by native label and source,
   * so that no input order shows.
   */
  @Override
  public int compareTo(Placed other) {
    int byFirst = Point.BY_DISTANCE_FROM_ORIGIN.compare(first, other.first);
    if (byFirst != 0) {
      return byFirst;
    }
    int byRest = Arrays.compare(coordinates(), other.coordinates());
    return byRest != 0 ? byRest : BY_FINDING.compare(finding, other.finding);
  }

  private double[] coordinates() {
    if (box != null) {
      return new double[] {box.x2(), box.y2()};
    }
    if (box3d != null) {
      return new double[] {box3d.z1(), box3d.x2(), box3d.y2(), box3d.z2()};
    }
    return outline != null ? outline.flat() : new double[0];
  }
}
