package org.medvilam.converters.phantom;

import java.util.SplittableRandom;

/** Backgrounds that stand in for kinds of pictures; findings are painted on top. */
public final class PhantomScenes {
  private PhantomScenes() {}

  /** Returns layers of bright, grainy tissue that darken with depth, as in ultrasound. */
  public static PhantomPainter ultrasound(int width, int height, SplittableRandom random) {
    return new PhantomPainter(width, height, random)
        .shade(0.5, 0.32)
        .layers(0.16, Math.max(1, height / 14))
        .clouds(0.08, Math.max(1, width / 6))
        .speckle(0.55, 3)
        .speckle(0.35, 1);
  }

  /** Returns a bright chest with two dark lungs, ribs and a heart, as in an upright radiograph. */
  public static PhantomPainter chestXray(int width, int height, SplittableRandom random) {
    PhantomPainter chest =
        new PhantomPainter(width, height, random).fill(0.62).clouds(0.06, Math.max(1, width / 5));
    double top = height * 0.47;
    chest.paint(Blob.ellipse(width * 0.28, top, width * 0.18, height * 0.36), 0.22, width * 0.05);
    chest.paint(Blob.ellipse(width * 0.72, top, width * 0.18, height * 0.36), 0.22, width * 0.05);
    for (int rib = 0; rib < 6; rib++) {
      double y = height * (0.18 + 0.11 * rib);
      chest.lighten(Blob.ellipse(width * 0.27, y, width * 0.2, height * 0.014), 0.06, 2);
      chest.lighten(Blob.ellipse(width * 0.73, y, width * 0.2, height * 0.014), 0.06, 2);
    }
    chest.lighten(
        Blob.ellipse(width * 0.56, height * 0.68, width * 0.13, height * 0.15), 0.24, width * 0.05);
    return chest.clouds(0.03, 2);
  }

  /** Returns an oval body of soft tissue with organs and a spine on black, as in a CT slice. */
  public static PhantomPainter ctSlice(int width, int height, SplittableRandom random) {
    PhantomPainter slice = new PhantomPainter(width, height, random);
    double cx = width * 0.5;
    double cy = height * 0.5;
    slice.paint(Blob.ellipse(cx, cy, width * 0.46, height * 0.38), 0.28, 2);
    slice.paint(Blob.ellipse(cx, cy, width * 0.42, height * 0.34), 0.45, 2);
    slice.paint(
        Blob.wavy(random, width * 0.33, height * 0.45, width * 0.16, height * 0.18, 3, 0.2),
        0.53,
        3);
    slice.paint(Blob.ellipse(cx, height * 0.72, width * 0.06, height * 0.06), 0.95, 2);
    return slice.speckle(0.1, Math.max(1, width / 12)).speckle(0.14, 2);
  }

  /** Returns a bright skull around a brain with two dark ventricles, as in an axial MR slice. */
  public static PhantomPainter brain(int width, int height, SplittableRandom random) {
    PhantomPainter slice = new PhantomPainter(width, height, random);
    double cx = width * 0.5;
    double cy = height * 0.5;
    slice.paint(Blob.ellipse(cx, cy, width * 0.38, height * 0.44), 0.7, 2);
    slice.paint(Blob.ellipse(cx, cy, width * 0.35, height * 0.41), 0.08, 2);
    slice.paint(Blob.ellipse(cx, cy, width * 0.33, height * 0.39), 0.36, 3);
    slice.paint(Blob.ellipse(width * 0.45, cy, width * 0.03, height * 0.12), 0.12, 3);
    slice.paint(Blob.ellipse(width * 0.55, cy, width * 0.03, height * 0.12), 0.12, 3);
    return slice.speckle(0.12, Math.max(1, width / 14)).speckle(0.1, 2);
  }

  /** Returns smooth, softly lit tissue, as in a photograph of skin or mucosa. */
  public static PhantomPainter tissue(int width, int height, SplittableRandom random) {
    return new PhantomPainter(width, height, random)
        .shade(0.62, 0.74)
        .clouds(0.09, Math.max(1, width / 4))
        .clouds(0.04, Math.max(1, width / 20))
        .clouds(0.02, 1);
  }
}
