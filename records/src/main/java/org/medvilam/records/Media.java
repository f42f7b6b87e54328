package org.medvilam.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
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
 * @param orientation where the indices of a volume's axes grow to, e.g. {@code LPS} for left,
 *     posterior, superior
 * @param slice 0-based slice that the record speaks of
 * @param axis axis of the slices, e.g. {@code axial}
 * @param frame 0-based frame of a video
 * @param timeS time of the frame in seconds
 * @param spacingMm size of a pixel or voxel in millimetres, in the order x, y[, z]
 * @param sampleRateHz samples per second of a sound
 * @param durationS length of a video or sound in seconds
 * @param window stored pixel values shown as black and as white, {@code [low, high]}, where the
 *     owners name them (CT)
 * @param context paths of the slices around this one in their order, this one among them, e.g.
 *     slices 8, 9 and 10 of slice 9; a slice that is not there is left out
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
    @Nullable String orientation,
    @Nullable Integer slice,
    @Nullable String axis,
    @Nullable Integer frame,
    @JsonProperty("time_s") @Nullable Double timeS,
    @JsonProperty("spacing_mm") @Nullable List<Double> spacingMm,
    @JsonProperty("sample_rate_hz") @Nullable Integer sampleRateHz,
    @JsonProperty("duration_s") @Nullable Double durationS,
    @Nullable List<Double> window,
    @Nullable List<String> context,
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
    checkPositive(width, height);
    Draft draft = new Draft(id, MediaType.IMAGE, uri);
    draft.width = width;
    draft.height = height;
    return draft.media();
  }

  /**
   * Returns a volume.
   *
   * @param id the owner's id
   * @param uri path relative to the dataset root
   * @param width size along x, positive
   * @param height size along y, positive
   * @param depth size along z, positive
   * @param orientation where the indices of x, y and z grow to, e.g. {@code LPS}
   */
  public static Media volume(
      String id, String uri, int width, int height, int depth, String orientation) {
    checkPositive(width, height, depth);
    Draft draft = new Draft(id, MediaType.VOLUME, uri);
    draft.width = width;
    draft.height = height;
    draft.depth = depth;
    draft.orientation = orientation;
    return draft.media();
  }

  private static void checkPositive(int... sizes) {
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "sizes must be positive, but were: " + Arrays.toString(sizes));
      }
    }
  }

  /** Returns the same medium with the size of its pixels or voxels in millimetres. */
  public Media withSpacingMm(List<Double> spacing) {
    Draft draft = new Draft(this);
    draft.spacingMm = List.copyOf(spacing);
    return draft.media();
  }

  /** Returns the same picture with the stored values shown as black and white. */
  public Media withWindow(double low, double high) {
    Draft draft = new Draft(this);
    draft.window = List.of(low, high);
    return draft.media();
  }

  /** Returns the same picture as 0-based slice {@code slice} along {@code axis}. */
  public Media withSlice(int slice, String axis) {
    Draft draft = new Draft(this);
    draft.slice = slice;
    draft.axis = axis;
    return draft.media();
  }

  /**
   * Returns the same slice with the slices around it.
   *
   * @param context their paths, relative to what {@code uri} is relative to, in order of slice
   */
  public Media withContext(List<String> context) {
    if (!context.contains(uri)) {
      throw new IllegalArgumentException(
          "context must name the slice itself, %s, but was: %s".formatted(uri, context));
    }
    Draft draft = new Draft(this);
    draft.context = List.copyOf(context);
    return draft.media();
  }

  /** Returns the same picture as 0-based frame {@code frame} of a video. */
  public Media withFrame(int frame, @Nullable Double timeS) {
    Draft draft = new Draft(this);
    draft.frame = frame;
    draft.timeS = timeS;
    return draft.media();
  }

  /** Returns the same picture as one that the toolkit writes itself, relative to the output. */
  public Media asDerived() {
    Draft draft = new Draft(this);
    draft.derived = true;
    return draft.media();
  }

  /** The fields of a medium while it is put together. */
  private static final class Draft {
    private final String id;
    private final MediaType type;
    private final String uri;
    private @Nullable Integer width;
    private @Nullable Integer height;
    private @Nullable Integer depth;
    private @Nullable String orientation;
    private @Nullable Integer slice;
    private @Nullable String axis;
    private @Nullable Integer frame;
    private @Nullable Double timeS;
    private @Nullable List<Double> spacingMm;
    private @Nullable Integer sampleRateHz;
    private @Nullable Double durationS;
    private @Nullable List<Double> window;
    private @Nullable List<String> context;
    private @Nullable Boolean derived;

    Draft(String id, MediaType type, String uri) {
      this.id = id;
      this.type = type;
      this.uri = uri;
    }

    Draft(Media m) {
      this(m.id, m.type, m.uri);
      width = m.width;
      height = m.height;
      depth = m.depth;
      orientation = m.orientation;
      slice = m.slice;
      axis = m.axis;
      frame = m.frame;
      timeS = m.timeS;
      spacingMm = m.spacingMm;
      sampleRateHz = m.sampleRateHz;
      durationS = m.durationS;
      window = m.window;
      context = m.context;
      derived = m.derived;
    }

    Media media() {
      return new Media(
          id,
          type,
          uri,
          width,
          height,
          depth,
          orientation,
          slice,
          axis,
          frame,
          timeS,
          spacingMm,
          sampleRateHz,
          durationS,
          window,
          context,
          derived);
    }
  }
}
