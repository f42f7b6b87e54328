package org.medvilam.records.geometry;

import java.util.Arrays;

/**
 * An open ring of vertices in the pixel-edge frame; the last vertex joins the first.
 *
 * <p>Immutable. Coordinates are held as two arrays, since an outline of a mask has thousands of
 * vertices.
 */
public final class Ring {
  private final double[] xs;
  private final double[] ys;

  private Ring(double[] xs, double[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  /**
   * Returns the ring of the given vertices, as they stand.
   *
   * @param xs x of each vertex in pixels
   * @param ys y of each vertex in pixels, as many as {@code xs}
   */
  public static Ring of(double[] xs, double[] ys) {
    if (xs.length != ys.length) {
      throw new IllegalArgumentException(
          "xs and ys must be equally long, but were: " + xs.length + " and " + ys.length);
    }
    return new Ring(xs.clone(), ys.clone());
  }

  /**
   * Returns the ring of a flat list {@code x1, y1, x2, y2, …}, as COCO writes it.
   *
   * @throws GeometryException {@code odd-ring} if the list has an odd length
   */
  public static Ring ofFlat(double... xy) {
    if (xy.length % 2 != 0) {
      throw new GeometryException(
          "odd-ring", "expected pairs of coordinates, found " + xy.length + " numbers");
    }
    double[] xs = new double[xy.length / 2];
    double[] ys = new double[xy.length / 2];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = xy[2 * i];
      ys[i] = xy[2 * i + 1];
    }
    return new Ring(xs, ys);
  }

  /** Returns the number of vertices. */
  public int size() {
    return xs.length;
  }

  /** Returns x of vertex {@code i} in pixels. */
  public double x(int i) {
    return xs[i];
  }

  /** Returns y of vertex {@code i} in pixels. */
  public double y(int i) {
    return ys[i];
  }

  /** Returns vertex {@code i}. */
  public Point point(int i) {
    return new Point(xs[i], ys[i]);
  }

  /** Returns the flat list {@code x1, y1, x2, y2, …} of the vertices. */
  public double[] flat() {
    double[] xy = new double[2 * xs.length];
    for (int i = 0; i < xs.length; i++) {
      xy[2 * i] = xs[i];
      xy[2 * i + 1] = ys[i];
    }
    return xy;
  }

  /** Returns the shoelace area, positive for a ring that runs clockwise on screen (y down). */
  public double signedArea() {
    double twice = 0;
    for (int i = 0, j = xs.length - 1; i < xs.length; j = i++) {
      twice += (xs[j] - xs[0]) * (ys[i] - ys[0]) - (xs[i] - xs[0]) * (ys[j] - ys[0]);
    }
    return twice / 2;
  }

  /** Returns the length of the closed outline in pixels. */
  public double perimeter() {
    double length = 0;
    for (int i = 0, j = xs.length - 1; i < xs.length; j = i++) {
      length += Math.hypot(xs[i] - xs[j], ys[i] - ys[j]);
    }
    return length;
  }

  /** Returns the box around the vertices. */
  public Box bounds() {
    if (xs.length == 0) {
      return new Box(0, 0, 0, 0);
    }
    return new Box(
        Arrays.stream(xs).min().getAsDouble(),
        Arrays.stream(ys).min().getAsDouble(),
        Arrays.stream(xs).max().getAsDouble(),
        Arrays.stream(ys).max().getAsDouble());
  }

  /**
   * Returns the canonical form: no closing or consecutive duplicates, clockwise on screen, starting
   * at the vertex nearest the origin.
   *
   * <p>Ties go to the smaller x, then the smaller y (MedViLaM section 4.1; the tie rule makes the
   * start independent of the input order).
   *
   * @throws GeometryException {@code degenerate-ring} if fewer than 3 distinct vertices or no area
   *     remain; {@code not-a-number} if a coordinate is not finite
   */
  public Ring canonical() {
    Ring ring = withoutDuplicates();
    double area = ring.signedArea();
    if (!Double.isFinite(area)) {
      throw new GeometryException(
          "not-a-number", "expected coordinates that can be measured, found an area of " + area);
    }
    if (ring.size() < 3 || Math.abs(area) <= ring.rounding()) {
      throw new GeometryException(
          "degenerate-ring",
          "expected an outline of at least 3 distinct points around an area, found %d points and area %s"
              .formatted(ring.size(), area));
    }
    int n = ring.size();
    int step = area > 0 ? 1 : -1;
    int start = 0;
    for (int i = 1; i < n; i++) {
      if (ring.startsEarlier(i, start, step)) {
        start = i;
      }
    }
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      int from = Math.floorMod(start + step * i, n);
      x[i] = ring.xs[from];
      y[i] = ring.ys[from];
    }
    return new Ring(x, y);
  }

  /**
   * Tells whether a walk from vertex {@code a} comes before one from {@code b}: by the first vertex
   * in which they differ, so that a ring that meets its start twice has one canonical form.
   */
  private boolean startsEarlier(int a, int b, int step) {
    int n = xs.length;
    for (int k = 0; k < n; k++) {
      int order =
          Point.BY_DISTANCE_FROM_ORIGIN.compare(
              point(Math.floorMod(a + step * k, n)), point(Math.floorMod(b + step * k, n)));
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  /** Returns the area that rounding alone can give to a line through these vertices. */
  private double rounding() {
    double largest = 0;
    for (int i = 0; i < xs.length; i++) {
      largest = Math.max(largest, Math.max(Math.abs(xs[i]), Math.abs(ys[i])));
    }
    return 4 * Math.ulp(largest) * perimeter();
  }

  private Ring withoutDuplicates() {
    double[] x = new double[xs.length];
    double[] y = new double[xs.length];
    int n = 0;
    for (int i = 0; i < xs.length; i++) {
      if (!Double.isFinite(xs[i]) || !Double.isFinite(ys[i])) {
        throw new GeometryException(
            "not-a-number", "expected finite coordinates, found [%s, %s]".formatted(xs[i], ys[i]));
      }
      if (n == 0 || xs[i] != x[n - 1] || ys[i] != y[n - 1]) {
        x[n] = xs[i];
        y[n++] = ys[i];
      }
    }
    while (n > 1 && x[n - 1] == x[0] && y[n - 1] == y[0]) {
      n--;
    }
    return new Ring(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
  }

  /**
   * Returns {@code count} points at equal arc lengths, the first vertex first.
   *
   * <p>Meant for a {@linkplain #canonical() canonical} ring: sample k lies at arc length k·L/count.
   *
   * @param count number of points, at least 3 (the paper writes 25)
   */
  public Ring sample(int count) {
    if (count < 3) {
      throw new IllegalArgumentException("count must be at least 3, but was: " + count);
    }
    int n = xs.length;
    double[] at = new double[n + 1];
    for (int i = 0; i < n; i++) {
      int next = (i + 1) % n;
      at[i + 1] = at[i] + Math.hypot(xs[next] - xs[i], ys[next] - ys[i]);
    }
    double[] x = new double[count];
    double[] y = new double[count];
    int edge = 0;
    for (int k = 0; k < count; k++) {
      double s = k * at[n] / count;
      while (edge < n - 1 && at[edge + 1] <= s) {
        edge++;
      }
      double length = at[edge + 1] - at[edge];
      double t = length > 0 ? Math.min(1, (s - at[edge]) / length) : 0;
      int next = (edge + 1) % n;
      x[k] = xs[edge] + t * (xs[next] - xs[edge]);
      y[k] = ys[edge] + t * (ys[next] - ys[edge]);
    }
    return new Ring(x, y);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Ring r && Arrays.equals(xs, r.xs) && Arrays.equals(ys, r.ys);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(xs) + Arrays.hashCode(ys);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < xs.length; i++) {
      text.append(i == 0 ? "" : ", ")
          .append('[')
          .append(xs[i])
          .append(", ")
          .append(ys[i])
          .append(']');
    }
    return text.append(']').toString();
  }
}
