package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * HAM10000: dermoscopic pictures of seven kinds of pigmented skin lesions, with the mask of one
 * lesion each.
 *
 * <p>A fifth of the lesions were photographed several times, so the lesion is the group. Its class
 * is the label of the picture and of the region. Specks beside a lesion are not findings of their
 * own: a mask is one lesion.
 */
public final class Ham10000 implements Dataset {
  static final List<String> IMAGES =
      List.of("HAM10000_images_part_1", "HAM10000_images_part_2", "HAM10000_images");
  static final String MASKS = "HAM10000_segmentations_lesion_tschandl";

  /** Labels by the owners' codes. */
  static final Map<String, ImageLabel> CLASSES = classes();

  private static final Pattern PICTURE = Pattern.compile("(ISIC_\\d{7})\\.jpg");
  private static final Pattern MASK = Pattern.compile("(ISIC_\\d{7})_segmentation\\.png");

  private static final DatasetInfo INFO =
      new DatasetInfo(
          "ham10000",
          1,
          "HAM10000: human against machine with 10,000 training images",
          "Tschandl, Rosendahl, Kittler: The HAM10000 dataset, a large collection of multi-source"
              + " dermatoscopic images of common pigmented skin lesions. Scientific Data 5, 180161"
              + " (2018); masks: Tschandl et al.: Human-computer collaboration for skin cancer"
              + " recognition. Nature Medicine 26 (2020)",
          "non-commercial: CC BY-NC 4.0 or CC BY-NC-SA 4.0, its mirrors disagree",
          "dermoscopy",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "HAM10000_metadata.csv (or .tab)",
              "HAM10000_images_part_1/, HAM10000_images_part_2/ (or HAM10000_images/)",
              "  ISIC_0024306.jpg, ...",
              "HAM10000_segmentations_lesion_tschandl/",
              "  ISIC_0024306_segmentation.png, ..."),
          "lesion",
          "none by the owners: 7 : 1 : 2 by hash of the lesion",
          DatasetInfo.HeldOut.TEST,
          List.of("isic-archive"),
          10015);

  /** The files of one picture and its class. */
  record Lesion(MaskedPictures.Pair files, String dx) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "ham10000 has no label file that carries picture sizes; its masks and pictures are"
              + " needed, so leave --labels-only out");
    }
    LayoutCheck found =
        LayoutCheck.oneRoot(
            input,
            folder -> Ham10000Table.find(folder).isPresent(),
            "it",
            "Expected HAM10000_metadata.csv (or .tab) under %s, or in one folder of it; %s. Name the"
                + " folder that holds it.");
    if (found.problem() != null) {
      return found;
    }
    Store root = input.below(found.prefix());
    String missing = imageFolders(root).isEmpty() ? IMAGES.get(0) : MASKS;
    if (!root.isFolder(missing)) {
      return LayoutCheck.problem(
          ("Expected the folders HAM10000_images_part_1/ and _part_2/ (or HAM10000_images/) and %s/"
                  + " under %s; no %s/ there, %s. Pictures and masks are downloads of their own.")
              .formatted(MASKS, root.uri(), missing, FolderNames.found(FolderNames.of(root, ""))));
    }
    Optional<String> difference =
        Ham10000Table.difference(root, Ham10000Table.find(root).orElseThrow());
    return difference.isEmpty()
        ? found
        : LayoutCheck.problem(
            "Under %s, in %s. Many copies of this table were altered when others saved them; take the owners' own."
                .formatted(root.uri(), difference.get()));
  }

  private static List<String> imageFolders(Store root) throws IOException {
    List<String> folders = new ArrayList<>();
    for (String folder : IMAGES) {
      if (root.isFolder(folder)) {
        folders.add(folder);
      }
    }
    return folders;
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    Store root = source.root();
    MaskedPictures pictures = new MaskedPictures(INFO.name(), root, sink);
    for (String folder : imageFolders(root)) {
      pictures.add(folder, PICTURE, null, "names such as ISIC_0024306.jpg");
    }
    pictures.add(MASKS, null, MASK, "names such as ISIC_0024306_segmentation.png");
    String table = Ham10000Table.find(root).orElseThrow();
    RowsByPicture<Ham10000Table.Row> rows = Ham10000Table.read(INFO.name(), root, table, sink);
    for (MaskedPictures.Pair pair : pictures.pairs()) {
      Optional<RowsByPicture.Row<Ham10000Table.Row>> row = rows.takeOrReject(pair, table);
      if (row.isPresent()) {
        String group = "lesion:" + row.get().value().lesion();
        Split split = Split.ofGroup(INFO.name(), group);
        Lesion lesion = new Lesion(pair, row.get().value().dx());
        sink.item(Item.of(pair.id(), split, group, 1, row.get().source(), lesion));
      }
    }
    rows.rejectRest(pictures.ids());
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Lesion lesion = item.payload(Lesion.class);
    ImageLabel label = CLASSES.get(lesion.dx());
    return Conversion.of(
        MaskedSample.read(INFO, source, item, lesion.files(), List.of(label), label, false));
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return Ham10000Phantom.draw(request);
  }

  private static Map<String, ImageLabel> classes() {
    Map<String, ImageLabel> classes = new TreeMap<>();
    Map.of(
            "akiec", "actinic keratosis or intraepithelial carcinoma",
            "bcc", "basal cell carcinoma",
            "bkl", "benign keratosis",
            "df", "dermatofibroma",
            "mel", "melanoma",
            "nv", "melanocytic nevus",
            "vasc", "vascular lesion")
        .forEach((dx, label) -> classes.put(dx, new ImageLabel(label, dx)));
    return Collections.unmodifiableMap(classes);
  }
}
