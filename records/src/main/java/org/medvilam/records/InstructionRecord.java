package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.geometry.GridBox3d;
import org.medvilam.records.geometry.GridPoint;

/**
 * One grounding-instruction triplet: a medium, an instruction and its answer.
 *
 * @param id {@code dataset/media id/task/label/ordinal}, the same in every run
 * @param dataset the dataset's name
 * @param split train, validation, test, or null
 * @param task what is asked
 * @param modality e.g. {@code ultrasound}
 * @param media the medium
 * @param group the leakage unit with its kind, e.g. {@code patient:12}
 * @param label standard label
 * @param nativeLabel the owner's label
 * @param instruction the question
 * @param answer the answer as text; {@link org.medvilam.records.instruction.AnswerText} reads it
 *     back
 * @param boxes boxes, 0..1000
 * @param polygons outlines of equally many points, 0..1000
 * @param boxes3d 3D boxes, 0..1000 of each axis
 * @param points points, 0..1000
 * @param nativeRegions the same regions in pixels
 * @param source where the label stands
 * @param converter name and version of the converter, e.g. {@code busi/1}
 */
public record InstructionRecord(
    String id,
    String dataset,
    @Nullable Split split,
    Task task,
    String modality,
    Media media,
    String group,
    String label,
    @JsonProperty("native_label") String nativeLabel,
    String instruction,
    String answer,
    List<GridBox> boxes,
    List<List<GridPoint>> polygons,
    @JsonProperty("boxes3d") @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GridBox3d> boxes3d,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GridPoint> points,
    @JsonProperty("native") NativeRegions nativeRegions,
    Source source,
    String converter) {

  /** Copies the lists; an absent one is empty. */
  public InstructionRecord {
    boxes = boxes == null ? List.of() : List.copyOf(boxes);
    polygons = polygons == null ? List.of() : List.copyOf(polygons);
    boxes3d = boxes3d == null ? List.of() : List.copyOf(boxes3d);
    points = points == null ? List.of() : List.copyOf(points);
    nativeRegions = nativeRegions == null ? NativeRegions.NONE : nativeRegions;
  }
}
