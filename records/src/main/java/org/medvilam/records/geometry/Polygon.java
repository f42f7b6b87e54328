package org.medvilam.records.geometry;

import java.util.List;

/**
 * A region of one or several parts, each an outline; an inner ring is a part too, not a hole.
 *
 * @param rings the outlines in native order, at least one
 */
public record Polygon(List<Ring> rings) implements Region {
  /** Copies the list and checks that it is not empty. */
  public Polygon {
    rings = List.copyOf(rings);
    if (rings.isEmpty()) {
      throw new GeometryException("empty-polygon", "expected at least one outline, found none");
    }
  }

  /** Returns a polygon of one part. */
  public static Polygon of(Ring ring) {
    return new Polygon(List.of(ring));
  }
}
