package org.medvilam.records.export;

/**
 * The grid of Qwen-VL: integers 0..999 of each side.
 *
 * <p>Its README gives the range {@code [0, 1000)}, its evaluation of grounding divides by 999, so
 * the last number is the far edge. How its own data were rounded is not published; here half up, as
 * everywhere.
 */
public final class QwenGrid {
  /** The largest coordinate, which is the right or bottom edge. */
  public static final int MAX = 999;

  private QwenGrid() {}

  /** Returns {@code clamp(floor(999·v/size + 0.5), 0, 999)}. */
  static int of(double v, int size) {
    return (int) Math.max(0, Math.min(MAX, Math.floor(MAX * v / size + 0.5)));
  }
}
