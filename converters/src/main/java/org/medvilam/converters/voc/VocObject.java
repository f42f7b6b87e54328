package org.medvilam.converters.voc;

/**
 * One {@code object} of an annotation file, its numbers as they stand.
 *
 * @param position {@code object <number>}, counted from 1, for messages and records
 * @param name the owners' name of its class, empty where there is none
 * @param difficult whether the owners mark it as {@code difficult}
 * @param xmin left corner, or NaN where the file has no number
 * @param ymin top corner, or NaN
 * @param xmax right corner, or NaN
 * @param ymax bottom corner, or NaN
 */
public record VocObject(
    String position,
    String name,
    boolean difficult,
    double xmin,
    double ymin,
    double xmax,
    double ymax) {

  /** Tells whether all four corners are numbers. */
  public boolean hasBox() {
    return Double.isFinite(xmin)
        && Double.isFinite(ymin)
        && Double.isFinite(xmax)
        && Double.isFinite(ymax);
  }
}
