package org.medvilam.trainer.nn;

/** Cuts pictures into patches as a vision transformer takes them. */
public final class Patches {
  /** Added to the deviation of a picture, so that a flat one stays flat. */
  private static final double FLAT = 0.02;

  private Patches() {}

  /**
   * Prepares and cuts pictures.
   *
   * @param config the shape of the vision transformer
   * @param pictures row-major pixels, channel by channel, of each picture; a grey one stands in
   *     every channel
   * @return [pictures * patches, patchValues] row-major, patches in reading order, values channel
   *     by channel
   * @throws IllegalArgumentException if a picture has another number of pixels
   */
  public static float[] of(VisionConfig config, float[]... pictures) {
    int size = config.imageSize();
    int patch = config.patchSize();
    int side = size / patch;
    float[] values = new float[pictures.length * config.patches() * config.patchValues()];
    int at = 0;
    for (float[] given : pictures) {
      float[] picture = prepared(config, given);
      if (picture.length != config.channels() * size * size) {
        throw new IllegalArgumentException(
            "Expected %d pixels (%d x %d x %d), but found %d"
                .formatted(
                    config.channels() * size * size,
                    config.channels(),
                    size,
                    size,
                    picture.length));
      }
      for (int p = 0; p < side * side; p++) {
        int corner = (p / side) * patch * size + (p % side) * patch;
        for (int c = 0; c < config.channels(); c++) {
          for (int y = 0; y < patch; y++) {
            System.arraycopy(picture, corner + (c * size + y) * size, values, at, patch);
            at += patch;
          }
        }
      }
    }
    return values;
  }

  private static float[] prepared(VisionConfig config, float[] given) {
    float[] picture = config.standardise() ? standardised(given) : given;
    int size = config.imageSize() * config.imageSize();
    boolean grey = picture.length == size && config.channels() > 1;
    if (!grey && config.mean().isEmpty()) {
      return picture;
    }
    float[] out = new float[grey ? config.channels() * size : picture.length];
    for (int i = 0; i < out.length; i++) {
      float value = picture[grey ? i % size : i];
      int channel = Math.min(i / size, config.channels() - 1);
      out[i] =
          config.mean().isEmpty()
              ? value
              : (float) ((value - config.mean().get(channel)) / config.deviation().get(channel));
    }
    return out;
  }

  private static float[] standardised(float[] picture) {
    double sum = 0;
    double squares = 0;
    for (float value : picture) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / picture.length;
    double deviation = Math.sqrt(Math.max(0, squares / picture.length - mean * mean));
    float[] out = new float[picture.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) ((picture[i] - mean) / (deviation + FLAT));
    }
    return out;
  }
}
