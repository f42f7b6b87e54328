package org.medvilam.records.geometry;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A box normalised to 0..1000 per axis.
 *
 * @param x1 left edge in thousandths of the image width
 * @param y1 top edge in thousandths of the image height
 * @param x2 right edge in thousandths of the image width
 * @param y2 bottom edge in thousandths of the image height
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"x1", "y1", "x2", "y2"})
public record GridBox(int x1, int y1, int x2, int y2) {

  /** Returns the same box in double coordinates, still in thousandths. */
  public Box toBox() {
    return new Box(x1, y1, x2, y2);
  }
}
