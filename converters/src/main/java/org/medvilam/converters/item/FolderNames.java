package org.medvilam.converters.item;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/** The names in a folder, as listings and messages need them. */
public final class FolderNames {
  private static final int SHOWN = 5;
  private static final Set<String> LEFT_BY_SYSTEMS = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private FolderNames() {}

  /** Returns the children of a folder without what operating systems leave behind. */
  public static List<StoreEntry> of(Store store, String folder) throws IOException {
    return store.list(folder).stream().filter(e -> !isLeftBySystem(e.name())).toList();
  }

  /** Tells whether a name is that of a hidden file, a thumbnail cache or a folder's settings. */
  static boolean isLeftBySystem(String name) {
    return name.startsWith(".") || LEFT_BY_SYSTEMS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Returns a name without its last extension. */
  public static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Returns a few names in words, folders with a slash: {@code found a/, b.png and 3 more}. */
  public static String found(List<StoreEntry> entries) {
    if (entries.isEmpty()) {
      return "found nothing";
    }
    String names =
        entries.stream()
            .limit(SHOWN)
            .map(e -> e.folder() ? e.name() + "/" : e.name())
            .collect(Collectors.joining(", "));
    int more = entries.size() - SHOWN;
    return "found " + names + (more > 0 ? " and " + more + " more" : "");
  }
}
