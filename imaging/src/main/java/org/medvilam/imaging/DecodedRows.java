package org.medvilam.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Upright rows of a picture that a registered reader decoded as a whole. */
final class DecodedRows implements PictureRows {
  private final Orientation orientation;
  private final Raster raster;
  private final int width;
  private final int height;
  private final int bands;
  private final int channels;
  private final int black;
  private final int white;
  private final int[] stored;
  private final byte[] plain;
  private final byte[] black8;
  private final @Nullable IndexColorModel palette;
  private int y;

  /**
   * Wraps a picture.
   *
   * @param orientation how it is stored
   * @param name file name, for messages
   * @param paletteColours whether a palette picture gives the colours of its entries, not their
   *     numbers
   */
  DecodedRows(BufferedImage image, Orientation orientation, String name, boolean paletteColours) {
    this.orientation = orientation;
    this.raster = image.getRaster();
    this.width = orientation.swapsSides() ? image.getHeight() : image.getWidth();
    this.height = orientation.swapsSides() ? image.getWidth() : image.getHeight();
    SampleModel model = raster.getSampleModel();
    this.bands = model.getNumBands();
    ColorModel colours = image.getColorModel();
    boolean shown = paletteColours && colours instanceof IndexColorModel;
    boolean numbers = !paletteColours && colours instanceof IndexColorModel;
    this.palette = shown ? (IndexColorModel) colours : null;
    this.channels = shown || !numbers && colours.getNumColorComponents() > 1 ? 3 : 1;
    int bits = shown ? 8 : model.getSampleSize(0);
    if (bits > 16) {
      throw new UnreadablePictureException(
          "unreadable-picture",
          "%s: expected at most 16 bits per sample, found %d".formatted(name, bits));
    }
    boolean signed = model.getDataType() == DataBuffer.TYPE_SHORT;
    this.black = signed ? Short.MIN_VALUE : 0;
    this.white = signed ? Short.MAX_VALUE : (1 << bits) - 1;
    this.stored = new int[width * bands];
    this.plain = new byte[width];
    this.black8 = new byte[width];
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int black() {
    return black;
  }

  @Override
  public int white() {
    return white;
  }

  @Override
  public void next(int[] samples) {
    if (bands == 1 && channels == 1) {
      line(samples);
      return;
    }
    line(stored);
    if (palette != null) {
      for (int x = 0; x < width; x++) {
        int index = stored[x];
        samples[3 * x] = palette.getRed(index);
        samples[3 * x + 1] = palette.getGreen(index);
        samples[3 * x + 2] = palette.getBlue(index);
      }
      return;
    }
    for (int x = 0; x < width; x++) {
      for (int c = 0; c < channels; c++) {
        samples[x * channels + c] = stored[x * bands + c];
      }
    }
  }

  /** Reads the next upright row: a row or a column of the stored picture, maybe backwards. */
  private void line(int[] out) {
    int at = orientation.startsAtTheEnd() ? height - 1 - y : y;
    y++;
    if (orientation.swapsSides()) {
      raster.getPixels(raster.getMinX() + at, raster.getMinY(), 1, width, out);
    } else {
      raster.getPixels(raster.getMinX(), raster.getMinY() + at, width, 1, out);
    }
    if (orientation.runsBackwards()) {
      reverse(out);
    }
  }

  private void reverse(int[] pixels) {
    for (int left = 0, right = width - 1; left < right; left++, right--) {
      for (int b = 0; b < bands; b++) {
        int sample = pixels[left * bands + b];
        pixels[left * bands + b] = pixels[right * bands + b];
        pixels[right * bands + b] = sample;
      }
    }
  }

  @Override
  public int nextMask(int[] samples, byte[] pixels, int at) {
    boolean grey8 = bands == 1 && channels == 1 && white == WHITE_8;
    return grey8 && orientation == Orientation.UPRIGHT
        ? nextPlainMask(pixels, at)
        : PictureRows.super.nextMask(samples, pixels, at);
  }

  /** The commonest mask, grey of 8 bits: foreground is where the highest bit is set. */
  private int nextPlainMask(byte[] pixels, int at) {
    raster.getDataElements(raster.getMinX(), raster.getMinY() + y++, width, 1, plain);
    for (int x = 0; x < width; x++) {
      pixels[at + x] = (byte) (plain[x] & 0x80);
    }
    if (Arrays.mismatch(pixels, at, at + width, black8, 0, width) >= 0) {
      return WHITE_8;
    }
    return Arrays.equals(plain, black8) ? 0 : brightest(plain);
  }

  private static int brightest(byte[] row) {
    int brightest = 0;
    for (byte value : row) {
      brightest = Math.max(brightest, value & 0xff);
    }
    return brightest;
  }

  @Override
  public void close() {}
}
