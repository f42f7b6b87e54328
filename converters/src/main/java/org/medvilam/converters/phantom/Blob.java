package org.medvilam.converters.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.Ring;

/**
 * A star-shaped outline: an ellipse whose radius swells and shrinks with a few harmonics of the
 * angle.
 *
 * <p>A pixel belongs to the blob when its centre does, so {@link #mask}, {@link #box} and what
 * {@link PhantomPainter} paints agree exactly.
 */
public final class Blob {
  private static final int FIRST_HARMONIC = 2;
  private static final int ATTEMPTS = 400;

  private final double cx;
  private final double cy;
  private final double rx;
  private final double ry;
  private final double[] swell;
  private final double[] phase;

  private Blob(double cx, double cy, double rx, double ry, double[] swell, double[] phase) {
    this.cx = cx;
    this.cy = cy;
    this.rx = rx;
    this.ry = ry;
    this.swell = swell;
    this.phase = phase;
  }

  /**
   * Returns an ellipse.
   *
   * @param cx centre, in pixels from the left edge
   * @param cy centre, in pixels from the top edge
   * @param rx half its width in pixels
   * @param ry half its height in pixels
   */
  public static Blob ellipse(double cx, double cy, double rx, double ry) {
    return new Blob(cx, cy, rx, ry, new double[0], new double[0]);
  }

  /**
   * Returns a wavy ellipse.
   *
   * @param random where its waves come from
   * @param harmonics number of waves: 2 is a pebble, 8 is ragged
   * @param strength how far the waves reach, as a part of the radius, 0 to 0.5
   */
  public static Blob wavy(
      SplittableRandom random,
      double cx,
      double cy,
      double rx,
      double ry,
      int harmonics,
      double strength) {
    double[] swell = new double[harmonics];
    double[] phase = new double[harmonics];
    for (int k = 0; k < harmonics; k++) {
      swell[k] = strength / harmonics * (0.5 + 0.5 * random.nextDouble());
      phase[k] = 2 * Math.PI * random.nextDouble();
    }
    return new Blob(cx, cy, rx, ry, swell, phase);
  }

  /**
   * Returns wavy ellipses that lie whole inside an area and do not touch one another.
   *
   * <p>Where one finds no free place, fewer are returned, but at least one.
   *
   * @param count how many
   * @param area where they may lie, in pixels
   * @param smallest least mean diameter in pixels
   * @param largest largest mean diameter in pixels
   * @param harmonics as for {@link #wavy}
   * @param strength as for {@link #wavy}
   */
  public static List<Blob> scatter(
      SplittableRandom random,
      int count,
      Box area,
      double smallest,
      double largest,
      int harmonics,
      double strength) {
    List<Blob> blobs = new ArrayList<>();
    for (int tries = 0; blobs.size() < count && tries < ATTEMPTS; tries++) {
      double radius = (smallest + (largest - smallest) * random.nextDouble()) / 2;
      double aspect = 0.8 + 0.45 * random.nextDouble();
      double rx = Math.min(radius * aspect, area.width() / 2 / (1 + strength) - 1);
      double ry = Math.min(radius / aspect, area.height() / 2 / (1 + strength) - 1);
      double reachX = rx * (1 + strength) + 1;
      double reachY = ry * (1 + strength) + 1;
      double cx = area.x1() + reachX + random.nextDouble() * (area.width() - 2 * reachX);
      double cy = area.y1() + reachY + random.nextDouble() * (area.height() - 2 * reachY);
      Blob blob = wavy(random, cx, cy, rx, ry, harmonics, strength);
      if (blobs.stream().noneMatch(other -> other.touches(blob))) {
        blobs.add(blob);
      }
    }
    return blobs;
  }

  /** Tells whether the rectangles around two blobs, with a margin, meet. */
  private boolean touches(Blob other) {
    double margin = 3;
    return Math.abs(cx - other.cx) < reach(rx) + other.reach(other.rx) + margin
        && Math.abs(cy - other.cy) < reach(ry) + other.reach(other.ry) + margin;
  }

  private double reach(double radius) {
    double most = 1;
    for (double s : swell) {
      most += s;
    }
    return radius * most;
  }

  /**
   * Returns how deep a point lies inside, in pixels of the shorter radius; negative outside.
   *
   * @param x distance from the left edge in pixels
   * @param y distance from the top edge in pixels
   */
  public double depth(double x, double y) {
    double dx = (x - cx) / rx;
    double dy = (y - cy) / ry;
    double distance = Math.sqrt(dx * dx + dy * dy);
    if (swell.length == 0) {
      return (1 - distance) * Math.min(rx, ry);
    }
    double angle = StrictMath.atan2(dy, dx);
    return (radius(angle) - distance) * Math.min(rx, ry);
  }

  private double radius(double angle) {
    double r = 1;
    for (int k = 0; k < swell.length; k++) {
      r += swell[k] * StrictMath.cos((k + FIRST_HARMONIC) * angle + phase[k]);
    }
    return r;
  }

  /** Returns the pixels of an image that lie inside. */
  public Mask mask(int width, int height) {
    byte[] pixels = new byte[width * height];
    Box reach = reach(width, height);
    for (int y = (int) reach.y1(); y < reach.y2(); y++) {
      for (int x = (int) reach.x1(); x < reach.x2(); x++) {
        pixels[y * width + x] = (byte) (depth(x + 0.5, y + 0.5) >= 0 ? 1 : 0);
      }
    }
    return new Mask(width, height, pixels);
  }

  /** Returns {@code [xmin, ymin, xmax+1, ymax+1]} of the pixels inside. */
  public Box box(int width, int height) {
    Box reach = reach(width, height);
    int x1 = width;
    int y1 = height;
    int x2 = 0;
    int y2 = 0;
    for (int y = (int) reach.y1(); y < reach.y2(); y++) {
      for (int x = (int) reach.x1(); x < reach.x2(); x++) {
        if (depth(x + 0.5, y + 0.5) >= 0) {
          x1 = Math.min(x1, x);
          y1 = Math.min(y1, y);
          x2 = Math.max(x2, x + 1);
          y2 = Math.max(y2, y + 1);
        }
      }
    }
    return new Box(x1, y1, x2, y2);
  }

  /** Returns whole pixels around all of the blob, within an image. */
  Box reach(int width, int height) {
    double reachX = reach(rx) + 1;
    double reachY = reach(ry) + 1;
    return new Box(
        Math.max(0, Math.floor(cx - reachX)),
        Math.max(0, Math.floor(cy - reachY)),
        Math.min(width, Math.ceil(cx + reachX)),
        Math.min(height, Math.ceil(cy + reachY)));
  }

  /**
   * Returns the outline as a polygon.
   *
   * @param vertices number of vertices, at least 3
   */
  public Ring outline(int vertices) {
    double[] flat = new double[2 * vertices];
    for (int i = 0; i < vertices; i++) {
      double angle = 2 * Math.PI * i / vertices;
      double r = radius(angle);
      flat[2 * i] = cx + rx * r * StrictMath.cos(angle);
      flat[2 * i + 1] = cy + ry * r * StrictMath.sin(angle);
    }
    return Ring.ofFlat(flat);
  }
}
