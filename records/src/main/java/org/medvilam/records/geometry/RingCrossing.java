package org.medvilam.records.geometry;

import org.locationtech.jts.algorithm.RobustLineIntersector;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * Tells whether an outline crosses itself.
 *
 * <p>Only two edges that meet inside both count: an outline that touches itself, as one of a thin
 * neck does once its points are rounded to the grid, goes nowhere twice.
 */
public final class RingCrossing {
  private static final int FEW = 64;

  private RingCrossing() {}

  /** Returns whether two edges of the closed ring cross. */
  public static boolean crosses(Ring ring) {
    int n = ring.size();
    if (n < 4) {
      return false;
    }
    Coordinate[] at = new Coordinate[n + 1];
    for (int i = 0; i <= n; i++) {
      at[i] = new Coordinate(ring.x(i % n), ring.y(i % n));
    }
    return n <= FEW ? crossesByPairs(at) : crossesByTree(at);
  }

  private static boolean crossesByPairs(Coordinate[] at) {
    for (int i = 0; i + 1 < at.length; i++) {
      for (int j = i + 2; j + 1 < at.length; j++) {
        if (cross(at, i, j)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean crossesByTree(Coordinate[] at) {
    STRtree edges = new STRtree();
    for (int i = 0; i + 1 < at.length; i++) {
      edges.insert(new Envelope(at[i], at[i + 1]), i);
    }
    for (int i = 0; i + 1 < at.length; i++) {
      for (Object j : edges.query(new Envelope(at[i], at[i + 1]))) {
        if (cross(at, i, (Integer) j)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean cross(Coordinate[] at, int i, int j) {
    if (i == j) {
      return false;
    }
    RobustLineIntersector line = new RobustLineIntersector();
    line.computeIntersection(at[i], at[i + 1], at[j], at[j + 1]);
    return line.isProper();
  }
}
