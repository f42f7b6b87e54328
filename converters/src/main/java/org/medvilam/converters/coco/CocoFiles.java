package org.medvilam.converters.coco;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.PathNames;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;
import org.medvilam.records.store.UnsafePathException;

/**
 * The COCO files of a tree: {@code *.json} in the root and up to two folders down.
 *
 * <p>Where some are named {@code instances_*.json}, those alone are taken: captions, keypoints and
 * the like speak of the same pictures.
 *
 * @param paths label files, relative to the root, in order of their names
 * @param problem why there is none, in words, or null
 */
public record CocoFiles(List<String> paths, @Nullable String problem) {
  static final String INSTANCES = "instances_";
  private static final int DEPTH = 2;
  private static final int SHOWN = 5;

  /** Copies the list. */
  public CocoFiles {
    paths = List.copyOf(paths);
  }

  /**
   * Finds the files of a tree.
   *
   * @param root the tree
   * @param annotations the one file that the user named, or null to look for them
   */
  public static CocoFiles find(Store root, @Nullable String annotations) throws IOException {
    if (annotations != null) {
      String problem = namedProblem(root, annotations);
      return new CocoFiles(problem == null ? List.of(annotations) : List.of(), problem);
    }
    List<String> candidates = new ArrayList<>();
    collect(root, "", DEPTH, candidates);
    candidates.sort(null);
    List<String> instances =
        candidates.stream().filter(p -> PathNames.name(p).startsWith(INSTANCES)).toList();
    List<String> others = new ArrayList<>();
    List<String> coco = coco(root, instances, others);
    if (coco.isEmpty()) {
      coco = coco(root, candidates.stream().filter(p -> !instances.contains(p)).toList(), others);
    }
    return new CocoFiles(coco, coco.isEmpty() ? problem(root, others) : null);
  }

  /** Tells whether a file is a label file of COCO, by its top-level fields. */
  public static boolean isCoco(Store root, String path) throws IOException {
    return PathNames.extension(path).equals("json") && CocoProbe.otherThanCoco(root, path) == null;
  }

  private static List<String> coco(Store root, List<String> candidates, List<String> others)
      throws IOException {
    List<String> coco = new ArrayList<>();
    for (String path : candidates) {
      String other = CocoProbe.otherThanCoco(root, path);
      if (other == null) {
        coco.add(path);
      } else {
        others.add(path + " (" + other + ")");
      }
    }
    return coco;
  }

  private static void collect(Store root, String folder, int depth, List<String> found)
      throws IOException {
    for (StoreEntry entry : FolderNames.of(root, folder)) {
      String path = PathNames.join(folder, entry.name());
      if (entry.folder() && depth > 0) {
        collect(root, path, depth - 1, found);
      } else if (!entry.folder() && PathNames.extension(path).equals("json")) {
        found.add(path);
      }
    }
  }

  private static @Nullable String namedProblem(Store root, String path) throws IOException {
    try {
      if (!root.exists(path) || root.isFolder(path)) {
        return "Expected the COCO file %s under %s, found %s. Name it relative to the input."
            .formatted(path, root.uri(), root.isFolder(path) ? "a folder" : "none");
      }
      String other = CocoProbe.otherThanCoco(root, path);
      return other == null
          ? null
          : "Expected images and annotations in %s under %s, found %s."
              .formatted(path, root.uri(), other);
    } catch (UnsafePathException e) {
      return "Expected a COCO file inside %s: %s. Name it relative to the input."
          .formatted(root.uri(), e.getMessage());
    }
  }

  private static String problem(Store root, List<String> others) throws IOException {
    String looked =
        "Expected COCO files (JSON objects with the lists images and annotations) such as"
            + " annotations/*.json or *.json under %s, or up to two folders down; "
                .formatted(root.uri());
    if (others.isEmpty()) {
      return looked + "no *.json there, %s.".formatted(FolderNames.found(FolderNames.of(root, "")));
    }
    String some = others.stream().limit(SHOWN).collect(Collectors.joining(", "));
    int more = others.size() - SHOWN;
    return looked + "found " + some + (more > 0 ? " and " + more + " more." : ".");
  }
}
