package org.medvilam.converters.dataset;

import java.util.SplittableRandom;
import org.medvilam.converters.phantom.Blob;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomScenes;
import org.medvilam.records.geometry.Box;

/**
 * How a kind of skin lesion is drawn.
 *
 * @param waves number of waves of its outline: 2 is a pebble, 9 is ragged
 * @param strength how far they reach, as a part of the radius
 * @param change what it adds to the brightness of the skin
 * @param edge width of its fading edge in pixels
 */
record PhantomLesion(int waves, double strength, double change, double edge) {
  private static final int MARGIN = 8;

  /** Returns skin, lit evenly. */
  static PhantomPainter skin(int width, int height, SplittableRandom random) {
    return PhantomScenes.tissue(width, height, random);
  }

  /** Paints one lesion somewhere, and returns where. */
  Blob paint(PhantomPainter painter, SplittableRandom random) {
    int width = painter.width();
    int height = painter.height();
    Box area = new Box(MARGIN, MARGIN, width - MARGIN, height - MARGIN);
    Blob blob = Blob.scatter(random, 1, area, width * 0.22, width * 0.5, waves, strength).get(0);
    painter.lighten(blob, change, edge);
    return blob;
  }
}
