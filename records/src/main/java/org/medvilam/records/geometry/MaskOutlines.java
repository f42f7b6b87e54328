package org.medvilam.records.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * The components of a mask and their outer outlines.
 *
 * @param outlines one per component that is large enough, ordered by their first vertex
 * @param dropped number of components below the least size
 * @param droppedPixels pixels of those components
 */
public record MaskOutlines(List<Outline> outlines, int dropped, long droppedPixels) {
  /** Components of fewer pixels are specks, unless the user says otherwise. */
  public static final int DEFAULT_MIN_COMPONENT = 10;

  /** Copies the list. */
  public MaskOutlines {
    outlines = List.copyOf(outlines);
  }

  /**
   * Traces a mask.
   *
   * <p>Components are 8-connected. The outline is the iso-line at one half of marching squares on
   * the padded mask: it runs through the midpoints of boundary pixel edges and joins pixels that
   * touch at a corner ({@code find_contours(pad(m), 0.5, fully_connected='high')} of scikit-image,
   * shifted by half a pixel into the pixel-edge frame). Holes are filled.
   *
   * <p>Cost: one pass over the pixels, then time in proportion to runs and outline lengths.
   *
   * @param mask the mask
   * @param minComponent least number of pixels of a component, at least 1
   */
  public static MaskOutlines trace(Mask mask, int minComponent) {
    if (minComponent < 1) {
      throw new IllegalArgumentException(
          "minComponent must be at least 1, but was: " + minComponent);
    }
    List<Outline> outlines = new ArrayList<>();
    int dropped = 0;
    long droppedPixels = 0;
    for (Components.Component c : Components.of(mask)) {
      if (c.pixels() < minComponent) {
        dropped++;
        droppedPixels += c.pixels();
      } else {
        outlines.add(OutlineTracer.trace(mask, c));
      }
    }
    outlines.sort(
        (a, b) -> Point.BY_DISTANCE_FROM_ORIGIN.compare(a.ring().point(0), b.ring().point(0)));
    return new MaskOutlines(outlines, dropped, droppedPixels);
  }
}
