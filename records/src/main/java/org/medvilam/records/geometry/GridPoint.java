package org.medvilam.records.geometry;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A point normalised to 0..1000 per axis.
 *
 * @param x thousandths of the image width
 * @param y thousandths of the image height
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"x", "y"})
public record GridPoint(int x, int y) {}
