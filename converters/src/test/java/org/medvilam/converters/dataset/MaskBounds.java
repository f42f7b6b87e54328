package org.medvilam.converters.dataset;

import java.awt.image.BufferedImage;
import org.medvilam.records.geometry.Box;

/** The pixel bounds of a mask, found without the toolkit's own reader. */
final class MaskBounds {
  private MaskBounds() {}

  static Box of(BufferedImage mask) {
    int x1 = mask.getWidth();
    int y1 = mask.getHeight();
    int x2 = 0;
    int y2 = 0;
    for (int i = 0; i < mask.getWidth() * mask.getHeight(); i++) {
      int x = i % mask.getWidth();
      int y = i / mask.getWidth();
      if (mask.getRaster().getSample(x, y, 0) > 127) {
        x1 = Math.min(x1, x);
        y1 = Math.min(y1, y);
        x2 = Math.max(x2, x + 1);
        y2 = Math.max(y2, y + 1);
      }
    }
    return new Box(x1, y1, x2, y2);
  }
}
