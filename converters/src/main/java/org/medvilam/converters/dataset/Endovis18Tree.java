package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.ListingException;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * What of EndoVis 2018 a tree holds, wherever its archives were unpacked.
 *
 * @param sequences folders with {@code left_frames}, in order of their paths
 * @param frameless folders named as sequences, without any
 * @param parts folders {@code train} and {@code val} as ISINet's script writes them
 * @param classTables the challenge's {@code labels.json}
 * @param typeTables ISINet's class tables
 * @param repairFolders folders of corrected labels
 * @param repairArchives {@code repairs.zip}
 */
record Endovis18Tree(
    List<Sequence> sequences,
    List<String> frameless,
    List<String> parts,
    List<String> classTables,
    List<String> typeTables,
    List<String> repairFolders,
    List<String> repairArchives) {
  static final String LEFT = "left_frames";
  static final String LABELS = "labels";
  static final String TYPES = "instrument_labels_2017";
  static final String IMAGES = "images";
  static final String REPAIRS = "repairs";

  private static final Set<Integer> VALIDATION = Set.of(2, 5, 9, 15);
  private static final Set<String> PARTS = Set.of("train", "val");
  private static final Pattern SEQUENCE = Pattern.compile("seq_(\\d{1,3})");

  /** Folders with the word test: {@code test_data}, {@code Test_data_and_label_release}. */
  private static final Pattern TEST =
      Pattern.compile("(.*[^a-z])?test([^a-z].*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int DEPTH = 6;
  private static final int MAX_FOLDERS = 2000;

  /**
   * The folder of one sequence.
   *
   * @param path path below the root
   * @param number its number; training and test data both count from 1
   * @param test whether it is of the challenge's test data
   */
  record Sequence(String path, int number, boolean test) {
    /** Returns its name, in which test data cannot be taken for training data. */
    String id() {
      return Endovis18Tree.id(number, test);
    }

    /** Returns the part it belongs to. */
    Split split() {
      return test ? Split.TEST : splitOf(number);
    }
  }

  /** Returns the name of a sequence. */
  static String id(int number, boolean test) {
    return (test ? "test/seq_" : "seq_") + number;
  }

  /** Returns the part of a training sequence, as ISINet cut them. */
  static Split splitOf(int number) {
    return VALIDATION.contains(number) ? Split.VALIDATION : Split.TRAIN;
  }

  /**
   * Looks through a tree; folders of pictures are not opened.
   *
   * @throws ListingException if it has too many folders to be a release
   */
  static Endovis18Tree find(Store root) throws IOException {
    Endovis18Tree tree =
        new Endovis18Tree(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    String name = root.uri().substring(root.uri().lastIndexOf('/') + 1);
    boolean test = name.toLowerCase(Locale.ROOT).startsWith("test_data");
    tree.new Walk(root).folder("", DEPTH, test);
    return tree;
  }

  /** Returns the first two folders of one sequence, or null. */
  @Nullable String clash() {
    for (int i = 0; i < sequences.size(); i++) {
      for (Sequence later : sequences.subList(i + 1, sequences.size())) {
        if (later.id().equals(sequences.get(i).id())) {
          return sequences.get(i).path() + "/ and " + later.path() + "/";
        }
      }
    }
    return null;
  }

  /** A walk over folders, of limited depth and length. */
  private final class Walk {
    private final Store root;
    private int folders;

    Walk(Store root) {
      this.root = root;
    }

    void folder(String path, int depth, boolean test) throws IOException {
      if (++folders > MAX_FOLDERS) {
        throw new ListingException(
            path,
            "expected the releases alone, found more than %d folders; name the folder that holds them"
                .formatted(MAX_FOLDERS));
      }
      for (StoreEntry entry : FolderNames.of(root, path)) {
        String below = path.isEmpty() ? entry.name() : path + "/" + entry.name();
        if (!entry.folder()) {
          file(below, entry.name());
        } else if (!taken(below, entry.name(), test) && depth > 0) {
          folder(below, depth - 1, test || TEST.matcher(entry.name()).matches());
        }
      }
    }

    private void file(String path, String name) {
      if (name.equals("labels.json")) {
        classTables.add(path);
      } else if (Endovis18Types.TABLES.contains(name)) {
        typeTables.add(path);
      } else if (name.equals(REPAIRS + ".zip")) {
        repairArchives.add(path);
      }
    }

    private static boolean isSequence(String name) {
      return SEQUENCE.matcher(name).matches();
    }

    /** Takes a folder whose name says what it is; such folders are not searched. */
    private boolean taken(String path, String name, boolean test) throws IOException {
      Matcher number = SEQUENCE.matcher(name);
      if (number.matches() && root.isFolder(path + "/" + LEFT)) {
        sequences.add(new Sequence(path, Integer.parseInt(number.group(1)), test));
        return true;
      }
      if (number.matches()
          && FolderNames.of(root, path).stream().noneMatch(e -> isSequence(e.name()))) {
        frameless.add(path);
        return true;
      }
      if (PARTS.contains(name) && root.isFolder(path + "/" + IMAGES)) {
        parts.add(path);
        return true;
      }
      if (name.equals(REPAIRS)) {
        repairFolders.add(path);
        String nested = path + "/" + REPAIRS;
        if (root.isFolder(nested)) {
          repairFolders.add(nested);
        }
        return true;
      }
      return false;
    }
  }
}
