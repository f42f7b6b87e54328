package org.medvilam.imaging.dicom;

import java.util.function.DoubleToIntFunction;

/**
 * Maps values of interest to the 256 greys of a display.
 *
 * @param center centre of the window
 * @param width its width
 * @param shape how values within are mapped
 */
record Window(double center, double width, Shape shape) {
  /** Functions of PS3.3 C.11.2.1.2.1 and C.11.2.1.3. */
  enum Shape {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }

  /** Returns the window that holds just the values from one to another (C.11.2.1.2, note 4). */
  static Window range(double least, double greatest) {
    return new Window((least + greatest + 1) / 2, greatest - least + 1, Shape.LINEAR);
  }

  /** Tells whether the width is one that the shape can have. */
  boolean isValid() {
    return shape == Shape.LINEAR ? width >= 1 : width > 0;
  }

  /**
   * Returns the mapping; greys are cut, not rounded, as DCMTK does, so that pictures can be
   * compared.
   *
   * @param low grey of the least values
   * @param high grey of the greatest values
   */
  DoubleToIntFunction greys(int low, int high) {
    return switch (shape) {
      case LINEAR -> linear(center - 0.5, width - 1, low, high);
      case LINEAR_EXACT -> linear(center, width, low, high);
      case SIGMOID -> v -> (int) ((high - low) / (1 + Math.exp(-4 * (v - center) / width)) + low);
    };
  }

  private static DoubleToIntFunction linear(double middle, double span, int low, int high) {
    double from = middle - span / 2;
    double to = middle + span / 2;
    double gradient = span == 0 ? 0 : (high - low) / span;
    double offset = span == 0 ? 0 : high - (middle / span + 0.5) * (high - low);
    return v -> v <= from ? low : v > to ? high : (int) (offset + v * gradient);
  }
}
