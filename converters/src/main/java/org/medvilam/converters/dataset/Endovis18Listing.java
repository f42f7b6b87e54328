package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Settings;
import org.medvilam.converters.dataset.Endovis18Tree.Sequence;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/** Lists the frames of a tree with the files that label them. */
final class Endovis18Listing {
  private static final String BINARY = "binary_annotations";
  private static final String NUMBERS = "annotations";
  private static final String PNG = ".png";
  private static final String UNASKED =
      "Expected instrument_labels_2017/ in a sequence under %s for the class table %s, found none."
          + " Leave --annotations out.";
  private static final Pattern INSTANCE = Pattern.compile("(.+)_class(\\d{1,3})_inst\\d+\\.png");
  private static final Pattern FRAME = Pattern.compile("seq_?(\\d{1,3})_(.+)");

  private final Store root;
  private final Endovis18Tree tree;
  private final boolean typed;
  private final Endovis18Types types;

  private Endovis18Listing(Store root, Endovis18Tree tree, boolean typed, Endovis18Types types) {
    this.root = root;
    this.tree = tree;
    this.typed = typed;
    this.types = types;
  }

  /**
   * Decides what the labels of a tree are: types where any sequence has masks of them, else the
   * challenge's classes.
   */
  static Endovis18Listing of(Store root, Settings settings, Endovis18Tree tree) throws IOException {
    List<String> folders = new ArrayList<>();
    for (Sequence s : tree.sequences()) {
      if (root.isFolder(s.path() + "/" + Endovis18Tree.TYPES)) {
        folders.add(s.path() + "/" + Endovis18Tree.TYPES);
      }
    }
    tree.parts().forEach(part -> folders.add(part + "/" + BINARY));
    SortedSet<Integer> numbers = new TreeSet<>();
    for (String folder : folders) {
      for (StoreEntry entry : FolderNames.of(root, folder)) {
        Matcher name = INSTANCE.matcher(entry.name());
        if (name.matches()) {
          numbers.add(Integer.parseInt(name.group(2)));
        }
      }
    }
    boolean typed = !folders.isEmpty();
    String table = settings.annotations();
    Endovis18Types types =
        typed
            ? Endovis18Types.of(root, tree.typeTables(), table, numbers)
            : Endovis18Types.none(table == null ? null : UNASKED.formatted(root.uri(), table));
    return new Endovis18Listing(root, tree, typed, types);
  }

  /** Returns why the tree cannot be listed, in words, or null. */
  @Nullable String problem() {
    return types.problem();
  }

  /** Lists every frame; what is left over is rejected by name. */
  void list(ItemSink sink) throws IOException {
    Endovis18Repairs repairs = Endovis18Repairs.of(root, tree);
    for (Endovis18Repairs.Other other : repairs.others()) {
      sink.reject(annotation(other.source().toString(), other.reason(), other.detail()));
    }
    SortedMap<String, Source> unused = new TreeMap<>(repairs.labels());
    for (Sequence sequence : tree.sequences()) {
      sequence(sequence, unused, sink);
    }
    for (String path : tree.frameless()) {
      sink.reject(item(path, "missing-frames", "expected left_frames/ in a sequence, found none"));
    }
    for (String part : tree.parts()) {
      part(part, sink);
    }
    for (var repair : unused.entrySet()) {
      sink.reject(
          annotation(
              repair.getValue().toString(),
              "unused-repair",
              "expected the frame %s whose label it replaces, found none"
                  .formatted(repair.getKey())));
    }
  }

  private void sequence(Sequence sequence, SortedMap<String, Source> repairs, ItemSink sink)
      throws IOException {
    String path = sequence.path() + "/";
    boolean labelled = root.isFolder(path + Endovis18Tree.LABELS);
    if (!labelled || typed && !root.isFolder(path + Endovis18Tree.TYPES)) {
      String missing = labelled ? Endovis18Tree.TYPES : Endovis18Tree.LABELS;
      String reason = labelled ? "untyped-sequence" : "unlabelled-sequence";
      sink.reject(
          item(
              path + Endovis18Tree.LEFT,
              reason,
              "expected %s/ beside its frames%s, found %s"
                  .formatted(
                      missing,
                      labelled ? " as in other sequences (types and parts are not mixed)" : "",
                      FolderNames.found(FolderNames.of(root, sequence.path())))));
      return;
    }
    SortedMap<String, String> frames = pictures(path + Endovis18Tree.LEFT, sink);
    SortedMap<String, String> labels = pictures(path + Endovis18Tree.LABELS, sink);
    SortedMap<String, List<Endovis18Frame.Instance>> instances =
        typed ? instances(path + Endovis18Tree.TYPES, sink) : new TreeMap<>();
    for (var frame : frames.entrySet()) {
      String id = sequence.id() + "/" + frame.getKey();
      String own = labels.remove(frame.getKey());
      Source repaired = sequence.test() ? null : repairs.remove(id);
      Source label = repaired != null || own == null ? repaired : new Source(own, null);
      List<Endovis18Frame.Instance> masks = removed(instances, frame.getKey());
      if (label == null) {
        String detail = "expected the label picture %s of the same name, found none";
        reject(
            frame.getValue(),
            masks,
            "missing-label",
            detail.formatted(path + Endovis18Tree.LABELS + "/" + frame.getKey() + PNG),
            sink);
        continue;
      }
      Endovis18Frame files = new Endovis18Frame(frame.getValue(), label, true, asked(), masks);
      sink.item(item(id, sequence.split(), "video:" + sequence.id(), files));
    }
    leftOver(labels, instances, path + Endovis18Tree.LEFT, sink);
  }

  /** Returns the classes that a challenge label picture is asked for. */
  private List<Endovis18Frame.Asked> asked() {
    List<Endovis18Class> classes =
        typed ? List.of(Endovis18Class.SUCTION, Endovis18Class.PROBE) : Endovis18Class.ALL;
    return classes.stream().map(Endovis18Frame.Asked::of).toList();
  }

  /** Lists a part that ISINet's script wrote. */
  private void part(String part, ItemSink sink) throws IOException {
    String images = part + "/" + Endovis18Tree.IMAGES;
    SortedMap<String, String> frames = pictures(images, sink);
    boolean masks = root.isFolder(part + "/" + BINARY);
    SortedMap<String, List<Endovis18Frame.Instance>> instances =
        masks ? instances(part + "/" + BINARY, sink) : new TreeMap<>();
    SortedMap<String, String> numbers =
        masks ? new TreeMap<>() : pictures(part + "/" + NUMBERS, sink);
    Split split = part.endsWith("val") ? Split.VALIDATION : Split.TRAIN;
    for (var frame : frames.entrySet()) {
      List<Endovis18Frame.Instance> own = removed(instances, frame.getKey());
      String number = numbers.remove(frame.getKey());
      Matcher name = FRAME.matcher(frame.getKey());
      if (!name.matches()) {
        String detail = "expected names such as seq2_frame000.png, found another";
        reject(frame.getValue(), own, "unexpected-file", detail, sink);
        continue;
      }
      int sequence = Integer.parseInt(name.group(1));
      if (Endovis18Tree.splitOf(sequence) != split) {
        String detail = "expected sequence %d in the part %s, found it in %s/";
        detail = detail.formatted(sequence, Endovis18Tree.splitOf(sequence).key(), part);
        reject(frame.getValue(), own, "other-part", detail, sink);
      } else if (!masks && number == null) {
        String detail = "expected %s of the same name in %s/%s/, found none";
        detail = detail.formatted(frame.getKey() + PNG, part, NUMBERS);
        reject(frame.getValue(), own, "missing-label", detail, sink);
      } else {
        Source label = number == null ? null : new Source(number, null);
        Endovis18Frame files =
            new Endovis18Frame(
                frame.getValue(), label, false, masks ? List.of() : types.asked(), own);
        String id = Endovis18Tree.id(sequence, false);
        sink.item(item(id + "/" + name.group(2), split, "video:" + id, files));
      }
    }
    leftOver(numbers, instances, images, sink);
  }

  private static Item item(String id, Split split, String group, Endovis18Frame files) {
    Source source = files.labels() != null ? files.labels() : new Source(files.image(), null);
    return Item.of(id, split, group, files.annotations(), source, files);
  }

  /** Returns the PNG files of a folder by their names without extension. */
  private SortedMap<String, String> pictures(String folder, ItemSink sink) throws IOException {
    SortedMap<String, String> pictures = new TreeMap<>();
    for (StoreEntry entry : FolderNames.of(root, folder)) {
      String path = folder + "/" + entry.name();
      if (entry.folder() || !entry.name().toLowerCase(Locale.ROOT).endsWith(PNG)) {
        sink.reject(item(path, "unexpected-file", "expected PNG pictures alone, found another"));
      } else {
        pictures.put(FolderNames.stem(entry.name()), path);
      }
    }
    return pictures;
  }

  private SortedMap<String, List<Endovis18Frame.Instance>> instances(String folder, ItemSink sink)
      throws IOException {
    SortedMap<String, List<Endovis18Frame.Instance>> instances = new TreeMap<>();
    for (StoreEntry entry : FolderNames.of(root, folder)) {
      String path = folder + "/" + entry.name();
      Matcher name = INSTANCE.matcher(entry.name());
      if (entry.folder() || !name.matches()) {
        String detail = "expected names such as 'frame000_class1_inst0.png', found another";
        sink.reject(item(path, "unexpected-file", detail));
        continue;
      }
      int number = Integer.parseInt(name.group(2));
      instances
          .computeIfAbsent(name.group(1), k -> new ArrayList<>())
          .add(types.instance(path, number));
    }
    instances
        .values()
        .forEach(own -> own.sort(Comparator.comparing(Endovis18Frame.Instance::mask)));
    return instances;
  }

  private static <T> List<T> removed(SortedMap<String, List<T>> lists, String key) {
    List<T> list = lists.remove(key);
    return list == null ? List.of() : list;
  }

  private void leftOver(
      SortedMap<String, String> labels,
      SortedMap<String, List<Endovis18Frame.Instance>> instances,
      String images,
      ItemSink sink)
      throws IOException {
    List<String> paths = new ArrayList<>(labels.values());
    instances.values().forEach(own -> own.forEach(i -> paths.add(i.mask())));
    for (String path : paths) {
      String detail = "expected the picture it labels in %s/, found none".formatted(images);
      sink.reject(annotation(path, "missing-image", detail));
    }
  }

  private static void reject(
      String image,
      List<Endovis18Frame.Instance> masks,
      String reason,
      String detail,
      ItemSink sink)
      throws IOException {
    sink.reject(item(image, reason, detail));
    for (Endovis18Frame.Instance mask : masks) {
      sink.reject(annotation(mask.mask(), reason, image + " is rejected: " + detail));
    }
  }

  private static Rejection item(String source, String reason, String detail) {
    return new Rejection(Endovis18.NAME, Rejection.Scope.ITEM, source, reason, detail);
  }

  private static Rejection annotation(String source, String reason, String detail) {
    return new Rejection(Endovis18.NAME, Rejection.Scope.ANNOTATION, source, reason, detail);
  }
}
