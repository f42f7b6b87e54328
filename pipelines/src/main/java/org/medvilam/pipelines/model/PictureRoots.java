package org.medvilam.pipelines.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.medvilam.pipelines.run.Locations;
import org.medvilam.pipelines.run.UsageException;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.store.Store;

/** Where the pictures of datasets are: as the manifest of their run says, or as the user does. */
public final class PictureRoots {
  private final SortedMap<String, String> roots;
  private final Locations locations;

  /** Made once: a tree in remote storage sets up its client. */
  private final Map<String, Store> trees = new ConcurrentHashMap<>();

  /**
   * Reads the manifest's roots.
   *
   * @param run the run
   * @param moved directories of datasets that lie elsewhere now, by dataset
   */
  public PictureRoots(RunFolder run, Map<String, String> moved) {
    this(List.of(run), moved, Locations.standard());
  }

  /**
   * Returns the roots of one of several runs.
   *
   * @param moved directories of datasets that lie elsewhere now, by dataset; those of other runs
   *     are passed over
   */
  public static PictureRoots of(RunFolder run, Map<String, String> moved) {
    Map<String, String> own = new TreeMap<>(moved);
    own.keySet().retainAll(run.manifest().roots().keySet());
    return new PictureRoots(run, own);
  }

  /**
   * Reads the roots of several manifests.
   *
   * @param runs the runs
   * @param moved directories of datasets that lie elsewhere now, by dataset
   * @param locations what makes trees of them
   */
  public PictureRoots(List<RunFolder> runs, Map<String, String> moved, Locations locations) {
    this.locations = locations;
    roots = new TreeMap<>();
    runs.forEach(run -> roots.putAll(run.manifest().roots()));
    for (String dataset : moved.keySet()) {
      if (!roots.containsKey(dataset)) {
        throw new UsageException(
            "--root: expected one of %s, found '%s'".formatted(roots.keySet(), dataset));
      }
      roots.put(dataset, moved.get(dataset));
    }
  }

  /** Returns the trees of all datasets, by their names. */
  public SortedMap<String, Store> all() {
    SortedMap<String, Store> all = new TreeMap<>();
    roots.keySet().forEach(dataset -> all.put(dataset, of(dataset)));
    return all;
  }

  /** Returns the tree that a dataset's picture paths start from. */
  public Store of(String dataset) {
    String root = roots.get(dataset);
    if (root == null) {
      throw new UsageException(
          "expected the pictures of %s in one of %s; use --root %s=DIR"
              .formatted(dataset, roots, dataset));
    }
    return trees.computeIfAbsent(dataset, d -> locations.store("--root", root));
  }
}
