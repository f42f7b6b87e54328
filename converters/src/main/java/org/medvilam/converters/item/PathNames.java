package org.medvilam.converters.item;

import java.util.Locale;

/** The names in a path of a tree, which has {@code /} between them. */
public final class PathNames {
  private PathNames() {}

  /** Returns the last name. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Returns the path of the folder, empty for the root. */
  public static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Returns the path of a name in a folder, which may be the root. */
  public static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /** Returns the path without the extension of its last name. */
  public static String stem(String path) {
    return join(folder(path), FolderNames.stem(name(path)));
  }

  /** Returns the extension of the last name in lower case, empty where there is none. */
  public static String extension(String path) {
    String name = name(path);
    String stem = FolderNames.stem(name);
    return stem.length() == name.length()
        ? ""
        : name.substring(stem.length() + 1).toLowerCase(Locale.ROOT);
  }
}
