package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ItemPictures;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.ZippedFiles;
import org.medvilam.records.Source;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * The corrected label pictures of {@code repairs}, unpacked or zipped: {@code seq_1_frame042.png}
 * replaces the label of {@code frame042} in training sequence 1.
 *
 * @param labels where the corrected label of a frame stands, by media id
 * @param others what is there besides, with the reason why it repairs nothing
 */
record Endovis18Repairs(SortedMap<String, Source> labels, List<Other> others) {
  private static final Pattern NAME = Pattern.compile("seq_(\\d{1,3})_(.+)\\.png");

  /** A file that repairs nothing. */
  record Other(Source source, String reason, String detail) {}

  /**
   * Finds the corrected labels of a tree.
   *
   * @throws ListingException if an archive is broken, or two sources of a label differ
   */
  static Endovis18Repairs of(Store root, Endovis18Tree tree) throws IOException {
    Endovis18Repairs repairs = new Endovis18Repairs(new TreeMap<>(), new ArrayList<>());
    for (String folder : tree.repairFolders()) {
      for (StoreEntry entry : FolderNames.of(root, folder)) {
        String path = folder + "/" + entry.name();
        if (!entry.folder() || !tree.repairFolders().contains(path)) {
          repairs.add(root, new Source(path, null), entry.folder() ? "" : entry.name());
        }
      }
    }
    for (String archive : tree.repairArchives()) {
      for (ZippedFiles.ZippedFile file : ZippedFiles.list(root, archive)) {
        Source source = new Source(archive, file.name());
        if (file.safe()) {
          repairs.add(root, source, file.name().substring(file.name().lastIndexOf('/') + 1));
        } else {
          repairs.others.add(
              new Other(source, "unsafe-path", "expected a name without '..', found another"));
        }
      }
    }
    return repairs;
  }

  private void add(Store root, Source source, String name) throws IOException {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      others.add(
          new Other(
              source,
              "unexpected-file",
              "expected names such as 'seq_1_frame042.png', found another"));
      return;
    }
    String id = Endovis18Tree.id(Integer.parseInt(parts.group(1)), false) + "/" + parts.group(2);
    Source before = labels.putIfAbsent(id, source);
    if (before != null && !same(root, before, source)) {
      throw new ListingException(
          source.toString(),
          "expected the label of %s that %s has, found another; keep one of them"
              .formatted(id, before));
    }
  }

  private static boolean same(Store root, Source one, Source other) throws IOException {
    try {
      return Arrays.equals(bytes(root, one), bytes(root, other));
    } catch (ItemException e) {
      throw new ListingException(e.source(), e.getMessage(), e);
    }
  }

  /** Returns the bytes of a label picture, of a file or inside an archive. */
  static byte[] bytes(Store root, Source source) throws IOException {
    return source.record() == null
        ? ItemPictures.bytes(root, source.file())
        : ZippedFiles.read(root, source.file(), source.record());
  }
}
