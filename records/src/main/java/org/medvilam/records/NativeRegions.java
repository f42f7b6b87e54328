package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Ring;

/**
 * The regions of a record before normalising, in pixels or voxels of the native frame.
 *
 * @param boxes boxes clamped to the image
 * @param polygons whole outlines in canonical order, of which the record's points are samples
 * @param boxes3d 3D boxes clamped to the volume
 * @param points points
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NativeRegions(
    List<Box> boxes,
    List<Ring> polygons,
    @JsonProperty("boxes3d") List<Box3d> boxes3d,
    List<Point> points) {
  /** No region at all. */
  public static final NativeRegions NONE =
      new NativeRegions(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists; an absent one is empty. */
  public NativeRegions {
    boxes = boxes == null ? List.of() : List.copyOf(boxes);
    polygons = polygons == null ? List.of() : List.copyOf(polygons);
    boxes3d = boxes3d == null ? List.of() : List.copyOf(boxes3d);
    points = points == null ? List.of() : List.copyOf(points);
  }
}
