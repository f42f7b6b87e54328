package org.medvilam.converters.phantom;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.medvilam.records.Hashing;
import org.medvilam.records.geometry.Box;

/**
 * Draws one grey picture, brightness 0 to 1, from a seed.
 *
 * <p>Every method but the last three changes the picture and returns the painter. The same random
 * source and the same calls give the same pixels on every machine.
 *
 * <pre>{@code
 * SplittableRandom random = PhantomPainter.random(seed, "picture 7");
 * PhantomPainter painter =
 *     new PhantomPainter(256, 192, random).fill(0.4).clouds(0.1, 24).speckle(0.5, 3);
 * Blob blob = Blob.wavy(random, 120, 90, 40, 30, 3, 0.2);
 * BufferedImage picture = painter.paint(blob, 0.1, 4).grey();
 * }</pre>
 */
public final class PhantomPainter {
  private final int width;
  private final int height;
  private final SplittableRandom random;
  private final double[] light;

  /**
   * Creates a black picture.
   *
   * @param width columns
   * @param height rows
   * @param random where noise comes from
   */
  public PhantomPainter(int width, int height, SplittableRandom random) {
    this.width = width;
    this.height = height;
    this.random = random;
    this.light = new double[width * height];
  }

  /**
   * Returns a random source that depends on seed and key alone, so that a picture does not change
   * with the number of pictures before it.
   */
  public static SplittableRandom random(long seed, String key) {
    return new SplittableRandom((long) (Hashing.fraction(seed + "|" + key) * 0x1.0p53));
  }

  /** Returns the columns. */
  public int width() {
    return width;
  }

  /** Returns the rows. */
  public int height() {
    return height;
  }

  /** Paints every pixel with one brightness. */
  public PhantomPainter fill(double level) {
    Arrays.fill(light, level);
    return this;
  }

  /** Adds a brightness that changes evenly from the top row to the bottom row. */
  public PhantomPainter shade(double top, double bottom) {
    for (int i = 0; i < light.length; i++) {
      int row = i / width;
      light[i] += top + (bottom - top) * row / height;
    }
    return this;
  }

  /**
   * Adds smooth noise.
   *
   * @param strength largest change of brightness
   * @param grain size of a cloud in pixels, at least 1
   */
  public PhantomPainter clouds(double strength, int grain) {
    double[] noise = noise(grain, grain);
    for (int i = 0; i < light.length; i++) {
      light[i] += strength * noise[i];
    }
    return this;
  }

  /**
   * Adds smooth noise drawn out along the rows, like layers of tissue.
   *
   * @param strength largest change of brightness
   * @param thickness of a layer in pixels, at least 1
   */
  public PhantomPainter layers(double strength, int thickness) {
    double[] noise = noise(thickness * 8, thickness);
    for (int i = 0; i < light.length; i++) {
      light[i] += strength * noise[i];
    }
    return this;
  }

  /**
   * Multiplies with noise, as coherent waves do: bright tissue is grainier than dark tissue.
   *
   * @param strength largest relative change, 0 to 1
   * @param grain size of a grain in pixels, at least 1
   */
  public PhantomPainter speckle(double strength, int grain) {
    double[] noise = noise(grain, grain);
    for (int i = 0; i < light.length; i++) {
      light[i] *= 1 + strength * noise[i];
    }
    return this;
  }

  /**
   * Paints a blob over what is there.
   *
   * @param level its brightness
   * @param edge width of the fading edge in pixels, inside the outline; 0 for a sharp one
   */
  public PhantomPainter paint(Blob blob, double level, double edge) {
    return blend(blob, level, 0, edge);
  }

  /**
   * Adds to the brightness inside a blob, keeping its texture.
   *
   * @param change added brightness, negative to darken
   * @param edge width of the fading edge in pixels, inside the outline; 0 for a sharp one
   */
  public PhantomPainter lighten(Blob blob, double change, double edge) {
    return blend(blob, change, 1, edge);
  }

  /** Sets inside pixels to {@code value + keep * old}, faded towards the edge. */
  private PhantomPainter blend(Blob blob, double value, double keep, double edge) {
    Box reach = blob.reach(width, height);
    for (int y = (int) reach.y1(); y < reach.y2(); y++) {
      for (int x = (int) reach.x1(); x < reach.x2(); x++) {
        double depth = blob.depth(x + 0.5, y + 0.5);
        if (depth >= 0) {
          double cover = edge > 0 ? Math.min(1, 0.3 + 0.7 * depth / edge) : 1;
          int i = y * width + x;
          light[i] += cover * (value + keep * light[i] - light[i]);
        }
      }
    }
    return this;
  }

  /** Adds to the brightness of a rectangle, e.g. the shadow or echo behind a finding. */
  public PhantomPainter lighten(Box area, double change) {
    for (int y = (int) Math.max(0, area.y1()); y < Math.min(height, area.y2()); y++) {
      for (int x = (int) Math.max(0, area.x1()); x < Math.min(width, area.x2()); x++) {
        light[y * width + x] += change;
      }
    }
    return this;
  }

  /** Returns noise of −1 to 1: random values on a lattice, blended smoothly in between. */
  private double[] noise(int stepX, int stepY) {
    int columns = width / stepX + 2;
    int rows = height / stepY + 2;
    double[] lattice = new double[columns * rows];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = 2 * random.nextDouble() - 1;
    }
    double[] out = new double[light.length];
    for (int y = 0; y < height; y++) {
      double fy = smooth((double) (y % stepY) / stepY);
      for (int x = 0; x < width; x++) {
        double fx = smooth((double) (x % stepX) / stepX);
        int at = y / stepY * columns + x / stepX;
        double above = lattice[at] + fx * (lattice[at + 1] - lattice[at]);
        int next = at + columns;
        double below = lattice[next] + fx * (lattice[next + 1] - lattice[next]);
        out[y * width + x] = above + fy * (below - above);
      }
    }
    return out;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  /** Returns the picture in 8-bit grey. */
  public BufferedImage grey() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(255 * within(light[i]));
    }
    return image;
  }

  /**
   * Returns the picture in 16-bit grey.
   *
   * @param black stored value of brightness 0, 0 to 65,535
   * @param white stored value of brightness 1, 0 to 65,535
   */
  public BufferedImage grey16(int black, int white) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    short[] pixels = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (short) Math.round(black + (white - black) * within(light[i]));
    }
    return image;
  }

  /**
   * Returns the picture in 8-bit colour.
   *
   * @param red brightness of red as a part of the picture's, 0 to 1
   * @param green the same for green
   * @param blue the same for blue
   */
  public BufferedImage colour(double red, double green, double blue) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < light.length; i++) {
      double v = 255 * within(light[i]);
      pixels[3 * i] = (byte) Math.round(v * blue);
      pixels[3 * i + 1] = (byte) Math.round(v * green);
      pixels[3 * i + 2] = (byte) Math.round(v * red);
    }
    return image;
  }

  private static double within(double v) {
    return Math.max(0, Math.min(1, v));
  }
}
