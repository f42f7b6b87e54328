package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.MaskedPictures;
import org.medvilam.converters.item.RowsByPicture;
import org.medvilam.converters.item.Table;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * TN3K: thyroid ultrasound with a mask of all nodules of each picture.
 *
 * <p>Names start at 0000 in both parts, so a medium's id is part and name: {@code trainval-0000}.
 * Masks are JPEG; grey around the edge of a nodule counts from 128 on. Each component of a mask is
 * a nodule. Tables of classes, which a later release adds, speak of the picture as a whole, so they
 * give its classification and nodules have one label.
 */
public final class Tn3k implements Dataset {
  static final String TRAINVAL = "trainval";
  static final String TEST = "test";
  static final ImageLabel NODULE = new ImageLabel("thyroid nodule", "nodule");

  /** Classes by the owners' codes. */
  static final Map<String, ImageLabel> CLASSES =
      Map.of(
          "0",
          new ImageLabel("benign thyroid nodule", "0"),
          "1",
          new ImageLabel("malignant thyroid nodule", "1"));

  private static final Pattern NAME = Pattern.compile("(\\d{4})\\.jpg");
  private static final List<String> ROOTS = List.of("", "tn3k", "Thyroid Dataset/tn3k");

  private static final DatasetInfo INFO =
      new DatasetInfo(
          "tn3k",
          1,
          "TN3K: thyroid nodule segmentation in ultrasound",
          "Gong, Chen, Chen, Li, Li, Chen: Thyroid region prior guided attention for ultrasound"
              + " segmentation of thyroid nodules. Computers in Biology and Medicine 155, 106389"
              + " (2023)",
          "MIT as the owners' repository states",
          "ultrasound",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "trainval-image/, trainval-mask/   0000.jpg, 0001.jpg, ... (the same names in both)",
              "test-image/, test-mask/           0000.jpg, ...",
              "tn3k-trainval-fold0.json          (which are for validation; may be absent)",
              "label4trainval.csv, label4test.csv   (benign or malignant; may be absent)"),
          "image",
          "the owners' trainval and test parts; the first of their five cuts of trainval",
          DatasetInfo.HeldOut.TEST,
          List.of(),
          3493);

  /**
   * The files of one picture and its class.
   *
   * @param dx the owners' code of the class, or empty where none is known
   * @param problem why the row of the picture cannot be used, or null
   */
  record Nodules(MaskedPictures.Pair files, String dx, @Nullable Rejection problem) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "tn3k has no label file that carries picture sizes; its masks and pictures are needed,"
              + " so leave --labels-only out");
    }
    for (String prefix : ROOTS) {
      Store root = input.below(prefix);
      if (hasAnyFolder(root)) {
        Optional<String> missing = missing(root);
        return missing.isEmpty()
            ? LayoutCheck.rootAt(prefix)
            : LayoutCheck.problem(
                "Expected %s/ with pictures under %s; %s. Each part needs its pictures and masks."
                    .formatted(
                        missing.get(), root.uri(), FolderNames.found(FolderNames.of(root, ""))));
      }
    }
    return LayoutCheck.problem(
        ("Expected the folders trainval-image/, trainval-mask/, test-image/ and test-mask/ under"
                + " %s, or under tn3k/ in it; %s. Name the folder that holds them.")
            .formatted(input.uri(), FolderNames.found(FolderNames.of(input, ""))));
  }

  private static boolean hasAnyFolder(Store root) throws IOException {
    for (String part : List.of(TRAINVAL, TEST)) {
      if (root.isFolder(part + "-image") || root.isFolder(part + "-mask")) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> missing(Store root) throws IOException {
    for (String part : List.of(TRAINVAL, TEST)) {
      boolean images = hasPictures(root, part + "-image");
      boolean masks = hasPictures(root, part + "-mask");
      boolean named = root.isFolder(part + "-image") || root.isFolder(part + "-mask");
      if (named && !(images && masks)) {
        return Optional.of(part + (images ? "-mask" : "-image"));
      }
    }
    return Optional.empty();
  }

  private static boolean hasPictures(Store root, String folder) throws IOException {
    return FolderNames.of(root, folder).stream().anyMatch(f -> NAME.matcher(f.name()).matches());
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    for (String part : List.of(TRAINVAL, TEST)) {
      if (source.root().isFolder(part + "-image")) {
        list(source.root(), part, sink);
      }
    }
  }

  private static void list(Store root, String part, ItemSink sink) throws IOException {
    MaskedPictures pictures = new MaskedPictures(INFO.name(), root, sink);
    pictures.add(part + "-image", NAME, null, "names such as 0000.jpg");
    pictures.add(part + "-mask", null, NAME, "names such as 0000.jpg");
    String table = "label4" + part + ".csv";
    boolean classified = root.exists(table);
    RowsByPicture<String> classes = classes(root, table, classified, sink);
    Map<String, Tn3kFolds.Place> places = part.equals(TRAINVAL) ? Tn3kFolds.read(root) : Map.of();
    for (MaskedPictures.Pair pair : pictures.pairs()) {
      Tn3kFolds.Place place = places.get(pair.id());
      if (!places.isEmpty() && place == null) {
        rejectUnlisted(pair, sink);
      } else {
        Split split = part.equals(TEST) ? Split.TEST : place == null ? Split.TRAIN : place.split();
        Nodules nodules =
            classified ? nodules(pair, classes.take(pair, table)) : new Nodules(pair, "", null);
        String id = part + "-" + pair.id();
        Source where = new Source(pair.mask(), null);
        sink.item(Item.of(id, split, "image:" + id, 1, where, nodules));
      }
    }
    classes.rejectRest(pictures.ids());
    if (!classified) {
      rejectRest(places, pictures.ids(), sink);
    }
  }

  private static RowsByPicture<String> classes(
      Store root, String path, boolean there, ItemSink sink) throws IOException {
    RowsByPicture<String> classes = new RowsByPicture<>(INFO.name(), sink);
    if (!there) {
      return classes;
    }
    try (Table table =
        Table.openHeaderless(
            root, path, List.of("image", "class"), cell -> !NAME.matcher(cell).matches())) {
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        Source where = new Source(path, row.position());
        String id = FolderNames.stem(row.get("image"));
        String dx = row.get("class");
        if (row.problem() != null) {
          classes.addBroken(id, where, "wrong-columns", row.problem());
        } else if (dx.isEmpty() || CLASSES.containsKey(dx)) {
          classes.add(id, where, dx);
        } else {
          String detail = "expected 0, 1 or no class of %s, found '%s'".formatted(id, dx);
          classes.addBroken(id, where, "unknown-class", detail);
        }
      }
    }
    return classes;
  }

  private static Nodules nodules(MaskedPictures.Pair pair, RowsByPicture.Row<String> row) {
    Rejection r = row.problem();
    Rejection.Scope scope = Rejection.Scope.PART;
    return r == null
        ? new Nodules(pair, row.value(), null)
        : new Nodules(
            pair, "", new Rejection(INFO.name(), scope, r.source(), r.reason(), r.detail()));
  }

  private static void rejectUnlisted(MaskedPictures.Pair pair, ItemSink sink) throws IOException {
    String detail =
        "expected the number of %s in %s, found it neither for training nor for validation"
            .formatted(pair.id(), Tn3kFolds.FILE);
    sink.reject(reject(Rejection.Scope.ITEM, pair.image(), "unlisted-picture", detail));
    sink.reject(reject(Rejection.Scope.ANNOTATION, pair.mask(), "unlisted-picture", detail));
  }

  private static void rejectRest(
      Map<String, Tn3kFolds.Place> places, Set<String> pictures, ItemSink sink) throws IOException {
    for (Map.Entry<String, Tn3kFolds.Place> place : places.entrySet()) {
      if (!pictures.contains(place.getKey())) {
        String detail = "expected %s-image/%s.jpg, found none".formatted(TRAINVAL, place.getKey());
        String where = place.getValue().source().toString();
        sink.reject(reject(Rejection.Scope.ITEM, where, "missing-image", detail));
      }
    }
  }

  private static Rejection reject(
      Rejection.Scope scope, String source, String reason, String detail) {
    return new Rejection(INFO.name(), scope, source, reason, detail);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Nodules nodules = item.payload(Nodules.class);
    ImageLabel dx = CLASSES.get(nodules.dx());
    Sample sample =
        MaskedSample.read(
            INFO,
            source,
            item,
            nodules.files(),
            dx == null ? List.of() : List.of(dx),
            NODULE,
            true);
    Rejection problem = nodules.problem();
    return new Conversion(List.of(sample), problem == null ? List.of() : List.of(problem));
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return Tn3kPhantom.draw(request);
  }
}
