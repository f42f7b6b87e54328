package org.medvilam.converters.labelled;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.TreeFiles;
import org.medvilam.records.Rejection;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.UnsafePathException;

/**
 * The label files and the pictures of a tree of one form.
 *
 * @param files all files, in order
 * @param labels the label files among them, in order
 * @param pictures the pictures among them
 * @param labelsOnly whether pictures need not be there
 */
public record LabelTree(
    List<String> files, List<String> labels, PictureIndex pictures, boolean labelsOnly) {
  /** Copies the lists. */
  public LabelTree {
    files = List.copyOf(files);
    labels = List.copyOf(labels);
  }

  /** Finds the label files of a dataset: the one that the user names, or all that it claims. */
  public static LabelTree of(GenericDataset dataset, DatasetSource source) throws IOException {
    String named = source.settings().annotations();
    List<String> files = TreeFiles.of(source.root());
    List<String> labels = named != null ? List.of(named) : claimed(dataset, source.root(), files);
    return of(files, labels, source.settings());
  }

  /**
   * Finds the label files of a dataset that has one for each picture: all that it claims, and their
   * neighbours of the same extension, which were damaged or are of another form.
   */
  public static LabelTree ofEachPicture(GenericDataset dataset, DatasetSource source)
      throws IOException {
    List<String> files = TreeFiles.of(source.root());
    Set<String> kinds = new HashSet<>();
    for (String path : claimed(dataset, source.root(), files)) {
      kinds.add(kind(path));
    }
    List<String> labels = files.stream().filter(p -> kinds.contains(kind(p))).toList();
    return of(files, labels, source.settings());
  }

  private static String kind(String path) {
    return PathNames.folder(path) + "/." + PathNames.extension(path);
  }

  private static List<String> claimed(GenericDataset dataset, Store root, List<String> files)
      throws IOException {
    List<String> claimed = new ArrayList<>();
    for (String path : files) {
      if (dataset.claim(root, path) != null) {
        claimed.add(path);
      }
    }
    return claimed;
  }

  private static LabelTree of(List<String> files, List<String> labels, Settings settings) {
    return new LabelTree(files, labels, new PictureIndex(files), settings.labelsOnly());
  }

  /**
   * Compares a tree with what a dataset needs: a label file that it claims, or the named one.
   *
   * @param expected the label files in words
   */
  public static LayoutCheck check(
      GenericDataset dataset, Store input, Settings settings, String expected) throws IOException {
    String named = settings.annotations();
    if (named != null) {
      String problem = namedProblem(dataset, input, named, expected);
      return problem == null ? LayoutCheck.rootAt("") : LayoutCheck.problem(problem);
    }
    for (String path : TreeFiles.of(input)) {
      if (dataset.claim(input, path) != null) {
        return LayoutCheck.rootAt("");
      }
    }
    return LayoutCheck.problem(
        "Expected %s under %s, in folders of any name; no such file there, %s."
            .formatted(expected, input.uri(), FolderNames.found(FolderNames.of(input, ""))));
  }

  /**
   * Compares a tree with what a dataset of a label file for each picture needs: files that it
   * claims, and no one that the user names.
   *
   * @param expected the label files in words
   */
  public static LayoutCheck checkOfEachPicture(
      GenericDataset dataset, Store input, Settings settings, String expected) throws IOException {
    return settings.annotations() == null
        ? check(dataset, input, settings, expected)
        : LayoutCheck.problem(
            "%s has a label file for each picture; leave --annotations out."
                .formatted(dataset.info().name()));
  }

  private static @Nullable String namedProblem(
      GenericDataset dataset, Store input, String named, String expected) throws IOException {
    try {
      if (!input.exists(named) || input.isFolder(named)) {
        return "Expected the label file %s under %s, found %s. Name it relative to the input."
            .formatted(named, input.uri(), input.isFolder(named) ? "a folder" : "none");
      }
      return dataset.claim(input, named) != null
          ? null
          : "Expected %s, found another form in %s under %s."
              .formatted(expected, named, input.uri());
    } catch (UnsafePathException e) {
      return "Expected a label file inside %s: %s. Name it relative to the input."
          .formatted(input.uri(), e.getMessage());
    }
  }

  /**
   * Returns the pictures that lie in one folder with some that have label files, and have none.
   *
   * @param labelled pictures that have label files
   */
  public List<String> unlabelled(Set<String> labelled) {
    Set<String> folders = new HashSet<>();
    labelled.forEach(p -> folders.add(PathNames.folder(p)));
    return files.stream()
        .filter(PictureIndex::isPicture)
        .filter(p -> folders.contains(PathNames.folder(p)) && !labelled.contains(p))
        .toList();
  }

  /** Rejects those pictures, unless label files alone are converted. */
  public void rejectUnlabelled(String dataset, Set<String> labelled, ItemSink sink)
      throws IOException {
    for (String path : labelsOnly ? List.<String>of() : unlabelled(labelled)) {
      String detail = "expected a label file of %s, found none".formatted(path);
      sink.reject(new Rejection(dataset, Rejection.Scope.ITEM, path, "missing-labels", detail));
    }
  }

  /** Finds the picture of a written path, with the same extension. */
  public PictureIndex.Found named(String written, String labels) {
    PictureIndex.Found found = pictures.named(written, labels);
    return labelsOnly ? found.whereverItLies() : found;
  }

  /** Finds the picture of a written path that may lack its extension or have another. */
  public PictureIndex.Found alike(String written, String labels) {
    PictureIndex.Found found = pictures.alike(written, labels);
    return labelsOnly ? found.whereverItLies() : found;
  }
}
