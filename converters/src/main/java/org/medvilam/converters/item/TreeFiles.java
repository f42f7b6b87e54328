package org.medvilam.converters.item;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/** The files of a whole tree. */
public final class TreeFiles {
  private static final int DEPTH = 32;

  private TreeFiles() {}

  /**
   * Returns the paths of all files but those that operating systems leave behind, in order.
   *
   * <p>Memory: the paths.
   *
   * @throws ListingException if folders lie too deep in one another, as with a link to one above
   */
  public static List<String> of(Store root) throws IOException {
    List<String> paths = new ArrayList<>();
    collect(root, "", DEPTH, paths);
    paths.sort(null);
    return paths;
  }

  private static void collect(Store root, String folder, int depth, List<String> paths)
      throws IOException {
    for (StoreEntry entry : FolderNames.of(root, folder)) {
      String path = PathNames.join(folder, entry.name());
      if (!entry.folder()) {
        paths.add(path);
      } else if (depth == 0) {
        throw new ListingException(
            path, "expected at most %d folders in one another, found more".formatted(DEPTH));
      } else {
        collect(root, path, depth - 1, paths);
      }
    }
  }
}
