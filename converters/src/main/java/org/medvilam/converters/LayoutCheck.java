package org.medvilam.converters;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.RootSearch;
import org.medvilam.records.store.Store;

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

  /**
   * Looks for the one root: the input itself, or one folder of it.
   *
   * @param look tells a root
   * @param what the word for what makes a root, e.g. {@code it}
   * @param difference what was looked for under {@code %s}, {@code %s} for what was found, and what
   *     to do
   */
  public static LayoutCheck oneRoot(
      Store input, RootSearch.Look look, String what, String difference) throws IOException {
    List<String> roots = RootSearch.inputOrChildren(input, look);
    return roots.size() == 1
        ? rootAt(roots.get(0))
        : problem(difference.formatted(input.uri(), RootSearch.found(input, roots, what)));
  }
}
