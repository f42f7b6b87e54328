package org.medvilam.converters.phantom;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.medvilam.records.geometry.Mask;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

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
    bytes(path, encodedJpeg(picture, quality));
  }

  /** Returns a picture as the bytes of a baseline JPEG file. */
  static byte[] encodedJpeg(BufferedImage picture, double quality) throws IOException {
    return encode(picture, "jpeg", quality);
  }

  /**
   * Writes a picture as uncompressed, little-endian TIFF.
   *
   * @param rowsPerStrip rows that are stored together
   */
  public void tiff(String path, BufferedImage picture, int rowsPerStrip) throws IOException {
    ImageWriter writer = tiffWriter();
    ImageWriteParam param = writer.getDefaultWriteParam();
    ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(picture);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      TIFFDirectory tags =
          TIFFDirectory.createFromMetadata(writer.getDefaultImageMetadata(type, param));
      TIFFTag rows = tags.getTag(BaselineTIFFTagSet.TAG_ROWS_PER_STRIP);
      tags.addTIFFField(new TIFFField(rows, rowsPerStrip));
      IIOImage image = new IIOImage(picture, null, tags.getAsMetadata());
      writer.setOutput(out);
      writer.write(littleEndian(writer), image, param);
    } finally {
      writer.dispose();
    }
    bytes(path, bytes.toByteArray());
  }

  /** Returns the writer that takes tags. */
  private static ImageWriter tiffWriter() {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("tiff");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      String tags = writer.getOriginatingProvider().getNativeImageMetadataFormatName();
      if ("javax_imageio_tiff_image_1.0".equals(tags)) {
        return writer;
      }
    }
    throw new IllegalStateException("every JDK from 9 on has a TIFF writer");
  }

  private static IIOMetadata littleEndian(ImageWriter writer) throws IOException {
    IIOMetadata metadata = writer.getDefaultStreamMetadata(null);
    String format = metadata.getNativeMetadataFormatName();
    Node root = metadata.getAsTree(format);
    ((Element) root.getFirstChild()).setAttribute("value", ByteOrder.LITTLE_ENDIAN.toString());
    metadata.setFromTree(format, root);
    return metadata;
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
