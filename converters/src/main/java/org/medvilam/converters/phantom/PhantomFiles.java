package org.medvilam.converters.phantom;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.medvilam.records.geometry.Mask;

/** Writes the files of a phantom; the same picture gives the same bytes. */
public final class PhantomFiles {
  private final Path root;

  /** Writes below a folder. */
  public PhantomFiles(Path root) {
    this.root = root;
  }

  /** Writes a text in UTF-8. */
  public void text(String path, String text) throws IOException {
    bytes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes, with the folders above them. */
  public void bytes(String path, byte[] bytes) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Writes a picture as PNG. */
  public void png(String path, BufferedImage picture) throws IOException {
    bytes(path, encodedPng(picture));
  }

  /** Returns a picture as the bytes of a PNG file. */
  public static byte[] encodedPng(BufferedImage picture) throws IOException {
    return encode(picture, "png", -1);
  }

  /**
   * Writes a picture as baseline JPEG.
   *
   * @param quality 0 to 1
   */
  public void jpeg(String path, BufferedImage picture, double quality) throws IOException {
    bytes(path, encode(picture, "jpeg", quality));
  }

  /** Returns a mask as a 1-bit picture: foreground is white. */
  public static BufferedImage bits(Mask mask) {
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_BINARY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int stride = (mask.width() + 7) / 8;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y)) {
          pixels[y * stride + x / 8] |= (byte) (0x80 >> x % 8);
        }
      }
    }
    return image;
  }

  /** Returns a mask as an 8-bit grey picture: foreground is 255. */
  public static BufferedImage grey(Mask mask) {
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (mask.get(i % mask.width(), i / mask.width()) ? 255 : 0);
    }
    return image;
  }

  private static byte[] encode(BufferedImage picture, String format, double quality)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (quality >= 0) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality((float) quality);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
