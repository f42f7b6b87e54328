package org.medvilam.converters.coco;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules of {@code file_name}: a relative path, written on any system, that never climbs. */
final class CocoFileName {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private CocoFileName() {}

  /** Tells whether a name leads out of the folder that it is looked up in. */
  static boolean leaves(String fileName) {
    String path = fileName.replace('\\', '/');
    return path.startsWith("/")
        || DRIVE.matcher(path).matches()
        || path.indexOf('\0') >= 0
        || names(path).contains("..");
  }

  /** Returns the path with {@code /} between names, without empty names and {@code .}. */
  static String tidy(String fileName) {
    return names(fileName.replace('\\', '/')).stream()
        .filter(n -> !n.isEmpty() && !n.equals("."))
        .collect(Collectors.joining("/"));
  }

  private static List<String> names(String path) {
    return Arrays.asList(path.split("/", -1));
  }
}
