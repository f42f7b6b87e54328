package org.medvilam.imaging;

/**
 * Squashes a grey picture to a square while its rows come in, as {@link GreyPicture#resized} does
 * with the whole picture.
 */
final class GreyShrinker {
  private final int width;
  private final int side;
  private final double scale;
  private final float[] squashed;
  private final double[] sums;
  private int y;

  GreyShrinker(int width, int height, int side) {
    this.width = width;
    this.side = side;
    this.scale = (double) height / side;
    this.squashed = new float[side];
    this.sums = new double[side * side];
  }

  /** Takes the next row of {@code width} values. */
  void add(float[] row) {
    GreyPicture.squash(row, 0, 1, width, squashed, 0, 1, side);
    for (int i = (int) (y / scale); i < side && i * scale < y + 1; i++) {
      double part = Math.min((i + 1) * scale, y + 1) - Math.max(i * scale, y);
      for (int x = 0; x < side; x++) {
        sums[i * side + x] += part * squashed[x];
      }
    }
    y++;
  }

  /** Returns the picture, once every row is in. */
  GreyPicture picture() {
    float[] values = new float[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sums[i] / scale);
    }
    return new GreyPicture(side, side, values);
  }
}
