package org.medvilam.converters.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;

/**
 * The label files of TBX11K that a tree has.
 *
 * @param paths label files and the part that each speaks of; null for the file of both parts
 * @param whole whether there is one file of both parts, which lists cut in two
 * @param xml whether there are XML files and lists instead
 */
record Tbx11kFiles(Map<String, @Nullable Split> paths, boolean whole, boolean xml) {
  private static final String TRAIN = "TBX11K_train";
  private static final String VALIDATION = "TBX11K_val";
  private static final String BOTH = Tbx11k.JSON + "TBX11K_trainval.json";

  /** The owners' lists of pictures, by part. */
  static final Map<Split, String> LISTS =
      Collections.unmodifiableMap(
          new EnumMap<>(
              Map.of(
                  Split.TRAIN, "lists/" + TRAIN + ".txt",
                  Split.VALIDATION, "lists/" + VALIDATION + ".txt")));

  /**
   * Finds the files: those of the two parts, or the one of both, or what is there of the two, or
   * XML files with the lists of pictures.
   */
  static Tbx11kFiles find(Store root) throws IOException {
    Map<String, @Nullable Split> paths = new LinkedHashMap<>();
    add(root, Tbx11k.JSON + TRAIN + ".json", Split.TRAIN, paths);
    add(root, Tbx11k.JSON + VALIDATION + ".json", Split.VALIDATION, paths);
    boolean whole = paths.size() < 2 && root.exists(BOTH);
    if (whole) {
      paths.clear();
      paths.put(BOTH, null);
    }
    boolean listed = false;
    for (String list : LISTS.values()) {
      listed |= root.exists(list);
    }
    boolean xml = paths.isEmpty() && listed && root.isFolder(Tbx11k.XML);
    return new Tbx11kFiles(Collections.unmodifiableMap(paths), whole, xml);
  }

  /** Tells whether nothing of the labels is there. */
  boolean isEmpty() {
    return paths.isEmpty() && !xml;
  }

  private static void add(Store root, String path, Split split, Map<String, @Nullable Split> paths)
      throws IOException {
    if (root.exists(path)) {
      paths.put(path, split);
    }
  }

  /** Returns the part of each picture by the owners' lists; empty where there are none. */
  static Map<String, Split> lists(Store root) throws IOException {
    Map<String, Split> lists = new HashMap<>();
    for (Map.Entry<Split, String> list : LISTS.entrySet()) {
      read(root, list.getValue(), list.getKey(), lists);
    }
    return lists;
  }

  private static void read(Store root, String path, Split split, Map<String, Split> lists)
      throws IOException {
    if (!root.exists(path)) {
      return;
    }
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(root.read(path), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lists.put(line.strip(), split);
      }
    }
  }
}
