package org.medvilam.imaging;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.imaging.dicom.DicomFile;
import org.medvilam.records.geometry.Mask;

/**
 * Reads pictures, after a look at whether the file is whole and of a sensible size.
 *
 * <p>The frame of a picture is the upright one, which viewers and labelling tools show: where EXIF
 * data or a TIFF tag state another orientation, size and pixels are turned by it. Otherwise pixels
 * are taken as stored: gamma, colour profiles and alpha are not applied. Of several pictures in a
 * file the first is read. Of DICOM files the display picture counts, unless it is said otherwise.
 *
 * <p>Whatever is wrong with a file ends as {@link UnreadablePictureException}.
 */
public final class Pictures {
  /** The largest decoded picture or frame in bytes. */
  public static final long MAX_DECODED = 256L << 20;

  private static final double RED = 0.299;
  private static final double GREEN = 0.587;
  private static final double BLUE = 0.114;

  private Pictures() {}

  /**
   * Returns what the header declares, having checked that the file is whole.
   *
   * <p>PNG chunks are walked to the last and their CRCs compared, JPEG markers to the end of the
   * image, the strips of a TIFF file and the pixels of a DICOM file are looked for, without
   * decoding; other formats are decoded.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @throws UnreadablePictureException if the picture cannot be used, with the reason
   */
  public static PictureInfo probe(byte[] data, String name) {
    return PictureDecoder.probe(data, name);
  }

  /**
   * Returns the mask that a picture paints: foreground is where the brightest of the colour
   * channels is above 127 of 255, whatever the number of bits.
   *
   * <p>Palette pictures count by the colour of the entry. Alpha is never looked at: owners write
   * masks whose alpha is 255 everywhere.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @throws UnreadablePictureException if the picture cannot be used, with the reason; {@code
   *     dim-mask} where something is painted but nothing is bright enough, as in masks of 0 and 1
   */
  public static Mask mask(byte[] data, String name) {
    try (PictureRows rows = PictureDecoder.rows(data, name, true)) {
      byte[] pixels = new byte[rows.width() * rows.height()];
      int[] samples = new int[rows.width() * rows.channels()];
      int brightest = 0;
      for (int y = 0; y < rows.height(); y++) {
        brightest = Math.max(brightest, rows.nextMask(samples, pixels, y * rows.width()));
      }
      if (brightest > 0 && brightest <= PictureRows.MASK_THRESHOLD) {
        throw new UnreadablePictureException(
            "dim-mask",
            ("%s: expected foreground above %d of 255, found nothing brighter than %d;"
                    + " rewrite masks of 0 and 1 as 0 and 255")
                .formatted(name, PictureRows.MASK_THRESHOLD, brightest));
      }
      return new Mask(rows.width(), rows.height(), pixels);
    }
  }

  /**
   * Returns the mask of everything that is not black, however dim: for owners who write their masks
   * as 0 and 1, as 0 and 255 and in colours.
   *
   * <p>Palette pictures count by the colour of the entry. Alpha is never looked at.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @throws UnreadablePictureException if the picture cannot be used, with the reason
   */
  public static Mask painted(byte[] data, String name) {
    try (PictureRows rows = PictureDecoder.rows(data, name, true)) {
      byte[] pixels = new byte[rows.width() * rows.height()];
      int channels = rows.channels();
      int[] samples = new int[rows.width() * channels];
      for (int y = 0; y < rows.height(); y++) {
        rows.next(samples);
        for (int i = 0; i < samples.length; i++) {
          if (samples[i] != rows.black()) {
            pixels[y * rows.width() + i / channels] = 1;
          }
        }
      }
      return new Mask(rows.width(), rows.height(), pixels);
    }
  }

  /**
   * Returns a picture whose colours are labels; values are {@code 0xRRGGBB} as stored.
   *
   * <p>Palette pictures count by the colour of the entry, greys as colours of three equal parts.
   * Alpha is never looked at: owners write labels half transparent.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @throws UnreadablePictureException if the picture cannot be used, with the reason; {@code
   *     too-many-labels} above {@link LabelPicture#MAX_VALUES} colours, {@code unexpected-depth}
   *     above 8 bits per sample
   */
  public static LabelPicture labelColours(byte[] data, String name) {
    try (PictureRows rows = PictureDecoder.rows(data, name, true)) {
      return LabelPicture.ofColours(rows, name);
    }
  }

  /**
   * Returns a picture whose stored numbers are labels: grey values, or indexes of palette entries;
   * of DICOM, too, the stored samples.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @throws UnreadablePictureException if the picture cannot be used, with the reason; {@code
   *     too-many-labels} above {@link LabelPicture#MAX_VALUES} numbers, {@code unexpected-colours}
   *     where it has more than one channel
   */
  public static LabelPicture labelNumbers(byte[] data, String name) {
    try (PictureRows rows = PictureDecoder.rows(data, name, false)) {
      return LabelPicture.ofNumbers(rows, name);
    }
  }

  /**
   * Returns the brightness of a picture, 0 for the least and 1 for the greatest value that its
   * number of bits can store; of DICOM, that of the display picture.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @throws UnreadablePictureException if the picture cannot be used, with the reason
   */
  public static GreyPicture grey(byte[] data, String name) {
    try (PictureRows rows = PictureDecoder.rows(data, name, true)) {
      return grey(rows, rows.black(), rows.white());
    }
  }

  /**
   * Returns the brightness of a picture within a window; of grey DICOM, a window of the values of
   * the modality, e.g. Hounsfield units, inverted where the least value is white.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @param low stored value that becomes 0, as do smaller ones
   * @param high stored value that becomes 1, as do greater ones; above {@code low}
   * @throws UnreadablePictureException if the picture cannot be used, with the reason
   */
  public static GreyPicture grey(byte[] data, String name, double low, double high) {
    if (!(high > low)) {
      throw new IllegalArgumentException(
          "high must be above low, but were: low %s, high %s".formatted(low, high));
    }
    GreyPicture modality = modality(data, name, low, high);
    if (modality != null) {
      return modality;
    }
    try (PictureRows rows = PictureDecoder.rows(data, name, true)) {
      return grey(rows, low, high);
    }
  }

  /**
   * Returns what tells whether another file holds the same picture.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @param window stored values shown as black and as white, {@code [low, high]}, or null for the
   *     least and the greatest that the number of bits can store; DICOM is always summarised as its
   *     display picture
   * @param side columns and rows of the small picture
   * @throws UnreadablePictureException if the picture cannot be used, with the reason
   */
  public static PictureSummary summary(
      byte[] data, String name, @Nullable List<Double> window, int side) {
    boolean whole = window == null || DicomFile.starts(data);
    try (PictureRows rows = PictureDecoder.rows(data, name, true)) {
      double low = whole ? rows.black() : window.get(0);
      double high = whole ? rows.white() : window.get(1);
      return PictureSummary.of(rows, low, high, side);
    }
  }

  /**
   * Returns a picture for people to look at, in its colours.
   *
   * @param data the whole file
   * @param name its path, for messages
   * @param side longer side in pixels at most
   * @throws UnreadablePictureException if the picture cannot be used, with the reason
   */
  public static ColourPicture colour(byte[] data, String name, int side) {
    try (PictureRows rows = PictureDecoder.rows(data, name, true)) {
      return ColourPicture.shrunk(rows, side);
    }
  }

  /** Returns grey DICOM within a window of the values of the modality, or null for the others. */
  private static @Nullable GreyPicture modality(byte[] data, String name, double low, double high) {
    if (!DicomFile.starts(data)) {
      return null;
    }
    DicomPicture picture = DicomPicture.of(data, name);
    return picture.isColour() ? null : picture.grey(low, high);
  }

  private static GreyPicture grey(PictureRows rows, double low, double high) {
    int width = rows.width();
    float[] values = new float[width * rows.height()];
    int[] samples = new int[width * rows.channels()];
    for (int y = 0; y < rows.height(); y++) {
      rows.next(samples);
      greyRow(samples, rows.channels(), low, high, values, y * width);
    }
    return new GreyPicture(width, rows.height(), values);
  }

  /**
   * Returns the channels of a picture, one or three, 0 for black and 1 for white.
   *
   * @param window stored values of black and white, of grey DICOM those of the modality, or null
   *     for those of its number of bits
   */
  static GreyPicture[] planes(byte[] data, String name, @Nullable List<Double> window) {
    GreyPicture modality =
        window == null ? null : modality(data, name, window.get(0), window.get(1));
    if (modality != null) {
      return new GreyPicture[] {modality};
    }
    try (PictureRows rows = PictureDecoder.rows(data, name, true)) {
      double low = window == null ? rows.black() : window.get(0);
      double high = window == null ? rows.white() : window.get(1);
      int width = rows.width();
      int channels = rows.channels();
      float[][] values = new float[channels][width * rows.height()];
      int[] samples = new int[width * channels];
      for (int y = 0; y < rows.height(); y++) {
        rows.next(samples);
        for (int i = 0; i < samples.length; i++) {
          double value = Math.max(0, Math.min(1, (samples[i] - low) / (high - low)));
          values[i % channels][y * width + i / channels] = (float) value;
        }
      }
      GreyPicture[] planes = new GreyPicture[channels];
      for (int c = 0; c < channels; c++) {
        planes[c] = new GreyPicture(width, rows.height(), values[c]);
      }
      return planes;
    }
  }

  /** Writes the brightness of a row; that of colours is ITU-R BT.601's. */
  static void greyRow(
      int[] samples, int channels, double low, double high, float[] values, int at) {
    for (int x = 0; x < samples.length / channels; x++) {
      double stored =
          channels == 3
              ? RED * samples[3 * x] + GREEN * samples[3 * x + 1] + BLUE * samples[3 * x + 2]
              : samples[x];
      values[at + x] = (float) Math.max(0, Math.min(1, (stored - low) / (high - low)));
    }
  }
}
