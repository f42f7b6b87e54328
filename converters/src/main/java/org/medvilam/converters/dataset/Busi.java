package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemPictures;
import org.medvilam.converters.item.ItemSink;
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
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * Breast Ultrasound Images: a folder per class, a picture and one mask file per lesion.
 *
 * <p>The first mask of {@code benign (4).png} is {@code benign (4)_mask.png}, further ones are
 * {@code _mask_1}, {@code _mask_2}. Masks of one picture may overlap, so each stays a finding of
 * its own. Masks of the class normal are empty.
 */
public final class Busi implements Dataset {
  static final String FOLDER = "Dataset_BUSI_with_GT";
  static final String NORMAL = "normal";

  private static final Map<String, String> LABELS = labels();
  private static final Pattern NAME =
      Pattern.compile("((?:benign|malignant|normal) \\(\\d+\\))(_mask(?:_\\d+)?)?\\.png");

  private static final DatasetInfo INFO =
      new DatasetInfo(
          "busi",
          1,
          "Dataset of breast ultrasound images",
          "Al-Dhabyani, Gomaa, Khaled, Fahmy: Dataset of breast ultrasound images. Data in Brief"
              + " 28, 104863 (2020)",
          "CC0 1.0 as its mirrors state; the owners' page states none",
          "ultrasound",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              FOLDER + "/",
              "  benign/     benign (1).png, benign (1)_mask.png, benign (4)_mask_1.png, ...",
              "  malignant/  malignant (1).png, malignant (1)_mask.png, ...",
              "  normal/     normal (1).png, normal (1)_mask.png, ..."),
          "image",
          "none by the owners: 7 : 1 : 2 by hash of the image",
          DatasetInfo.HeldOut.TEST,
          List.of(),
          780);

  /** The files of one picture. */
  record Files(String nativeClass, String image, List<String> masks) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "busi has no label file that carries picture sizes; its masks and pictures are needed, so"
              + " leave --labels-only out");
    }
    String prefix = !hasClass(input) && input.isFolder(FOLDER) ? FOLDER : "";
    Store root = prefix.isEmpty() ? input : input.below(prefix);
    boolean pictures = false;
    for (String nativeClass : LABELS.keySet()) {
      if (!root.isFolder(nativeClass)) {
        return LayoutCheck.problem(
            ("Expected the folders benign/, malignant/ and normal/ under %s, or under %s/ in it;"
                    + " no %s/ there, %s. Names are case-sensitive; name the folder that holds them.")
                .formatted(
                    root.uri(), FOLDER, nativeClass, FolderNames.found(FolderNames.of(root, ""))));
      }
      pictures |= FolderNames.of(root, nativeClass).stream().anyMatch(f -> isImage(f, nativeClass));
    }
    if (!pictures) {
      return LayoutCheck.problem(
          ("Expected pictures such as 'benign (1).png' in the folders benign/, malignant/ and"
                  + " normal/ under %s; in benign/: %s. Keep the owners' names and folders.")
              .formatted(root.uri(), FolderNames.found(FolderNames.of(root, "benign"))));
    }
    return LayoutCheck.rootAt(prefix);
  }

  private static boolean hasClass(Store store) throws IOException {
    for (String nativeClass : LABELS.keySet()) {
      if (store.isFolder(nativeClass)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isImage(StoreEntry file, String nativeClass) {
    Matcher name = NAME.matcher(file.name());
    return !file.folder()
        && name.matches()
        && name.group(2) == null
        && file.name().startsWith(nativeClass + " ");
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    for (String nativeClass : LABELS.keySet()) {
      Map<String, String> images = new TreeMap<>();
      Map<String, List<String>> masks = new TreeMap<>();
      for (StoreEntry file : FolderNames.of(source.root(), nativeClass)) {
        String path = nativeClass + "/" + file.name();
        Matcher name = NAME.matcher(file.name());
        if (file.folder() || !name.matches() || !file.name().startsWith(nativeClass + " ")) {
          sink.reject(unexpected(path, nativeClass));
        } else if (name.group(2) == null) {
          images.put(name.group(1), path);
        } else {
          masks.computeIfAbsent(name.group(1), k -> new ArrayList<>()).add(path);
        }
      }
      list(nativeClass, images, masks, sink);
    }
  }

  private static void list(
      String nativeClass,
      Map<String, String> images,
      Map<String, List<String>> masks,
      ItemSink sink)
      throws IOException {
    for (Map.Entry<String, String> image : images.entrySet()) {
      String id = image.getKey();
      List<String> own = masks.remove(id);
      if (own == null) {
        sink.reject(
            reject(
                Rejection.Scope.ITEM,
                image.getValue(),
                "missing-mask",
                "expected '%s_mask.png' beside the picture, found none".formatted(id)));
        continue;
      }
      own.sort(null);
      String group = "image:" + id;
      Files files = new Files(nativeClass, image.getValue(), own);
      Source where = new Source(image.getValue(), null);
      Split split = Split.ofGroup(INFO.name(), group);
      sink.item(Item.of(id, split, group, own.size(), where, files));
    }
    for (Map.Entry<String, List<String>> orphan : masks.entrySet()) {
      for (String path : orphan.getValue()) {
        sink.reject(
            reject(
                Rejection.Scope.ANNOTATION,
                path,
                "missing-image",
                "expected the picture '%s.png' beside the mask, found none"
                    .formatted(orphan.getKey())));
      }
    }
  }

  private static Rejection unexpected(String path, String nativeClass) {
    return reject(
        Rejection.Scope.ITEM,
        path,
        "unexpected-file",
        "expected names such as '%1$s (1).png' and '%1$s (1)_mask.png', found another"
            .formatted(nativeClass));
  }

  private static Rejection reject(
      Rejection.Scope scope, String path, String reason, String detail) {
    return new Rejection(INFO.name(), scope, path, reason, detail);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Files files = item.payload(Files.class);
    PictureInfo picture = ItemPictures.probe(source.root(), files.image());
    ImageLabel label = new ImageLabel(LABELS.get(files.nativeClass()), files.nativeClass());
    List<Finding> findings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    int negatives = 0;
    for (String path : files.masks()) {
      Mask mask = ItemPictures.mask(source.root(), path, picture);
      if (!files.nativeClass().equals(NORMAL)) {
        MaskRegion region = new MaskRegion(mask, false);
        findings.add(
            Finding.of(label.label(), label.nativeLabel(), region, new Source(path, null)));
      } else if (mask.isEmpty()) {
        negatives++;
      } else {
        rejections.add(
            reject(
                Rejection.Scope.ANNOTATION,
                path,
                "finding-in-normal",
                "expected an empty mask of a normal picture, found %d foreground pixels"
                    .formatted(mask.area())));
      }
    }
    Sample sample =
        new Sample(
            INFO.name(),
            Media.image(item.mediaId(), files.image(), picture.width(), picture.height()),
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            List.of(label),
            findings);
    return new Conversion(List.of(sample), rejections, negatives);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return BusiPhantom.draw(request);
  }

  /** Returns the standard label of a class. */
  static String label(String nativeClass) {
    return LABELS.get(nativeClass);
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("benign", "benign tumour");
    labels.put("malignant", "malignant tumour");
    labels.put(NORMAL, "normal");
    return Collections.unmodifiableMap(labels);
  }
}
