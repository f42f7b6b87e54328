package org.medvilam.records.geometry;

import java.util.Random;

/** Small masks from a seed, and their rows as text. */
final class RandomMasks {
  private RandomMasks() {}

  /** Returns a mask of up to {@code limit} x {@code limit} pixels of any density. */
  static Mask next(Random random, int limit) {
    int width = 1 + random.nextInt(limit);
    int height = 1 + random.nextInt(limit);
    double density = random.nextDouble();
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextDouble() < density ? 1 + random.nextInt(255) : 0);
    }
    return new Mask(width, height, pixels);
  }

  /** Returns the rows as lines of {@code 0} and {@code 1}. */
  static String text(Mask mask) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        text.append(mask.get(x, y) ? '1' : '0');
      }
      text.append('\n');
    }
    return text.toString();
  }
}
