package org.medvilam.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
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
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** TIFF files of chosen compression, strips, tags and byte order, by the JDK's own writer. */
final class EncodedTiff {
  private final BufferedImage image;
  private String compression;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private int tile;
  private final SortedMap<Integer, Integer> tags = new TreeMap<>();

  private EncodedTiff(BufferedImage image) {
    this.image = image;
  }

  static EncodedTiff of(BufferedImage image) {
    return new EncodedTiff(image);
  }

  EncodedTiff compression(String name) {
    compression = name.equals("none") ? null : name;
    return this;
  }

  EncodedTiff order(ByteOrder byteOrder) {
    order = byteOrder;
    return this;
  }

  EncodedTiff tiles(int side) {
    tile = side;
    return this;
  }

  /** Sets a tag of one 16-bit value. */
  EncodedTiff tag(int number, int value) {
    tags.put(number, value);
    return this;
  }

  byte[] bytes() {
    ImageWriter writer = writer();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (compression != null) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(compression);
      }
      if (tile > 0) {
        param.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
        param.setTiling(tile, tile, 0, 0);
      }
      IIOMetadata stream = writer.getDefaultStreamMetadata(param);
      Node root = stream.getAsTree(stream.getNativeMetadataFormatName());
      ((Element) root.getFirstChild()).setAttribute("value", order.toString());
      stream.setFromTree(stream.getNativeMetadataFormatName(), root);
      writer.write(stream, new IIOImage(image, null, metadata(writer, param)), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private IIOMetadata metadata(ImageWriter writer, ImageWriteParam param) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param);
    TIFFDirectory directory = TIFFDirectory.createFromMetadata(metadata);
    tags.forEach(
        (number, value) -> {
          TIFFTag tag = BaselineTIFFTagSet.getInstance().getTag(number);
          directory.addTIFFField(
              new TIFFField(tag, TIFFTag.TIFF_SHORT, 1, new char[] {(char) value.intValue()}));
        });
    return directory.getAsMetadata();
  }

  private static ImageWriter writer() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                ImageIO.getImageWritersByFormatName("tiff"), Spliterator.ORDERED),
            false)
        .filter(w -> w.getClass().getName().startsWith("com.sun."))
        .findFirst()
        .orElseThrow();
  }
}
