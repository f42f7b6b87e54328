package org.medvilam.converters;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of comparing a tree with the expected one.
 *
 * @param prefix folder inside the input that is the dataset's root, empty for the input itself
 * @param problem the first difference, or null
 */
public record LayoutCheck(String prefix, @Nullable String problem) {
  /** The tree is right, and its root is the given folder of the input. */
  public static LayoutCheck rootAt(String prefix) {
    return new LayoutCheck(prefix, null);
  }

  /**
   * The tree is wrong.
   *
   * @param problem what was looked for, where, what was found, what to do
   */
  public static LayoutCheck problem(String problem) {
    return new LayoutCheck("", problem);
  }
}
