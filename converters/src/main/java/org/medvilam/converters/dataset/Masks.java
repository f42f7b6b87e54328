package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemPictures;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * Any pictures with a mask of the same name each: {@code images/NAME.*} beside {@code
 * masks/NAME.*}.
 *
 * <p>Every component of a mask is a finding's region of its own; an empty mask says that the
 * picture shows nothing. The label is the user's.
 */
public final class Masks implements GenericDataset {
  static final String IMAGES = "images";
  static final String MASKS = "masks";

  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          "masks",
          "Pictures with a mask of the same name each",
          List.of(
              IMAGES + "/  NAME.png, NAME.jpg, NAME.tif, ...",
              MASKS + "/   NAME.png, ...   foreground above 127 of 255"),
          "image",
          "none: 7 : 1 : 2 by hash of the image");

  /** The files of one picture. */
  record Files(String image, String mask) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) {
    return path.startsWith(MASKS + "/") && PictureIndex.isPicture(path)
        ? "a picture in masks/"
        : null;
  }

  /** A folder of masks may belong to label files of another form. */
  @Override
  public boolean isUnmistakable(List<String> files) {
    return false;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "masks has no label file that carries picture sizes; pictures and masks are needed, so"
              + " leave --labels-only out");
    }
    List<StoreEntry> images = FolderNames.of(input, IMAGES);
    List<StoreEntry> masks = FolderNames.of(input, MASKS);
    if (images.isEmpty() || masks.isEmpty()) {
      String missing = images.isEmpty() ? IMAGES : MASKS;
      String there = images.isEmpty() ? MASKS : IMAGES;
      List<StoreEntry> other = images.isEmpty() ? masks : images;
      return LayoutCheck.problem(
          ("Expected images/NAME.* and masks/NAME.* under %s, the same NAME in both; no file in"
                  + " %s/. In the input: %s. In %s/: %s. Names are case-sensitive.")
              .formatted(
                  input.uri(),
                  missing,
                  FolderNames.found(FolderNames.of(input, "")),
                  there,
                  FolderNames.found(other)));
    }
    Map<String, List<String>> stems = byStem(masks);
    if (images.stream().noneMatch(f -> stems.containsKey(FolderNames.stem(f.name())))) {
      return LayoutCheck.problem(
          ("Expected masks/NAME.* for images/NAME.* under %s, the same NAME in both; no picture has"
                  + " a mask of its name. In images/: %s. In masks/: %s. Names are case-sensitive;"
                  + " rename the masks.")
              .formatted(input.uri(), FolderNames.found(images), FolderNames.found(masks)));
    }
    return LayoutCheck.rootAt("");
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    Map<String, List<String>> images = byStem(files(source.root(), IMAGES, sink));
    Map<String, List<String>> masks = byStem(files(source.root(), MASKS, sink));
    MaskNames names = new MaskNames(masks);
    for (Map.Entry<String, List<String>> image : images.entrySet()) {
      List<String> own = masks.getOrDefault(image.getKey(), List.of());
      if (image.getValue().size() == 1 && own.size() == 1) {
        sink.item(item(image.getKey(), image.getValue().get(0), own.get(0)));
      } else {
        rejectItem(image.getKey(), image.getValue(), own, names, sink);
      }
    }
    for (Map.Entry<String, List<String>> mask : masks.entrySet()) {
      if (!images.containsKey(mask.getKey())) {
        for (String name : mask.getValue()) {
          sink.reject(
              rejection(
                  Rejection.Scope.ANNOTATION,
                  MASKS + "/" + name,
                  "missing-image",
                  "expected images/%s.* of the same name, found none".formatted(mask.getKey())));
        }
      }
    }
  }

  private static List<StoreEntry> files(Store root, String folder, ItemSink sink)
      throws IOException {
    List<StoreEntry> files = new ArrayList<>();
    for (StoreEntry entry : FolderNames.of(root, folder)) {
      if (entry.folder()) {
        sink.reject(
            rejection(
                Rejection.Scope.ITEM,
                folder + "/" + entry.name(),
                "unexpected-folder",
                "expected files alone in %s/, found a folder".formatted(folder)));
      } else {
        files.add(entry);
      }
    }
    return files;
  }

  private static Map<String, List<String>> byStem(List<StoreEntry> files) {
    Map<String, List<String>> stems = new TreeMap<>();
    for (StoreEntry file : files) {
      stems
          .computeIfAbsent(FolderNames.stem(file.name()), k -> new ArrayList<>(1))
          .add(file.name());
    }
    stems.values().forEach(names -> names.sort(null));
    return stems;
  }

  private static Item item(String id, String image, String mask) {
    String group = "image:" + id;
    Files files = new Files(IMAGES + "/" + image, MASKS + "/" + mask);
    Split split = Split.ofGroup(INFO.name(), group);
    return Item.of(id, split, group, 1, new Source(files.mask(), null), files);
  }

  /** Rejects every picture of a name, and every mask that it leaves without one. */
  private static void rejectItem(
      String id, List<String> images, List<String> masks, MaskNames names, ItemSink sink)
      throws IOException {
    String reason =
        images.size() > 1 ? "shared-name" : masks.isEmpty() ? "missing-mask" : "several-masks";
    String detail =
        "expected one picture and one mask named '%s.*', found %s and %s%s"
            .formatted(
                id,
                String.join(", ", images),
                masks.isEmpty() ? "no mask" : String.join(", ", masks),
                masks.isEmpty() ? names.near(id) : "");
    for (String image : images) {
      sink.reject(rejection(Rejection.Scope.ITEM, IMAGES + "/" + image, reason, detail));
    }
    for (String mask : masks) {
      sink.reject(rejection(Rejection.Scope.ANNOTATION, MASKS + "/" + mask, reason, detail));
    }
  }

  /** The names of masks without regard to case, made when first needed. */
  private static final class MaskNames {
    private final Map<String, List<String>> masks;
    private final Map<String, String> lowerCase = new TreeMap<>();

    MaskNames(Map<String, List<String>> masks) {
      this.masks = masks;
    }

    /** Says which mask differs from a name in case only. */
    String near(String id) {
      if (lowerCase.isEmpty()) {
        masks.values().forEach(v -> v.forEach(n -> lowerCase.put(key(FolderNames.stem(n)), n)));
      }
      String name = lowerCase.get(key(id));
      return name == null ? "" : "; names are case-sensitive, found masks/" + name;
    }

    private static String key(String name) {
      return name.toLowerCase(Locale.ROOT);
    }
  }

  private static Rejection rejection(
      Rejection.Scope scope, String path, String reason, String detail) {
    return new Rejection(INFO.name(), scope, path, reason, detail);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Files files = item.payload(Files.class);
    PictureInfo picture = ItemPictures.probe(source.root(), files.image());
    Mask mask = ItemPictures.mask(source.root(), files.mask(), picture);
    String nativeLabel = source.settings().label();
    String label = nativeLabel.toLowerCase(Locale.ROOT);
    boolean empty = mask.isEmpty();
    MaskRegion region = new MaskRegion(mask, true);
    Sample sample =
        new Sample(
            INFO.name(),
            Media.image(item.mediaId(), files.image(), picture.width(), picture.height()),
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            List.of(
                empty
                    ? new ImageLabel(ImageLabel.NO_FINDING, ImageLabel.NO_FINDING)
                    : new ImageLabel(label, nativeLabel)),
            empty ? List.of() : List.of(Finding.of(label, nativeLabel, region, item.source())));
    return new Conversion(List.of(sample), List.of(), empty ? 1 : 0);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return MasksPhantom.draw(request);
  }
}
