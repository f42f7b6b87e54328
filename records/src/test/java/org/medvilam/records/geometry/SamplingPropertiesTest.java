package org.medvilam.records.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for 25 points of any outline. */
final class SamplingPropertiesTest {
  private static final int POINTS = 25;
  private static final int TRIES = 300;
  private static final int SIZE = 512;

  /** Polygons with their corners on an ellipse, so convex; written in any direction. */
  @Provide
  Arbitrary<Ring> convex() {
    return Combinators.combine(
            Arbitraries.integers().between(3, 40),
            Arbitraries.doubles().between(5, 120),
            Arbitraries.doubles().between(5, 120),
            Arbitraries.doubles().between(130, SIZE - 130),
            Arbitraries.doubles().between(130, SIZE - 130),
            Arbitraries.longs())
        .as((corners, rx, ry, cx, cy, seed) -> polygon(corners, rx, ry, cx, cy, seed, 1))
        .filter(r -> Math.abs(r.signedArea()) > 1);
  }

  /** Star-shaped polygons, so simple, but seldom convex. */
  @Provide
  Arbitrary<Ring> star() {
    return Combinators.combine(
            Arbitraries.integers().between(3, 60),
            Arbitraries.doubles().between(5, 120),
            Arbitraries.doubles().between(5, 120),
            Arbitraries.doubles().between(130, SIZE - 130),
            Arbitraries.doubles().between(130, SIZE - 130),
            Arbitraries.longs())
        .as((corners, rx, ry, cx, cy, seed) -> polygon(corners, rx, ry, cx, cy, seed, 0.2))
        .filter(r -> Math.abs(r.signedArea()) > 1);
  }

  @Property(tries = TRIES, seed = "21")
  void twentyFivePointsClockwiseOnScreen(@ForAll("convex") Ring ring) {
    Ring sampled = ring.canonical().sample(POINTS);
    assertThat(sampled.size()).isEqualTo(POINTS);
    assertThat(sampled.signedArea()).isPositive();
  }

  @Property(tries = TRIES, seed = "22")
  void firstPointIsTheVertexNearestTheOrigin(@ForAll("star") Ring ring) {
    Point first = ring.canonical().sample(POINTS).point(0);
    double nearest = Double.MAX_VALUE;
    boolean vertex = false;
    for (int i = 0; i < ring.size(); i++) {
      nearest = Math.min(nearest, ring.x(i) * ring.x(i) + ring.y(i) * ring.y(i));
      vertex |= first.equals(ring.point(i));
    }
    assertThat(vertex).isTrue();
    assertThat(first.x() * first.x() + first.y() * first.y()).isEqualTo(nearest);
  }

  @Property(tries = TRIES, seed = "23")
  void stepsAlongTheOutlineAreEqual(@ForAll("star") Ring ring) {
    Ring canonical = ring.canonical();
    Ring sampled = canonical.sample(POINTS);
    double length = canonical.perimeter();
    for (int k = 0; k < POINTS; k++) {
      Point expected = walk(canonical, k * length / POINTS);
      assertThat(Math.hypot(sampled.x(k) - expected.x(), sampled.y(k) - expected.y()))
          .isLessThan(1e-6);
    }
  }

  @Property(tries = TRIES, seed = "24")
  void gridPointsAreWithinTheGrid(@ForAll("star") Ring ring) {
    assertThat(Grid.normalise(ring.canonical().sample(POINTS), 200, 300))
        .allSatisfy(
            p -> {
              assertThat(p.x()).isBetween(0, Grid.MAX);
              assertThat(p.y()).isBetween(0, Grid.MAX);
            });
  }

  @Property(tries = TRIES, seed = "25")
  void sampledConvexOutlineCoversNineTenths(@ForAll("convex") Ring ring) {
    assertThat(RingOverlap.iou(ring, ring.canonical().sample(POINTS))).isBetween(0.9, 1.0);
  }

  @Property(tries = TRIES, seed = "26")
  void canonicalKeepsAreaAndLength(@ForAll("star") Ring ring) {
    Ring canonical = ring.canonical();
    assertThat(canonical.signedArea()).isEqualTo(Math.abs(ring.signedArea()), within(1e-6));
    assertThat(canonical.perimeter()).isEqualTo(ring.perimeter(), within(1e-6));
  }

  private static Ring polygon(
      int corners, double rx, double ry, double cx, double cy, long seed, double least) {
    Random random = new Random(seed);
    double[] angles = random.doubles(corners, 0, 2 * Math.PI).sorted().toArray();
    double[] flat = new double[2 * corners];
    boolean backwards = random.nextBoolean();
    for (int i = 0; i < corners; i++) {
      double scale = least + (1 - least) * random.nextDouble();
      double angle = angles[backwards ? corners - 1 - i : i];
      flat[2 * i] = cx + (least == 1 ? 1 : scale) * rx * Math.cos(angle);
      flat[2 * i + 1] = cy + (least == 1 ? 1 : scale) * ry * Math.sin(angle);
    }
    return Ring.ofFlat(flat);
  }

  /** Walks along a ring edge by edge until a length is used up. */
  private static Point walk(Ring ring, double length) {
    double left = length;
    int i = 0;
    while (true) {
      Point a = ring.point(i % ring.size());
      Point b = ring.point((i + 1) % ring.size());
      double edge = Math.hypot(b.x() - a.x(), b.y() - a.y());
      if (left <= edge) {
        double t = left / edge;
        return new Point(a.x() + t * (b.x() - a.x()), a.y() + t * (b.y() - a.y()));
      }
      left -= edge;
      i++;
    }
  }
}
