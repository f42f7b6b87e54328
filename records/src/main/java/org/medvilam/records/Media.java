package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The medium that a record speaks of; fields that do not apply are null and not written.
 *
 * @param id the owner's id of the medium, unique in its dataset
 * @param type image, volume, video or audio
 * @param uri path relative to the dataset root, or to the output when {@code derived}
 * @param width columns in pixels
 * @param height rows in pixels
 * @param depth slices of a volume
 * @param slice 0-based slice that the record speaks of
 * @param axis axis of the slices, e.g. {@code axial}
 * @param frame 0-based frame of a video
 * @param timeS time of the frame in seconds
 * @param spacingMm size of a pixel or voxel in millimetres, in the order x, y[, z]
 * @param sampleRateHz samples per second of a sound
 * @param durationS length of a video or sound in seconds
 * @param window stored pixel values shown as black and as white, {@code [low, high]}, where the
 *     owners name them (CT)
 * @param derived true when the toolkit wrote the picture itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Media(
    String id,
    MediaType type,
    String uri,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer depth,
    @Nullable Integer slice,
    @Nullable String axis,
    @Nullable Integer frame,
    @JsonProperty("time_s") @Nullable Double timeS,
    @JsonProperty("spacing_mm") @Nullable List<Double> spacingMm,
    @JsonProperty("sample_rate_hz") @Nullable Integer sampleRateHz,
    @JsonProperty("duration_s") @Nullable Double durationS,
    @Nullable List<Double> window,
    @Nullable Boolean derived) {

  /**
   * Returns a still picture.
   *
   * @param id the owner's id
   * @param uri path relative to the dataset root
   * @param width columns, positive
   * @param height rows, positive
   */
  public static Media image(String id, String uri, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width and height must be positive, but were: " + width + " and " + height);
    }
    return new Media(
        id,
        MediaType.IMAGE,
        uri,
        width,
        height,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Returns the same picture with the size of its pixels in millimetres. */
  public Media withSpacingMm(List<Double> spacing) {
    return new Media(
        id,
        type,
        uri,
        width,
        height,
        depth,
        slice,
        axis,
        frame,
        timeS,
        List.copyOf(spacing),
        sampleRateHz,
        durationS,
        window,
        derived);
  }

  /** Returns the same picture with the stored values shown as black and white. */
  public Media withWindow(double low, double high) {
    return new Media(
        id,
        type,
        uri,
        width,
        height,
        depth,
        slice,
        axis,
        frame,
        timeS,
        spacingMm,
        sampleRateHz,
        durationS,
        List.of(low, high),
        derived);
  }

  /** Returns the same picture as 0-based slice {@code slice} along {@code axis}. */
  public Media withSlice(int slice, String axis) {
    return new Media(
        id,
        type,
        uri,
        width,
        height,
        depth,
        slice,
        axis,
        frame,
        timeS,
        spacingMm,
        sampleRateHz,
        durationS,
        window,
        derived);
  }
}
