package org.medvilam.imaging;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * How the stored rows and columns of a picture lie in the upright one, as viewers and labelling
 * tools show it (tag 274 of TIFF 6.0 and EXIF).
 */
public enum Orientation {
  /** 1: as stored. */
  UPRIGHT(1, false, false, false),
  /** 2: left and right are swapped. */
  MIRRORED(2, false, false, true),
  /** 3: upside down. */
  TURNED(3, false, true, true),
  /** 4: top and bottom are swapped. */
  FLIPPED(4, false, true, false),
  /** 5: rows and columns are swapped. */
  TRANSPOSED(5, true, false, false),
  /** 6: a quarter turn clockwise makes it upright. */
  LEFT(6, true, false, true),
  /** 7: rows and columns are swapped, across the other diagonal. */
  TRANSVERSED(7, true, true, true),
  /** 8: a quarter turn anticlockwise makes it upright. */
  RIGHT(8, true, true, false);

  private final int exif;
  private final boolean columns;
  private final boolean fromEnd;
  private final boolean backwards;

  Orientation(int exif, boolean columns, boolean fromEnd, boolean backwards) {
    this.exif = exif;
    this.columns = columns;
    this.fromEnd = fromEnd;
    this.backwards = backwards;
  }

  /** Returns the number that EXIF stores, 1 to 8. */
  public int exif() {
    return exif;
  }

  /** Tells whether an upright row is a stored column, so that width and height are swapped. */
  public boolean swapsSides() {
    return columns;
  }

  /** Tells whether the first upright row is the last one (or the last column) stored. */
  boolean startsAtTheEnd() {
    return fromEnd;
  }

  /** Tells whether an upright row is stored from right to left (or from bottom to top). */
  boolean runsBackwards() {
    return backwards;
  }

  /**
   * Returns the orientation that EXIF data state.
   *
   * <p>Data that cannot be read state none: no viewer can turn the picture by them.
   *
   * @param data a file
   * @param from where the EXIF data start in it, with their byte order mark
   * @param length their length in bytes
   */
  static Orientation ofExif(byte[] data, int from, int length) {
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(data, from, length))) {
      return of(new TIFFReader().read(in));
    } catch (IOException | RuntimeException e) {
      return UPRIGHT;
    }
  }

  /** Returns the orientation that the first directory states; upright for none of the eight. */
  static Orientation of(Directory directory) {
    Entry entry = TiffFile.first(directory).getEntryById(TIFF.TAG_ORIENTATION);
    return Arrays.stream(values())
        .filter(
            o -> entry != null && entry.getValue() instanceof Number n && n.intValue() == o.exif)
        .findFirst()
        .orElse(UPRIGHT);
  }
}
