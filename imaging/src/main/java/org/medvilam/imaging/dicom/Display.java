package org.medvilam.imaging.dicom;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Map;
import java.util.function.DoubleToIntFunction;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns stored samples into values of the modality, and these into 8-bit pictures. */
final class Display {
  private static final int WHITE = 255;

  private final DicomHeader header;
  private final PixelFormat format;
  private final int frame;

  Display(DicomHeader header, PixelFormat format, int frame) {
    this.header = header;
    this.format = format;
    this.frame = frame;
  }

  /** Returns what stored values of a grey frame become: the Modality LUT (PS3.3 C.11.1). */
  DoubleUnaryOperator modality() {
    Map<Integer, Element> place = header.lut(Tag.MODALITY_LUT_SEQUENCE);
    if (!place.isEmpty()) {
      Lut lut = Lut.of(header, place, Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, format.signed());
      return lut::at;
    }
    double slope = first(DicomAttribute.RESCALE_SLOPE, 1);
    double intercept = first(DicomAttribute.RESCALE_INTERCEPT, 0);
    return v -> slope * v + intercept;
  }

  /**
   * Returns a picture of 8 bits: grey or colour.
   *
   * @param raster the stored samples
   * @param window the window of a grey frame; null for the first of the header or, where it has
   *     none, that of its values
   */
  BufferedImage picture(Raster raster, @Nullable Window window) {
    if (format.photometric() == Photometric.PALETTE_COLOR) {
      return palette(raster);
    }
    return format.photometric().samples() == 3 ? colour(raster) : grey(raster, window);
  }

  private BufferedImage grey(Raster raster, @Nullable Window window) {
    BufferedImage image =
        new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    DoubleUnaryOperator modality = modality();
    DoubleToIntFunction greys = window == null ? greys(raster, modality) : greys(window);
    double[] row = new double[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, row.length, 1, row);
      for (int x = 0; x < row.length; x++) {
        pixels[y * row.length + x] = (byte) greys.applyAsInt(modality.applyAsDouble(row[x]));
      }
    }
    return image;
  }

  private DoubleToIntFunction greys(Window window) {
    boolean inverse = format.photometric() == Photometric.MONOCHROME1;
    return inverse ? window.greys(WHITE, 0) : window.greys(0, WHITE);
  }

  /** Chooses the first window, else the first VOI LUT, else the window of the values (C.11.2). */
  private DoubleToIntFunction greys(Raster raster, DoubleUnaryOperator modality) {
    double[] centers = header.numbers(DicomAttribute.WINDOW_CENTER, frame);
    double[] widths = header.numbers(DicomAttribute.WINDOW_WIDTH, frame);
    if (centers.length > 0 && widths.length > 0) {
      Window window = new Window(centers[0], widths[0], shape());
      if (window.isValid()) {
        return greys(window);
      }
    }
    Map<Integer, Element> place = header.lut(Tag.VOI_LUT_SEQUENCE);
    if (!place.isEmpty()) {
      Lut lut = Lut.of(header, place, Tag.LUT_DESCRIPTOR, Tag.LUT_DATA, format.signed());
      DoubleToIntFunction scaled = greys(Window.range(0, (1 << lut.bits()) - 1));
      return v -> scaled.applyAsInt(lut.at(v));
    }
    return greys(range(raster, modality));
  }

  private Window.Shape shape() {
    return switch (header.text(DicomAttribute.VOI_LUT_FUNCTION, frame)) {
      case "SIGMOID" -> Window.Shape.SIGMOID;
      case "LINEAR_EXACT" -> Window.Shape.LINEAR_EXACT;
      default -> Window.Shape.LINEAR;
    };
  }

  /** Returns the window of the values of a frame; that of bits is always 0 to 1. */
  private Window range(Raster raster, DoubleUnaryOperator modality) {
    if (format.stored() == 1) {
      return Window.range(modality.applyAsDouble(0), modality.applyAsDouble(1));
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double[] row = new double[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, row.length, 1, row);
      for (double stored : row) {
        double value = modality.applyAsDouble(stored);
        least = value < least ? value : least;
        greatest = value > greatest ? value : greatest;
      }
    }
    return Window.range(least, Math.max(least, greatest));
  }

  /** Looks up indices in the palette (PS3.3 C.7.6.3.1.5 and C.7.6.3.1.6). */
  private BufferedImage palette(Raster raster) {
    Lut[] luts = new Lut[3];
    for (int c = 0; c < 3; c++) {
      luts[c] =
          Lut.of(
              header,
              header.root(),
              Tag.RED_PALETTE_DESCRIPTOR + c,
              Tag.RED_PALETTE_DATA + c,
              false);
    }
    BufferedImage image = colourImage(raster);
    WritableRaster pixels = image.getRaster();
    int[] row = new int[raster.getWidth()];
    int[] colours = new int[3 * row.length];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, row.length, 1, row);
      for (int i = 0; i < colours.length; i++) {
        Lut lut = luts[i % 3];
        colours[i] = Math.min(WHITE, lut.at(row[i / 3]) >> Math.max(0, lut.bits() - 8));
      }
      pixels.setPixels(0, y, row.length, 1, colours);
    }
    return image;
  }

  /** Scales colours to 8 bits and undoes brightness and differences (PS3.3 C.7.6.3.1.2). */
  private BufferedImage colour(Raster raster) {
    BufferedImage image = colourImage(raster);
    WritableRaster pixels = image.getRaster();
    boolean ybr = format.photometric().isYbr();
    double scale = WHITE / (Math.pow(2, format.stored()) - 1);
    double[] row = new double[3 * raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i++) {
        row[i] *= scale;
      }
      for (int i = 0; ybr && i < row.length; i += 3) {
        rgb(row, i);
      }
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.max(0, Math.min(WHITE, Math.round(row[i])));
      }
      pixels.setPixels(0, y, raster.getWidth(), 1, row);
    }
    return image;
  }

  private static void rgb(double[] row, int at) {
    double brightness = row[at];
    double blue = row[at + 1] - 128;
    double red = row[at + 2] - 128;
    row[at] = brightness + 1.402 * red;
    row[at + 1] = brightness - 0.344136 * blue - 0.714136 * red;
    row[at + 2] = brightness + 1.772 * blue;
  }

  private static BufferedImage colourImage(Raster raster) {
    return new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
  }

  private double first(DicomAttribute attribute, double otherwise) {
    double[] values = header.numbers(attribute, frame);
    return values.length == 0 ? otherwise : values[0];
  }
}
