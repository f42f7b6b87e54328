package org.medvilam.imaging.volume;

import java.util.function.DoublePredicate;
import org.medvilam.imaging.GreyPicture;
import org.medvilam.records.geometry.Mask;

/**
 * A slice of a volume as it is looked at.
 *
 * @param axis the way it is cut, which says where right and down are in the patient
 * @param index 0-based position in the canonical volume
 * @param width columns
 * @param height rows
 * @param values {@code width * height} values, row by row from the top left; not copied
 */
@SuppressWarnings(
    "ArrayRecordComponent") // a quarter million pixels; a copy per access would cost too much
public record Slice(SliceAxis axis, int index, int width, int height, double[] values) {
  /** Checks the size. */
  public Slice {
    if (values.length != (long) width * height) {
      throw new IllegalArgumentException(
          "values must be width x height = %d x %d, but were: %d"
              .formatted(width, height, values.length));
    }
  }

  /**
   * Returns the slice within a window; {@link GreyPicture#toPng} writes it with 8 bits.
   *
   * @param low value that becomes black, as do smaller ones and those that are no number
   * @param high value that becomes white, as do greater ones; above {@code low}
   */
  public GreyPicture grey(double low, double high) {
    if (!(high > low)) {
      throw new IllegalArgumentException(
          "high must be above low, but were: low %s, high %s".formatted(low, high));
    }
    float[] grey = new float[values.length];
    for (int i = 0; i < grey.length; i++) {
      double share = (values[i] - low) / (high - low);
      grey[i] = share > 0 ? (float) Math.min(1, share) : 0;
    }
    return new GreyPicture(width, height, grey);
  }

  /** Returns the pixels whose value is foreground. */
  public Mask mask(DoublePredicate foreground) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (foreground.test(values[i]) ? 1 : 0);
    }
    return new Mask(width, height, pixels);
  }
}
