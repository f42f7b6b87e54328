package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * The files of ADNI's hippocampi, joined by scan: subject and, where it is named, picture number.
 *
 * <p>Every file ends in an item or in a rejection; a MINC file beside the NIfTI file of its scan is
 * the same picture and counts as read.
 */
final class AdniFiles {
  private static final Pattern NAME =
      Pattern.compile(
          "((?:ADNI_)?(\\d{3}_S_\\d{4})(?:_[IS]?\\d+)*)(?:_.*?)??(_[LR])?\\.(nii|nii\\.gz|mnc)");
  private static final String MINC = "mnc";
  private static final String EXPECTED =
      "expected names such as ADNI_002_S_0295_13722.nii, found another name";

  private final Store root;
  private final Layout layout;
  private final ItemSink sink;
  private final Map<String, Scan> scans = new TreeMap<>();

  /** How the files lie. */
  enum Layout {
    /** The release: a mask per side. */
    RELEASE,
    /** Re-packed: a file for both sides. */
    REPACKED,
    /** By diagnosis, with one mask of both sides, which it does not tell apart. */
    BY_DIAGNOSIS;

    private List<String> images() {
      return switch (this) {
        case RELEASE -> List.of("100", "35");
        case REPACKED -> List.of("Images");
        case BY_DIAGNOSIS -> List.of("samples/cn", "samples/mci", "samples/ad");
      };
    }

    private List<String> labels() {
      return switch (this) {
        case RELEASE -> List.of("Labels_100_NIFTI", "Labels_35_NIFTI");
        case REPACKED -> List.of("Labels");
        case BY_DIAGNOSIS -> List.of("masks/all");
      };
    }

    private boolean isOf(Store root) throws IOException {
      return anyIn(root, images()) && anyIn(root, labels());
    }

    private static boolean anyIn(Store root, List<String> folders) throws IOException {
      for (String folder : folders) {
        if (root.exists(folder)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The files of a scan. */
  private static final class Scan {
    private final String subject;
    private final List<String> images = new ArrayList<>();
    private final List<String> minc = new ArrayList<>();
    private final Map<String, List<String>> labels = new TreeMap<>();

    Scan(String subject) {
      this.subject = subject;
    }
  }

  AdniFiles(Store root, Layout layout, ItemSink sink) {
    this.root = root;
    this.layout = layout;
    this.sink = sink;
  }

  /** Returns the layout of a tree, where it has one. */
  static Optional<Layout> layout(Store root) throws IOException {
    for (Layout layout : Layout.values()) {
      if (layout.isOf(root)) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }

  void list() throws IOException {
    for (String folder : layout.images()) {
      add(folder, false);
    }
    for (String folder : layout.labels()) {
      add(folder, true);
    }
    for (Map.Entry<String, Scan> scan : scans.entrySet()) {
      list(scan.getKey(), scan.getValue());
    }
  }

  private void add(String folder, boolean labels) throws IOException {
    if (!root.exists(folder)) {
      return;
    }
    for (StoreEntry file : FolderNames.of(root, folder)) {
      String path = folder + "/" + file.name();
      Matcher name = NAME.matcher(file.name());
      boolean known = !file.folder() && name.matches();
      boolean minc = known && name.group(4).equals(MINC);
      boolean sided = known && name.group(3) != null;
      if (!known || (labels ? minc || sided != (layout == Layout.RELEASE) : sided)) {
        reject(Rejection.Scope.ITEM, path, "unexpected-file", EXPECTED);
        continue;
      }
      Scan scan = scans.computeIfAbsent(name.group(1), id -> new Scan(name.group(2)));
      if (labels) {
        String side = sided ? name.group(3) : "";
        scan.labels.computeIfAbsent(side, s -> new ArrayList<>()).add(path);
      } else {
        (minc ? scan.minc : scan.images).add(path);
      }
    }
  }

  private void list(String id, Scan scan) throws IOException {
    boolean several = scan.labels.values().stream().anyMatch(files -> files.size() > 1);
    if (scan.images.size() == 1 && !scan.labels.isEmpty() && !several) {
      sink.item(item(id, scan));
    } else if (scan.images.isEmpty() && !scan.minc.isEmpty()) {
      String detail =
          "expected a NIfTI volume of %s, found MINC, which is not read; convert it, e.g. by mnc2nii, and put it beside"
              .formatted(id);
      rejectAll(scan.minc, scan, "unsupported-format", detail);
    } else if (scan.images.isEmpty()) {
      rejectAll(
          List.of(), scan, "missing-image", "expected a volume of %s, found none".formatted(id));
    } else if (scan.labels.isEmpty()) {
      String detail = "expected a mask of %s, found none".formatted(id);
      rejectAll(scan.images, scan, "missing-mask", detail);
    } else {
      String detail = "expected one volume of %s and one mask a side, found several".formatted(id);
      rejectAll(scan.images, scan, "shared-name", detail);
    }
  }

  private Item item(String id, Scan scan) {
    List<LabelledVolume.LabelFile> labels = new ArrayList<>();
    scan.labels.forEach((side, files) -> labels.add(file(side, files.get(0))));
    LabelledVolume files = new LabelledVolume(scan.images.get(0), labels);
    String group = "patient:" + scan.subject;
    Source where = new Source(String.join("; ", labels.stream().map(l -> l.path()).toList()), null);
    return Item.of(id, AdniHippocampus.split(group), group, files.annotations(), where, files);
  }

  private LabelledVolume.LabelFile file(String side, String path) {
    return new LabelledVolume.LabelFile(
        path,
        switch (side) {
          case "_L" -> List.of(part("left", "L", List.of()));
          case "_R" -> List.of(part("right", "R", List.of()));
          default ->
              layout == Layout.BY_DIAGNOSIS
                  ? List.of(new LabelledVolume.Part("hippocampus", "hippocampus", List.of(), true))
                  : List.of(part("left", "Left", List.of(1)), part("right", "Right", List.of(2)));
        });
  }

  private static LabelledVolume.Part part(String side, String nativeLabel, List<Integer> values) {
    return new LabelledVolume.Part(side + " hippocampus", nativeLabel, values, false);
  }

  private void rejectAll(List<String> images, Scan scan, String reason, String detail)
      throws IOException {
    for (String path : images) {
      reject(Rejection.Scope.ITEM, path, reason, detail);
    }
    for (List<String> files : scan.labels.values()) {
      for (String path : files) {
        reject(Rejection.Scope.ANNOTATION, path, reason, detail);
      }
    }
  }

  private void reject(Rejection.Scope scope, String path, String reason, String detail)
      throws IOException {
    sink.reject(new Rejection(AdniHippocampus.INFO.name(), scope, path, reason, detail));
  }
}
