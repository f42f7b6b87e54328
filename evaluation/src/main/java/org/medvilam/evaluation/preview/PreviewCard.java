package org.medvilam.evaluation.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.report.Format;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Grid;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridBox3d;
import org.medvilam.records.geometry.GridPoint;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.geometry.RingOverlap;

/**
 * What the page knows of one record, or of one rejection.
 *
 * @param id the record's id, or the rejection's source
 * @param dataset the dataset
 * @param split the split, or empty
 * @param task the task; of a rejection its scope
 * @param label the label; of a rejection its reason
 * @param nativeLabel the owner's label
 * @param group the group
 * @param question the instruction
 * @param answer the answer; of a rejection its detail
 * @param width width of the image frame
 * @param height height of the image frame
 * @param depth slices of a volume, or null
 * @param slice the slice or frame that the record speaks of, or null
 * @param boxes boxes in the grid
 * @param outlines outlines in the grid, the start first
 * @param boxes3d 3D boxes in the grid
 * @param points points in the grid
 * @param natives native outlines as path data in pixels, of at most {@value #VERTICES} points each
 * @param ious IoU of each outline with its native one
 * @param area the regions' part of the picture, 0 to 1
 * @param picture number of the picture in the page
 * @param cuts slices of a volume that the page has
 * @param spacing size of a voxel in millimetres, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PreviewCard(
    String id,
    String dataset,
    String split,
    String task,
    String label,
    String nativeLabel,
    String group,
    String question,
    String answer,
    int width,
    int height,
    @Nullable Integer depth,
    @Nullable Integer slice,
    List<GridBox> boxes,
    List<List<GridPoint>> outlines,
    List<GridBox3d> boxes3d,
    List<GridPoint> points,
    List<String> natives,
    List<String> ious,
    double area,
    int picture,
    List<Cut> cuts,
    @Nullable List<Double> spacing) {
  private static final int VERTICES = 400;

  /** Rejected pictures are fitted into a frame of 4 : 3. */
  private static final int UNKNOWN = 100;

  /**
   * A slice of a volume.
   *
   * @param axis the axis it lies across
   * @param index 0-based position
   * @param picture number of the picture in the page
   */
  record Cut(String axis, int index, int picture) {}

  static PreviewCard of(InstructionRecord r, int picture, Map<VolumeCut, Integer> numbers) {
    Media m = r.media();
    int width = m.width() == null ? Grid.MAX : m.width();
    int height = m.height() == null ? Grid.MAX : m.height();
    List<Ring> natives = r.nativeRegions().polygons();
    return new PreviewCard(
        r.id(),
        r.dataset(),
        Split.fileKey(r.split()),
        r.task().key(),
        r.label(),
        r.nativeLabel(),
        r.group(),
        r.instruction(),
        r.answer(),
        width,
        height,
        m.depth(),
        m.slice() == null ? m.frame() : m.slice(),
        r.boxes(),
        r.polygons(),
        r.boxes3d(),
        r.points(),
        natives.stream().map(PreviewCard::path).toList(),
        ious(r.polygons(), natives, width, height),
        area(r),
        picture,
        VolumeCut.of(r).stream().map(c -> new Cut(c.axis(), c.index(), numbers.get(c))).toList(),
        m.spacingMm());
  }

  static PreviewCard of(Rejection r, int picture) {
    return new PreviewCard(
        r.source(),
        r.dataset(),
        "",
        r.scope().name().toLowerCase(Locale.ROOT),
        r.reason(),
        "",
        "",
        "rejected: " + r.reason(),
        r.detail(),
        4 * UNKNOWN,
        3 * UNKNOWN,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        picture,
        List.of(),
        null);
  }

  private static String path(Ring ring) {
    Ring drawn = ring.size() > VERTICES ? ring.sample(VERTICES) : ring;
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < drawn.size(); i++) {
      path.append(i == 0 ? 'M' : 'L').append(Format.coordinate(drawn.x(i)));
      path.append(' ').append(Format.coordinate(drawn.y(i)));
    }
    return path.append('Z').toString();
  }

  private static List<String> ious(
      List<List<GridPoint>> outlines, List<Ring> natives, int width, int height) {
    List<String> ious = new ArrayList<>();
    for (int i = 0; i < Math.min(outlines.size(), natives.size()); i++) {
      double iou = RingOverlap.iou(Grid.toPixels(outlines.get(i), width, height), natives.get(i));
      ious.add(String.format(Locale.ROOT, "%.3f", iou));
    }
    return ious;
  }

  private static double area(InstructionRecord r) {
    double flat = (double) Grid.MAX * Grid.MAX;
    double sum = 0;
    for (GridBox b : r.boxes()) {
      sum += b.toBox().area() / flat;
    }
    for (List<GridPoint> outline : r.polygons()) {
      sum += Math.abs(Grid.toPixels(outline, Grid.MAX, Grid.MAX).signedArea()) / flat;
    }
    for (GridBox3d b : r.boxes3d()) {
      double volume = (double) (b.x2() - b.x1()) * (b.y2() - b.y1()) * (b.z2() - b.z1());
      sum += volume / (flat * Grid.MAX);
    }
    return sum;
  }
}
