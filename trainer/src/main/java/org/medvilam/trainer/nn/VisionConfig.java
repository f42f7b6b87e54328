package org.medvilam.trainer.nn;

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
    double epsilon) {
  /** Checks that patches tile the picture and heads tile the width. */
  public VisionConfig {
    if (patchSize < 1 || imageSize % patchSize != 0) {
      throw new IllegalArgumentException(
          "Patches of " + patchSize + " pixels do not tile a picture of " + imageSize);
    }
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(heads + " heads do not divide the width " + width);
    }
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
