package org.medvilam.fewshot.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Copies of a picture as people make them: re-encoded, resized, with fewer bits or colours. */
public final class PictureCopies {
  private PictureCopies() {}

  /**
   * Returns copies of a picture by what was done to it.
   *
   * @param data the whole file
   * @param window stored values of black and white of a 16-bit picture, or null for all
   */
  static Map<String, byte[]> of(byte[] data, @Nullable List<Double> window) throws IOException {
    BufferedImage image = eightBits(ImageIO.read(new ByteArrayInputStream(data)), window);
    Map<String, byte[]> copies = new LinkedHashMap<>();
    for (int quality : new int[] {95, 75, 50, 30, 10}) {
      copies.put("JPEG " + quality, jpeg(image, quality));
    }
    copies.put("8 bits, PNG", png(image));
    copies.put("half", png(scaled(image, 0.5)));
    copies.put("half, JPEG 75", jpeg(scaled(image, 0.5), 75));
    copies.put("quarter, JPEG 75", jpeg(scaled(image, 0.25), 75));
    copies.put("twice", png(scaled(image, 2)));
    copies.put("grey", png(grey(image)));
    return copies;
  }

  private static BufferedImage eightBits(BufferedImage image, @Nullable List<Double> window) {
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    int bands = image.getRaster().getNumBands();
    if (palette || bands >= 3) {
      BufferedImage out = sameSize(image, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D g = out.createGraphics();
      g.drawImage(image, 0, 0, null);
      g.dispose();
      return out;
    }
    double white = (1 << image.getSampleModel().getSampleSize(0)) - 1;
    double low = window == null ? 0 : window.get(0);
    double high = window == null ? white : window.get(1);
    BufferedImage out = sameSize(image, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        double v = (image.getRaster().getSample(x, y, 0) - low) / (high - low);
        out.getRaster().setSample(x, y, 0, (int) Math.round(255 * Math.max(0, Math.min(1, v))));
      }
    }
    return out;
  }

  private static BufferedImage grey(BufferedImage image) {
    if (image.getRaster().getNumBands() == 1) {
      return image;
    }
    BufferedImage out = sameSize(image, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        double v = 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
        out.getRaster().setSample(x, y, 0, (int) Math.round(v));
      }
    }
    return out;
  }

  private static BufferedImage sameSize(BufferedImage image, int type) {
    return new BufferedImage(image.getWidth(), image.getHeight(), type);
  }

  /** Returns a square of noise, another one for each seed. */
  public static BufferedImage noise(int side, long seed) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(seed);
    for (int i = 0; i < side * side; i++) {
      image.getRaster().setSample(i % side, i / side, 0, random.nextInt(256));
    }
    return image;
  }

  /** Returns a picture in another size. */
  public static BufferedImage scaled(BufferedImage image, double by) {
    int width = Math.max(1, (int) (image.getWidth() * by));
    int height = Math.max(1, (int) (image.getHeight() * by));
    BufferedImage out = new BufferedImage(width, height, image.getType());
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return out;
  }

  /** Returns a picture as PNG. */
  public static byte[] png(BufferedImage image) throws IOException {
    return write("png", image, 0.5f);
  }

  /** Returns a picture as a PNG file of other bytes than {@link #png}'s. */
  public static byte[] otherPng(BufferedImage image) throws IOException {
    return write("png", image, 1);
  }

  /** Returns a picture as JPEG of a quality of 1 to 100. */
  public static byte[] jpeg(BufferedImage image, int quality) throws IOException {
    return write("jpeg", image, quality / 100f);
  }

  private static byte[] write(String format, BufferedImage image, float quality)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
