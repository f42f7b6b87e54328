package org.medvilam.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A grey picture.
 *
 * @param width columns
 * @param height rows
 * @param values {@code width * height} values 0 (black) to 1 (white), row by row; not copied
 */
@SuppressWarnings(
    "ArrayRecordComponent") // millions of pixels; a copy per access would cost more than it guards
public record GreyPicture(int width, int height, float[] values) {
  /** Checks the size. */
  public GreyPicture {
    if (values.length != width * height) {
      throw new IllegalArgumentException(
          "values must be width x height = %d x %d, but were: %d"
              .formatted(width, height, values.length));
    }
  }

  /**
   * Returns the picture squashed to another size; each new pixel is the mean of the area it covers.
   *
   * <p>Aspect is not kept, so that coordinates 0..1000 stay as they are.
   */
  public GreyPicture resized(int newWidth, int newHeight) {
    float[] rows = new float[newWidth * height];
    for (int y = 0; y < height; y++) {
      squash(values, y * width, 1, width, rows, y * newWidth, 1, newWidth);
    }
    float[] out = new float[newWidth * newHeight];
    for (int x = 0; x < newWidth; x++) {
      squash(rows, x, newWidth, height, out, x, newWidth, newHeight);
    }
    return new GreyPicture(newWidth, newHeight, out);
  }

  /** Returns the picture as an 8-bit grey PNG. */
  public byte[] toPng() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(255 * values[i]);
    }
    return png(image);
  }

  /** Returns an image as PNG. */
  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return out.toByteArray();
  }

  /** Squashes {@code size} values to {@code n}, each the mean of what it covers. */
  static void squash(
      float[] in,
      int inStart,
      int inStep,
      int size,
      float[] out,
      int outStart,
      int outStep,
      int n) {
    double scale = (double) size / n;
    for (int i = 0; i < n; i++) {
      double from = i * scale;
      double to = (i + 1) * scale;
      double sum = 0;
      for (int k = (int) from; k < size && k < to; k++) {
        sum += in[inStart + k * inStep] * (Math.min(to, k + 1) - Math.max(from, k));
      }
      out[outStart + i * outStep] = (float) (sum / scale);
    }
  }
}
