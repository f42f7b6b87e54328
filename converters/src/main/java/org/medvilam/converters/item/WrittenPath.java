package org.medvilam.converters.item;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules of a path that a label file writes: relative, of any system, and never climbing out. */
public final class WrittenPath {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private WrittenPath() {}

  /** Tells whether a path leads out of the folder that it is looked up in. */
  public static boolean leaves(String written) {
    String path = written.replace('\\', '/');
    return path.startsWith("/")
        || DRIVE.matcher(path).matches()
        || path.indexOf('\0') >= 0
        || names(path).contains("..");
  }

  /** Returns the path with {@code /} between names, without empty names and {@code .}. */
  public static String tidy(String written) {
    return names(written.replace('\\', '/')).stream()
        .filter(n -> !n.isEmpty() && !n.equals("."))
        .collect(Collectors.joining("/"));
  }

  /**
   * Returns where a path leads that is relative to a folder of the dataset, or null where it is
   * absolute or climbs out of the dataset.
   *
   * @param folder folder relative to the dataset root, empty for the root
   */
  public static @Nullable String resolved(String folder, String written) {
    List<String> path = new ArrayList<>();
    for (String name : names(PathNames.join(folder, written.replace('\\', '/')))) {
      if (name.equals("..")) {
        if (path.isEmpty()) {
          return null;
        }
        path.remove(path.size() - 1);
      } else if (!name.isEmpty() && !name.equals(".")) {
        path.add(name);
      }
    }
    String inside = String.join("/", path);
    boolean absolute = leaves(written) && !names(written.replace('\\', '/')).contains("..");
    return absolute || written.startsWith("/") || leaves(inside) ? null : inside;
  }

  private static List<String> names(String path) {
    return Arrays.asList(path.split("/", -1));
  }
}
