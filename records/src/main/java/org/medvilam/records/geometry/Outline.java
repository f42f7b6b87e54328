package org.medvilam.records.geometry;

/**
 * The outer outline of one 8-connected component of a mask.
 *
 * @param ring canonical outline through the midpoints of boundary pixel edges, collinear vertices
 *     left out (the start vertex always stays)
 * @param bounds {@code [xmin, ymin, xmax+1, ymax+1]} of the component's pixels
 * @param pixels number of foreground pixels of the component
 * @param holePixels number of other pixels that the outline encloses
 */
public record Outline(Ring ring, Box bounds, long pixels, long holePixels) {}
