package org.medvilam.trainer.nn;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The shape of the vision transformer, in CLIP's layout.
 *
 * @param imageSize the side of a picture in pixels
 * @param patchSize the side of a patch in pixels
 * @param channels the channels of a picture
 * @param width the width of a feature
 * @param layers the number of blocks
 * @param heads the attention heads of a block
 * @param hidden the inner width of a block's feed-forward layer
 * @param classToken whether a class token stands before the patches
 * @param standardise whether each picture is shifted to mean 0 and scaled to deviation 1, so that
 *     exposure does not matter
 * @param activation the non-linearity
 * @param epsilon added to variances
 * @param mean taken from the values of each channel first; empty for none
 * @param deviation the values of each channel are then divided by this; empty for none
 */
public record VisionConfig(
    int imageSize,
    int patchSize,
    int channels,
    int width,
    int layers,
    int heads,
    int hidden,
    boolean classToken,
    boolean standardise,
    Activation activation,
    double epsilon,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> mean,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> deviation) {
  /** Checks that patches tile the picture, heads the width, and channels have their numbers. */
  public VisionConfig {
    mean = mean == null ? List.of() : List.copyOf(mean);
    deviation = deviation == null ? List.of() : List.copyOf(deviation);
    boolean none = mean.isEmpty() && deviation.isEmpty();
    if (!none && (mean.size() != channels || deviation.size() != channels)) {
      throw new IllegalArgumentException(
          "Expected a mean and a deviation for each of %d channels, but found %s and %s"
              .formatted(channels, mean, deviation));
    }

    if (patchSize < 1 || imageSize % patchSize != 0) {
      throw new IllegalArgumentException(
          "Patches of " + patchSize + " pixels do not tile a picture of " + imageSize);
    }
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(heads + " heads do not divide the width " + width);
    }
  }

  /** Makes the shape of an encoder that takes the channels' values as they are. */
  public VisionConfig(
      int imageSize,
      int patchSize,
      int channels,
      int width,
      int layers,
      int heads,
      int hidden,
      boolean classToken,
      boolean standardise,
      Activation activation,
      double epsilon) {
    this(
        imageSize,
        patchSize,
        channels,
        width,
        layers,
        heads,
        hidden,
        classToken,
        standardise,
        activation,
        epsilon,
        List.of(),
        List.of());
  }

  /** Returns the number of patches of a picture. */
  public int patches() {
    int side = imageSize / patchSize;
    return side * side;
  }

  /** Returns the number of values of a patch. */
  public int patchValues() {
    return channels * patchSize * patchSize;
  }
}
