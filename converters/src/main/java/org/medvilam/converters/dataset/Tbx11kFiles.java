package org.medvilam.converters.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
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
 */
record Tbx11kFiles(Map<String, @Nullable Split> paths, boolean whole) {
  private static final String TRAIN = "TBX11K_train";
  private static final String VALIDATION = "TBX11K_val";
  private static final String BOTH = Tbx11k.JSON + "TBX11K_trainval.json";

  /** Finds the files: those of the two parts, or the one of both, or what is there of the two. */
  static Tbx11kFiles find(Store root) throws IOException {
    Map<String, @Nullable Split> paths = new LinkedHashMap<>();
    add(root, Tbx11k.JSON + TRAIN + ".json", Split.TRAIN, paths);
    add(root, Tbx11k.JSON + VALIDATION + ".json", Split.VALIDATION, paths);
    boolean whole = paths.size() < 2 && root.exists(BOTH);
    if (whole) {
      paths.clear();
      paths.put(BOTH, null);
    }
    return new Tbx11kFiles(Collections.unmodifiableMap(paths), whole);
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
    read(root, "lists/" + TRAIN + ".txt", Split.TRAIN, lists);
    read(root, "lists/" + VALIDATION + ".txt", Split.VALIDATION, lists);
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
