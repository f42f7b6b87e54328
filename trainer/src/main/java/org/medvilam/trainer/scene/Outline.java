package org.medvilam.trainer.scene;

import java.util.random.RandomGenerator;
import org.medvilam.records.geometry.Ring;

/**
 * A closed star-shaped curve: an ellipse whose radius is modulated by a few harmonics, in pixels.
 */
final class Outline {
  private static final int HARMONICS = 3;
  private static final int SAMPLES = 400;

  private final double centreX;
  private final double centreY;
  private final double radius;
  private final double stretch;
  private final double angle;
  private final double[] amplitude = new double[HARMONICS];
  private final double[] phase = new double[HARMONICS];
  private final double reach;

  /**
   * Draws a curve.
   *
   * @param radius its mean radius
   * @param stretch the ratio of its axes, at most 1
   * @param roughness how far the harmonics bend it, 0 for an ellipse
   */
  Outline(
      RandomGenerator random,
      double centreX,
      double centreY,
      double radius,
      double stretch,
      double roughness) {
    this.centreX = centreX;
    this.centreY = centreY;
    this.radius = radius;
    this.stretch = stretch;
    this.angle = random.nextDouble() * Math.PI;
    double most = 1;
    for (int i = 0; i < HARMONICS; i++) {
      amplitude[i] = roughness * random.nextGaussian() / (i + 2);
      phase[i] = random.nextDouble() * 2 * Math.PI;
      most += Math.abs(amplitude[i]);
    }
    reach = radius * most;
  }

  double centreX() {
    return centreX;
  }

  double centreY() {
    return centreY;
  }

  double radius() {
    return radius;
  }

  private double radiusAt(double theta) {
    double turned = theta - angle;
    double c = Math.cos(turned);
    double s = Math.sin(turned) / stretch;
    double factor = 1;
    for (int i = 0; i < HARMONICS; i++) {
      factor += amplitude[i] * Math.cos((i + 2) * theta + phase[i]);
    }
    return radius * Math.max(0.3, factor) / Math.sqrt(c * c + s * s);
  }

  /**
   * Returns how far a point lies inside the curve along its ray, negative outside; or minus
   * infinity where the distance to the centre alone tells that it is less than {@code least}, at
   * most 0.
   */
  double depth(double x, double y, double least) {
    double dx = x - centreX;
    double dy = y - centreY;
    double limit = reach - least;
    double square = dx * dx + dy * dy;
    return square > limit * limit
        ? Double.NEGATIVE_INFINITY
        : radiusAt(Math.atan2(dy, dx)) - Math.sqrt(square);
  }

  /** Returns the curve as a ring, clockwise on screen. */
  Ring ring() {
    double[] points = new double[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double theta = 2 * Math.PI * i / SAMPLES;
      double distance = radiusAt(theta);
      points[2 * i] = centreX + distance * Math.cos(theta);
      points[2 * i + 1] = centreY + distance * Math.sin(theta);
    }
    return Ring.ofFlat(points);
  }
}
