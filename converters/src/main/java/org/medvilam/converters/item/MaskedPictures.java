package org.medvilam.converters.item;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Rejection;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * Pictures with a mask each, told apart and paired by their names.
 *
 * <p>Every file of the folders that are added ends in a pair or in a rejection. Memory: the names
 * of the files.
 */
public final class MaskedPictures {
  private final String dataset;
  private final Store root;
  private final ItemSink sink;
  private final Map<String, List<String>> pictures = new TreeMap<>();
  private final Map<String, List<String>> masks = new TreeMap<>();

  /**
   * A picture and its mask.
   *
   * @param id what their names share
   * @param image path of the picture
   * @param mask path of the mask
   */
  public record Pair(String id, String image, String mask) {}

  /**
   * Starts without any.
   *
   * @param dataset the dataset's name
   * @param root where paths start
   * @param sink takes what cannot be paired
   */
  public MaskedPictures(String dataset, Store root, ItemSink sink) {
    this.dataset = dataset;
    this.root = root;
    this.sink = sink;
  }

  /**
   * Adds the files of a folder; one that is neither a picture nor a mask is rejected by name.
   *
   * @param folder path of the folder
   * @param picture names of pictures, with the id in group 1, or null where there are none
   * @param mask names of masks, with the id in group 1, or null where there are none
   * @param expected names of both kinds in words, for messages
   */
  public void add(String folder, @Nullable Pattern picture, @Nullable Pattern mask, String expected)
      throws IOException {
    for (StoreEntry file : FolderNames.of(root, folder)) {
      String path = folder.isEmpty() ? file.name() : folder + "/" + file.name();
      boolean known =
          !file.folder() && (put(pictures, picture, file, path) || put(masks, mask, file, path));
      if (!known) {
        String detail =
            "expected %s, found another %s".formatted(expected, file.folder() ? "folder" : "name");
        sink.reject(reject(Rejection.Scope.ITEM, path, "unexpected-file", detail));
      }
    }
  }

  private static boolean put(
      Map<String, List<String>> files, @Nullable Pattern pattern, StoreEntry file, String path) {
    if (pattern == null) {
      return false;
    }
    Matcher name = pattern.matcher(file.name());
    boolean matches = name.matches();
    if (matches) {
      files.computeIfAbsent(name.group(1), k -> new ArrayList<>(1)).add(path);
    }
    return matches;
  }

  /** Returns the ids of the pictures, with or without a mask. */
  public Set<String> ids() {
    return Collections.unmodifiableSet(pictures.keySet());
  }

  /**
   * Returns the pairs in order of their ids.
   *
   * <p>Pictures without a mask, masks without a picture, and ids that several files share are
   * rejected by name.
   */
  public List<Pair> pairs() throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (Map.Entry<String, List<String>> picture : pictures.entrySet()) {
      List<String> own = masks.getOrDefault(picture.getKey(), List.of());
      if (picture.getValue().size() == 1 && own.size() == 1) {
        pairs.add(new Pair(picture.getKey(), picture.getValue().get(0), own.get(0)));
      } else {
        rejectItem(picture.getKey(), picture.getValue(), own);
      }
    }
    for (Map.Entry<String, List<String>> mask : masks.entrySet()) {
      if (!pictures.containsKey(mask.getKey())) {
        String detail = "expected a picture of %s, found none".formatted(mask.getKey());
        for (String path : mask.getValue()) {
          sink.reject(reject(Rejection.Scope.ANNOTATION, path, "missing-image", detail));
        }
      }
    }
    return pairs;
  }

  private void rejectItem(String id, List<String> images, List<String> own) throws IOException {
    String reason =
        images.size() > 1 ? "shared-name" : own.isEmpty() ? "missing-mask" : "several-masks";
    String detail =
        "expected one picture and one mask of %s, found %s and %s"
            .formatted(
                id, String.join(", ", images), own.isEmpty() ? "no mask" : String.join(", ", own));
    for (String path : images) {
      sink.reject(reject(Rejection.Scope.ITEM, path, reason, detail));
    }
    for (String path : own) {
      sink.reject(reject(Rejection.Scope.ANNOTATION, path, reason, detail));
    }
  }

  private Rejection reject(Rejection.Scope scope, String path, String reason, String detail) {
    return new Rejection(dataset, scope, path, reason, detail);
  }
}
