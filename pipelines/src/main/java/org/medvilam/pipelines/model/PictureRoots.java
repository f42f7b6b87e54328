package org.medvilam.pipelines.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

/** Where the pictures of datasets are: as the manifest of their run says, or as the user does. */
public final class PictureRoots {
  private final SortedMap<String, String> roots;

  /**
   * Reads the manifest's roots.
   *
   * @param run the run
   * @param moved directories of datasets that lie elsewhere now, by dataset
   */
  public PictureRoots(RunFolder run, Map<String, Path> moved) {
    this(List.of(run), moved);
  }

  /**
   * Reads the roots of several manifests.
   *
   * @param runs the runs
   * @param moved directories of datasets that lie elsewhere now, by dataset
   */
  public PictureRoots(List<RunFolder> runs, Map<String, Path> moved) {
    roots = new TreeMap<>();
    runs.forEach(run -> roots.putAll(run.manifest().roots()));
    for (String dataset : moved.keySet()) {
      if (!roots.containsKey(dataset)) {
        throw new UsageException(
            "--root: expected one of %s, found '%s'".formatted(roots.keySet(), dataset));
      }
      roots.put(dataset, moved.get(dataset).toString());
    }
  }

  /** Returns the tree that a dataset's picture paths start from. */
  public Store of(String dataset) {
    String root = roots.get(dataset);
    if (root == null) {
      throw new UsageException(
          "expected the pictures of %s in one of %s; use --root %s=DIR"
              .formatted(dataset, roots, dataset));
    }
    return LocalStore.of(Path.of(root));
  }
}
