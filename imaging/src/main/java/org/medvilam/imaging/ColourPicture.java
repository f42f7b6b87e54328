package org.medvilam.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * A picture as a page shows it: grey or red, green, blue, of 8 bits.
 *
 * @param width columns
 * @param height rows
 * @param channels 1 for grey, 3 for colour
 * @param values {@code width * height * channels} values, row by row; not copied
 */
@SuppressWarnings(
    "ArrayRecordComponent") // millions of pixels; a copy per access would cost more than it guards
public record ColourPicture(int width, int height, int channels, byte[] values) {
  private static final int WHITE = 255;

  /** Returns the picture as PNG. */
  public byte[] toPng() {
    boolean grey = channels == 1;
    BufferedImage image =
        new BufferedImage(
            width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    if (grey) {
      byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      System.arraycopy(values, 0, pixels, 0, values.length);
    } else {
      int[] row = new int[width * channels];
      for (int y = 0; y < height; y++) {
        for (int i = 0; i < row.length; i++) {
          row[i] = values[y * row.length + i] & 0xff;
        }
        image.getRaster().setPixels(0, y, width, 1, row);
      }
    }
    return GreyPicture.png(image);
  }

  /**
   * Shrinks a picture while it is read; each new pixel is the mean of the area it covers.
   *
   * @param side the longer side at most
   */
  static ColourPicture shrunk(PictureRows rows, int side) {
    double scale = Math.max(1, Math.max(rows.width(), rows.height()) / (double) side);
    int width = (int) Math.max(1, Math.round(rows.width() / scale));
    int height = (int) Math.max(1, Math.round(rows.height() / scale));
    int channels = rows.channels();
    int[] samples = new int[rows.width() * channels];
    float[] row = new float[samples.length];
    float[] narrow = new float[width * channels];
    float[] values = new float[narrow.length * height];
    float range = rows.white() - (float) rows.black();
    for (int y = 0; y < rows.height(); y++) {
      rows.next(samples);
      for (int i = 0; i < row.length; i++) {
        row[i] = (samples[i] - rows.black()) / range;
      }
      for (int c = 0; c < channels; c++) {
        GreyPicture.squash(row, c, channels, rows.width(), narrow, c, channels, width);
      }
      add(narrow, y, (double) rows.height() / height, values);
    }
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(WHITE * Math.min(1, values[i]));
    }
    return new ColourPicture(width, height, channels, bytes);
  }

  /**
   * Adds row {@code y} to the rows that it falls into.
   *
   * @param tall how many rows fall into one
   */
  private static void add(float[] row, int y, double tall, float[] values) {
    for (int k = (int) (y / tall); k * tall < y + 1 && k * row.length < values.length; k++) {
      double share = Math.min(y + 1, (k + 1) * tall) - Math.max(y, k * tall);
      for (int i = 0; i < row.length; i++) {
        values[k * row.length + i] += (float) (row[i] * share / tall);
      }
    }
  }
}
