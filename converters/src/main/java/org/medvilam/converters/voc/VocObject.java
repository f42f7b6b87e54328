package org.medvilam.converters.voc;

import org.jspecify.annotations.Nullable;
import org.medvilam.records.geometry.Ring;

/**
 * One {@code object} of an annotation file, its numbers as they stand.
 *
 * @param number its place in the file, counted from 1
 * @param name the owners' name of its class, empty where there is none
 * @param difficult whether the owners mark it as {@code difficult}
 * @param xmin left corner, or NaN where the file has no number
 * @param ymin top corner, or NaN
 * @param xmax right corner, or NaN
 * @param ymax bottom corner, or NaN
 * @param polygon the outline that some tools add, as it stands, or null
 * @param parts number of those parts inside it that have names and boxes of their own
 */
public record VocObject(
    int number,
    String name,
    boolean difficult,
    double xmin,
    double ymin,
    double xmax,
    double ymax,
    @Nullable Ring polygon,
    int parts) {

  /** Returns where it stands, {@code object <number>}, for messages and records. */
  public String position() {
    return "object " + number;
  }

  /** Tells whether all four corners are numbers. */
  public boolean hasBox() {
    return Double.isFinite(xmin)
        && Double.isFinite(ymin)
        && Double.isFinite(xmax)
        && Double.isFinite(ymax);
  }
}
