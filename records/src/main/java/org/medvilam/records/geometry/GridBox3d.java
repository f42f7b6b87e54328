package org.medvilam.records.geometry;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A 3D box normalised to 0..1000 per axis of its volume.
 *
 * @param x1 lower edge along the first axis
 * @param y1 lower edge along the second axis
 * @param z1 lower edge along the third axis
 * @param x2 upper edge along the first axis
 * @param y2 upper edge along the second axis
 * @param z2 upper edge along the third axis
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"x1", "y1", "z1", "x2", "y2", "z2"})
public record GridBox3d(int x1, int y1, int z1, int x2, int y2, int z2) {}
