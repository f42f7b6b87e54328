package org.medvilam.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of a picture that a registered reader decoded as a whole. */
final class DecodedRows implements PictureRows {
  private final BufferedImage image;
  private final Raster raster;
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
   * @param name file name, for messages
   * @param colours whether a palette picture gives the colours of its entries, not their numbers
   */
  DecodedRows(BufferedImage image, String name, boolean colours) {
    this.image = image;
    this.raster = image.getRaster();
    SampleModel model = raster.getSampleModel();
    this.bands = model.getNumBands();
    boolean shown = colours && image.getColorModel() instanceof IndexColorModel;
    this.palette = shown ? (IndexColorModel) image.getColorModel() : null;
    this.channels = shown || bands >= 3 ? 3 : 1;
    int bits = shown ? 8 : model.getSampleSize(0);
    if (bits > 16) {
      throw new UnreadablePictureException(
          "unreadable-picture",
          "%s: expected at most 16 bits per sample, found %d".formatted(name, bits));
    }
    boolean signed = model.getDataType() == DataBuffer.TYPE_SHORT;
    this.black = signed ? Short.MIN_VALUE : 0;
    this.white = signed ? Short.MAX_VALUE : (1 << bits) - 1;
    this.stored = new int[image.getWidth() * bands];
    this.plain = new byte[image.getWidth()];
    this.black8 = new byte[image.getWidth()];
  }

  @Override
  public int width() {
    return image.getWidth();
  }

  @Override
  public int height() {
    return image.getHeight();
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
      raster.getPixels(raster.getMinX(), raster.getMinY() + y++, image.getWidth(), 1, samples);
      return;
    }
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, stored);
    y++;
    if (palette != null) {
      for (int x = 0; x < image.getWidth(); x++) {
        int index = stored[x];
        samples[3 * x] = palette.getRed(index);
        samples[3 * x + 1] = palette.getGreen(index);
        samples[3 * x + 2] = palette.getBlue(index);
      }
      return;
    }
    for (int x = 0; x < image.getWidth(); x++) {
      for (int c = 0; c < channels; c++) {
        samples[x * channels + c] = stored[x * bands + c];
      }
    }
  }

  @Override
  public int nextMask(int[] samples, byte[] pixels, int at) {
    boolean plain = bands == 1 && channels == 1 && white == WHITE_8;
    return plain ? nextPlainMask(pixels, at) : PictureRows.super.nextMask(samples, pixels, at);
  }

  /** The commonest mask, grey of 8 bits: foreground is where the highest bit is set. */
  private int nextPlainMask(byte[] pixels, int at) {
    int width = image.getWidth();
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
