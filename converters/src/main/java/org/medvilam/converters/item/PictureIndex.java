package org.medvilam.converters.item;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a tree, found by what label files write of them.
 *
 * <p>A written path is that of a picture which lies in a folder of any name: {@code train/7.png} is
 * {@code images/train/7.png}, and never {@code images/test/7.png}. Where several pictures fit, the
 * one nearest to the label file is meant: with most folders of the same names above both, counted
 * from the files up ({@code labels/train/7.txt}), then from the root down; then the one in a folder
 * named as folders of pictures are. Memory: the paths.
 */
public final class PictureIndex {
  private static final Set<String> EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "jpe", "bmp", "gif", "tif", "tiff", "webp", "dcm", "dicom");

  private static final Set<String> FOLDERS = Set.of("images", "image", "jpegimages", "img", "imgs");
  private static final String UNSAFE = "unsafe-path";
  private static final String MISSING = "missing-file";
  private static final int SHOWN = 3;

  private final Map<String, List<String>> byStem = new HashMap<>();

  /** Creates an index of the pictures among some files. */
  public PictureIndex(List<String> files) {
    for (String path : files) {
      if (isPicture(path)) {
        String stem = FolderNames.stem(PathNames.name(path));
        byStem.computeIfAbsent(stem, k -> new ArrayList<>(1)).add(path);
      }
    }
  }

  /** Tells whether a path has the extension of a picture. */
  public static boolean isPicture(String path) {
    return EXTENSIONS.contains(PathNames.extension(path));
  }

  /**
   * What was found.
   *
   * @param path the picture, or where it would lie beside the label file
   * @param problem why there is none, or null
   */
  public record Found(String path, @Nullable Problem problem) {
    /** Returns the same place as no problem, unless it leads out of the dataset. */
    public Found whereverItLies() {
      return problem == null || problem.reason().equals(UNSAFE) ? this : new Found(path, null);
    }
  }

  /**
   * Finds the picture of a written path, with the same extension.
   *
   * @param written the path that a label file writes
   * @param labels the label file
   */
  public Found named(String written, String labels) {
    if (WrittenPath.leaves(written)) {
      String detail = "expected a picture inside the dataset, found '%s'".formatted(written);
      return new Found("", new Problem(UNSAFE, detail));
    }
    String path = WrittenPath.tidy(written);
    return nearest(ending(path, false), path, labels);
  }

  /**
   * Finds the picture of a written path that may lack its extension or have another.
   *
   * @param written the path that a label file writes, or its own path without the extension
   * @param labels the label file
   */
  public Found alike(String written, String labels) {
    Found exact = named(written, labels);
    if (exact.problem == null || !exact.problem.reason().equals(MISSING)) {
      return exact;
    }
    String path = WrittenPath.tidy(written);
    List<String> pictures = ending(path, true);
    if (pictures.isEmpty() && isPicture(path)) {
      pictures = ending(PathNames.stem(path), true);
    }
    return nearest(pictures, path, labels);
  }

  /** Returns the pictures that lie at a path in some folder, with or without their extensions. */
  private List<String> ending(String path, boolean stems) {
    String key = stems ? PathNames.name(path) : FolderNames.stem(PathNames.name(path));
    return byStem.getOrDefault(key, List.of()).stream()
        .filter(p -> ("/" + (stems ? PathNames.stem(p) : p)).endsWith("/" + path))
        .toList();
  }

  private static Found nearest(List<String> pictures, String written, String labels) {
    if (pictures.isEmpty()) {
      String detail = "expected the picture %s, found none".formatted(written);
      return none(written, labels, new Problem(MISSING, detail));
    }
    Comparator<String> near =
        Comparator.comparingInt((String p) -> sharedFromFile(p, labels))
            .thenComparingInt(p -> sharedFromRoot(p, labels))
            .thenComparing(PictureIndex::isInPictureFolder);
    String best = pictures.stream().max(near).orElseThrow();
    List<String> equal = pictures.stream().filter(p -> near.compare(p, best) == 0).toList();
    if (equal.size() == 1) {
      return new Found(best, null);
    }
    String some = equal.stream().limit(SHOWN).collect(Collectors.joining(", "));
    String detail =
        "expected one picture of %s, found %d: %s%s"
            .formatted(written, equal.size(), some, equal.size() > SHOWN ? ", ..." : "");
    return none(written, labels, new Problem("ambiguous-picture", detail));
  }

  private static Found none(String written, String labels, Problem problem) {
    return new Found(PathNames.join(PathNames.folder(labels), written), problem);
  }

  private static int sharedFromFile(String a, String b) {
    String[] x = PathNames.folder(a).split("/", -1);
    String[] y = PathNames.folder(b).split("/", -1);
    int n = 0;
    while (n < x.length && n < y.length && x[x.length - 1 - n].equals(y[y.length - 1 - n])) {
      n++;
    }
    return n;
  }

  private static int sharedFromRoot(String a, String b) {
    String[] x = PathNames.folder(a).split("/", -1);
    String[] y = PathNames.folder(b).split("/", -1);
    int n = 0;
    while (n < x.length && n < y.length && x[n].equals(y[n])) {
      n++;
    }
    return n;
  }

  private static boolean isInPictureFolder(String path) {
    for (String name : PathNames.folder(path).split("/", -1)) {
      if (FOLDERS.contains(name.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
