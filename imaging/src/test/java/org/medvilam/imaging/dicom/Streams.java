package org.medvilam.imaging.dicom;

import com.github.jaiimageio.jpeg2000.J2KImageWriteParam;
import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Properties;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Compressed streams of {@link TestPicture}. */
final class Streams {
  private static final Properties STORED = stored();

  private Streams() {}

  private static Properties stored() {
    Properties stored = new Properties();
    try (InputStream in = Streams.class.getResourceAsStream("streams.properties")) {
      stored.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stored;
  }

  /** Returns a stream that DCMTK wrote. */
  static byte[] stored(String name) {
    return Base64.getDecoder().decode(STORED.getProperty(name));
  }

  /** Returns the stream as fragment: of an even number of bytes. */
  static byte[] even(byte[] stream) {
    return Arrays.copyOf(stream, stream.length + stream.length % 2);
  }

  /** Returns a baseline JPEG stream of the JDK's writer: grey, or with colour differences. */
  static byte[] jpeg(int bands) {
    return written("jpeg", raster(bands), param -> {});
  }

  /** Returns a lossless JPEG 2000 stream of 8 bits, of tiles of 16 x 16 pixels if asked for. */
  static byte[] jpeg2000(int bands, boolean tiled) {
    return written(
        "jpeg2000",
        raster(bands),
        param -> {
          J2KImageWriteParam lossless = (J2KImageWriteParam) param;
          lossless.setLossless(true);
          lossless.setWriteCodeStreamOnly(true);
          if (tiled) {
            lossless.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
            lossless.setTiling(16, 16, 0, 0);
          }
        });
  }

  private static BufferedImage raster(int bands) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE, TestPicture.COLUMNS, TestPicture.ROWS, bands, new Point());
    raster.setPixels(0, 0, TestPicture.COLUMNS, TestPicture.ROWS, TestPicture.samples(255, bands));
    int space = bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }

  private interface Settings {
    void apply(ImageWriteParam param);
  }

  private static byte[] written(String format, BufferedImage image, Settings settings) {
    // The writer of TwelveMonkeys comes first for JPEG; that of the JDK is in a named module.
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    ImageWriter writer = writers.next();
    while (format.equals("jpeg") && writer.getClass().getModule().getName() == null) {
      writer = writers.next();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      settings.apply(param);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Returns an RLE frame: literal runs and repeats, as PS3.5 annex G.3.1 has it. */
  static byte[] rle(int[] samples, int bands, int octets) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, bands * octets);
    for (int segment = 0; segment < bands * octets; segment++) {
      header.putInt(4 + 4 * segment, 64 + body.size());
      int shift = 8 * (octets - 1 - segment % octets);
      byte[] plane = new byte[samples.length / bands];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = (byte) (samples[i * bands + segment / octets] >> shift);
      }
      pack(plane, body);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.array());
    out.writeBytes(body.toByteArray());
    return even(out.toByteArray());
  }

  private static void pack(byte[] plane, ByteArrayOutputStream out) {
    int at = 0;
    while (at < plane.length) {
      int run = 1;
      while (at + run < plane.length && run < 128 && plane[at + run] == plane[at]) {
        run++;
      }
      if (run > 1) {
        out.write(1 - run);
        out.write(plane[at]);
      } else {
        out.write(0);
        out.write(plane[at]);
      }
      at += run;
    }
    if (out.size() % 2 != 0) {
      out.write(-128);
    }
  }
}
