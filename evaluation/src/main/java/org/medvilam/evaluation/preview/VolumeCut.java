package org.medvilam.evaluation.preview;

import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox3d;

/**
 * A slice of a volume that a page shows.
 *
 * @param axis {@code axial}, {@code coronal} or {@code sagittal}
 * @param index 0-based position along that axis of the volume in orientation LPS
 */
public record VolumeCut(String axis, int index) implements Comparable<VolumeCut> {
  /** The orientation that volumes are cut in. */
  public static final String ORIENTATION = "LPS";

  private static final String AXIAL = "axial";
  private static final String CORONAL = "coronal";
  private static final String SAGITTAL = "sagittal";

  /** Enough to see where a box begins and ends, few enough for a page of many volumes. */
  private static final int AXIAL_SLICES = 9;

  private static final Comparator<VolumeCut> ORDER =
      Comparator.comparing(VolumeCut::axis).thenComparing(VolumeCut::index);

  @Override
  public int compareTo(VolumeCut other) {
    return ORDER.compare(this, other);
  }

  /**
   * Returns the slices that show the 3D boxes of a record: of each, nine axial ones at most, from
   * the one below the box to the one above it, and one of each other axis through its middle. A
   * record of a volume without boxes is shown as if one box were the volume; any other has none.
   */
  static SortedSet<VolumeCut> of(InstructionRecord r) {
    SortedSet<VolumeCut> cuts = new TreeSet<>();
    Media m = r.media();
    if (m.type() != MediaType.VOLUME
        || m.width() == null
        || m.height() == null
        || m.depth() == null) {
      return cuts;
    }
    GridBox3d all = new GridBox3d(0, 0, 0, Grid.MAX, Grid.MAX, Grid.MAX);
    for (GridBox3d box : r.boxes3d().isEmpty() ? List.of(all) : r.boxes3d()) {
      addAxial(cuts, box, m.depth());
      cuts.add(new VolumeCut(CORONAL, middle(box.y1(), box.y2(), m.height())));
      cuts.add(new VolumeCut(SAGITTAL, middle(box.x1(), box.x2(), m.width())));
    }
    return cuts;
  }

  private static void addAxial(SortedSet<VolumeCut> cuts, GridBox3d box, int depth) {
    int below = Math.max(0, after(box.z1(), depth) - 1);
    int above = Math.min(depth - 1, after(box.z2(), depth));
    int n = Math.min(AXIAL_SLICES, above - below + 1);
    for (int i = 0; i < n; i++) {
      int step = n == 1 ? 0 : Math.round((float) i * (above - below) / (n - 1));
      cuts.add(new VolumeCut(AXIAL, below + step));
    }
    cuts.add(new VolumeCut(AXIAL, middle(box.z1(), box.z2(), depth)));
  }

  /** Returns the first slice whose middle is not before an edge in the grid. */
  private static int after(int edge, int size) {
    return (int) Math.ceil((double) edge * size / Grid.MAX - 0.5);
  }

  private static int middle(int low, int high, int size) {
    return Math.min(size - 1, (low + high) * size / (2 * Grid.MAX));
  }
}
