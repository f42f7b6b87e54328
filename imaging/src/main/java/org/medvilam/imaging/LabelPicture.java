package org.medvilam.imaging;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.records.geometry.Mask;

/**
 * A picture whose pixel values are labels, such as a colour per class or a class number.
 *
 * <p>One pass decodes it; the mask of a value is another pass, over one byte per pixel.
 */
public final class LabelPicture {
  /** The most values a label picture may hold; photographs and blurred masks hold more. */
  public static final int MAX_VALUES = 256;

  private final int width;
  private final int height;
  private final byte[] places;
  private final int[] values = new int[MAX_VALUES];
  private final long[] counts = new long[MAX_VALUES];
  private final Map<Integer, Integer> placeOfValue = new HashMap<>();

  private LabelPicture(int width, int height) {
    this.width = width;
    this.height = height;
    this.places = new byte[width * height];
  }

  /**
   * Reads the colours of rows as {@code 0xRRGGBB}; greys count as colours of three equal parts.
   *
   * @param name file name, for messages
   */
  static LabelPicture ofColours(PictureRows rows, String name) {
    if (rows.black() != 0 || rows.white() > PictureRows.WHITE_8) {
      throw new UnreadablePictureException(
          "unexpected-depth",
          "%s: expected labels of at most 8 bits per sample, found whites of %d"
              .formatted(name, rows.white()));
    }
    LabelPicture picture = new LabelPicture(rows.width(), rows.height());
    int step = PictureRows.WHITE_8 / rows.white();
    if (rows.channels() == 3) {
      picture.read(rows, name, (s, x) -> s[3 * x] << 16 | s[3 * x + 1] << 8 | s[3 * x + 2]);
    } else {
      picture.read(rows, name, (s, x) -> s[x] * step * 0x010101);
    }
    return picture;
  }

  /**
   * Reads the stored numbers of rows of one channel.
   *
   * @param name file name, for messages
   */
  static LabelPicture ofNumbers(PictureRows rows, String name) {
    if (rows.channels() != 1) {
      throw new UnreadablePictureException(
          "unexpected-colours", name + ": expected one channel of class numbers, found colours");
    }
    LabelPicture picture = new LabelPicture(rows.width(), rows.height());
    picture.read(rows, name, (s, x) -> s[x]);
    return picture;
  }

  /** Returns the value of a pixel in a row of samples. */
  private interface Value {
    int at(int[] samples, int x);
  }

  private void read(PictureRows rows, String name, Value value) {
    int[] samples = new int[width * rows.channels()];
    int last = 0;
    int place = -1;
    for (int y = 0; y < height; y++) {
      rows.next(samples);
      for (int x = 0; x < width; x++) {
        int here = value.at(samples, x);
        if (here != last || place < 0) {
          place = place(here, name);
          last = here;
        }
        places[y * width + x] = (byte) place;
        counts[place]++;
      }
    }
  }

  private int place(int value, String name) {
    Integer known = placeOfValue.get(value);
    if (known != null) {
      return known;
    }
    int place = placeOfValue.size();
    if (place == MAX_VALUES) {
      throw new UnreadablePictureException(
          "too-many-labels",
          "%s: expected at most %d different labels, found more, as in photographs and blurred copies"
              .formatted(name, MAX_VALUES));
    }
    placeOfValue.put(value, place);
    values[place] = value;
    return place;
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Returns how many pixels each value has, in order of the values; they add up to all. */
  public SortedMap<Integer, Long> counts() {
    SortedMap<Integer, Long> all = new TreeMap<>();
    for (int place = 0; place < placeOfValue.size(); place++) {
      all.put(values[place], counts[place]);
    }
    return Collections.unmodifiableSortedMap(all);
  }

  /** Returns the pixels of a value; none where the picture does not hold it. */
  public Mask mask(int value) {
    byte[] pixels = new byte[places.length];
    Integer place = placeOfValue.get(value);
    if (place != null) {
      byte wanted = (byte) (int) place;
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (places[i] == wanted ? 1 : 0);
      }
    }
    return new Mask(width, height, pixels);
  }
}
