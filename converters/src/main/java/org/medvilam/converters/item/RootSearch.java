package org.medvilam.converters.item;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/** Looks for the folder of an input that is a dataset's root. */
public final class RootSearch {
  private RootSearch() {}

  /** Tells a dataset's root from other folders, at a glance. */
  public interface Look {
    /** Tells whether a folder looks like the root. */
    boolean at(Store folder) throws IOException;
  }

  /**
   * Returns the input itself, as the empty path, or else the folders in it that look like a root.
   */
  public static List<String> inputOrChildren(Store input, Look look) throws IOException {
    if (look.at(input)) {
      return List.of("");
    }
    List<String> roots = new ArrayList<>();
    for (StoreEntry entry : FolderNames.of(input, "")) {
      if (entry.folder() && look.at(input.below(entry.name()))) {
        roots.add(entry.name());
      }
    }
    return roots;
  }

  /**
   * Says what was found where one root was looked for: none, or more than one.
   *
   * @param roots what {@link #inputOrChildren} returned
   * @param what the word for what makes a root, e.g. {@code it}
   */
  public static String found(Store input, List<String> roots, String what) throws IOException {
    return roots.isEmpty()
        ? FolderNames.found(FolderNames.of(input, ""))
        : "found %s in %s/".formatted(what, String.join("/, ", roots));
  }
}
