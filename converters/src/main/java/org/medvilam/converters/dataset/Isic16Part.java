package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.ListingException;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * The training or test part of ISIC 2016, as a tree has it.
 *
 * <p>The owners hand out the same pictures three times: with masks in folders of their own (part
 * 1), without masks (part 3), and with masks beside them (part 3B). The first form that is there is
 * read.
 *
 * @param split the owners' part
 * @param folders folders with its pictures and masks
 * @param table path of its table of classes
 */
record Isic16Part(Split split, List<String> folders, String table) {
  private static final String PREFIX = "ISBI2016_ISIC_Part";

  private static final Pattern RELEASE = Pattern.compile(PREFIX + "(1|3|3B)_(Training|Test)_.*");
  private static final List<List<String>> FORMS =
      List.of(
          List.of("1_%s_Data", "1_%s_GroundTruth"),
          List.of("3B_%s_Data"),
          List.of("3_%s_Data", "1_%s_GroundTruth"));
  private static final List<String> TABLES =
      List.of("3_%s_GroundTruth.csv", "3B_%s_GroundTruth.csv");

  /**
   * Finds the parts that a tree has.
   *
   * @throws ListingException if one is there by half
   */
  static List<Isic16Part> find(Store root) throws IOException {
    List<Isic16Part> parts = new ArrayList<>();
    find(root, "Training", Split.TRAIN).ifPresent(parts::add);
    find(root, "Test", Split.TEST).ifPresent(parts::add);
    return parts;
  }

  private static Optional<Isic16Part> find(Store root, String name, Split split)
      throws IOException {
    boolean begun = false;
    for (StoreEntry entry : FolderNames.of(root, "")) {
      begun |= isOfRelease(entry) && entry.name().contains("_" + name + "_");
    }
    if (!begun) {
      return Optional.empty();
    }
    for (List<String> form : FORMS) {
      List<String> folders = form.stream().map(f -> PREFIX + f.formatted(name)).toList();
      if (areFolders(root, folders)) {
        return Optional.of(new Isic16Part(split, folders, table(root, name)));
      }
    }
    String folders = "%1$s1_%2$s_Data/ and %1$s1_%2$s_GroundTruth/, or %1$s3B_%2$s_Data/";
    throw new ListingException(
        PREFIX + "..." + name, "expected " + folders.formatted(PREFIX, name) + ", found neither");
  }

  /** Tells a folder or table of the release, as its archives unpack, from other files. */
  static boolean isOfRelease(StoreEntry entry) {
    return RELEASE.matcher(entry.name()).matches()
        && (entry.folder() || entry.name().endsWith(".csv"));
  }

  private static boolean areFolders(Store root, List<String> folders) throws IOException {
    for (String folder : folders) {
      if (!root.isFolder(folder)) {
        return false;
      }
    }
    return true;
  }

  private static String table(Store root, String name) throws IOException {
    for (String table : TABLES) {
      String path = PREFIX + table.formatted(name);
      if (root.exists(path)) {
        return path;
      }
    }
    throw new ListingException(
        PREFIX + TABLES.get(0).formatted(name), "expected this table of classes, found none");
  }
}
