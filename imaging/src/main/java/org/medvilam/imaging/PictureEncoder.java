package org.medvilam.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.medvilam.records.Media;

/**
 * Encodes pictures of any readable form anew, as those who train on them read them: 8 bits, grey or
 * red, green and blue.
 *
 * <p>Stored values are scaled from black to white of their number of bits, or from the window of
 * the medium where its owners name one, and turned upright. Alpha and colour profiles are left out.
 *
 * @param form PNG or JPEG
 * @param maxSide longest side in pixels, larger pictures are made smaller in proportion; 0 for any
 */
public record PictureEncoder(Form form, int maxSide) {
  /** Loses little that an eye can see. */
  private static final float JPEG_QUALITY = 0.95f;

  /** The form of the files. */
  public enum Form {
    /** Exact. */
    PNG("png", "png"),
    /** Of quality 0.95. */
    JPEG("jpeg", "jpg");

    private final String format;
    private final String extension;

    Form(String format, String extension) {
      this.format = format;
      this.extension = extension;
    }

    /** Returns the file extension. */
    public String extension() {
      return extension;
    }
  }

  /** Checks the side. */
  public PictureEncoder {
    if (maxSide < 0) {
      throw new IllegalArgumentException("maxSide must not be negative, but was: " + maxSide);
    }
  }

  /**
   * Returns a picture in this form.
   *
   * @param data the whole file
   * @param media the still picture that it is
   * @throws UnreadablePictureException if the picture cannot be used, with the reason; {@code
   *     size-mismatch} if it is not of the medium's size
   */
  public byte[] encode(byte[] data, Media media) {
    GreyPicture[] planes = Pictures.planes(data, media.uri(), media.window());
    int width = planes[0].width();
    int height = planes[0].height();
    if (width != media.width() || height != media.height()) {
      throw new UnreadablePictureException(
          "size-mismatch",
          "%s: expected a picture of %dx%d, found %dx%d"
              .formatted(media.uri(), media.width(), media.height(), width, height));
    }
    return fitted(planes);
  }

  /** Returns a grey picture, such as a slice of a volume, in this form. */
  public byte[] encode(GreyPicture picture) {
    return fitted(picture);
  }

  private byte[] fitted(GreyPicture... planes) {
    int width = planes[0].width();
    int height = planes[0].height();
    double scale = maxSide == 0 ? 1 : Math.min(1, (double) maxSide / Math.max(width, height));
    return write(
        image(
            planes,
            (int) Math.max(1, Math.round(scale * width)),
            (int) Math.max(1, Math.round(scale * height))));
  }

  private static BufferedImage image(GreyPicture[] planes, int width, int height) {
    int type = planes.length == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(width, height, type);
    WritableRaster raster = image.getRaster();
    int[] row = new int[width];
    for (int c = 0; c < planes.length; c++) {
      boolean same = planes[c].width() == width && planes[c].height() == height;
      float[] values = (same ? planes[c] : planes[c].resized(width, height)).values();
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          row[x] = Math.round(255 * values[y * width + x]);
        }
        raster.setSamples(0, y, width, 1, c, row);
      }
    }
    return image;
  }

  private byte[] write(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(form.format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (form == Form.JPEG) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
