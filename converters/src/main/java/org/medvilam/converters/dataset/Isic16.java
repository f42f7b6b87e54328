package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.MaskedPictures;
import org.medvilam.converters.item.RowsByPicture;
import org.medvilam.converters.item.Table;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Source;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * ISIC 2016: dermoscopic pictures with the mask of one lesion each, benign or malignant.
 *
 * <p>The tables of classes have no header; they say benign and malignant in words for training and
 * as 0.0 and 1.0 for test. The class is the label of the lesion, too: the paper draws twenty shots
 * of each disease, and one label for both would leave the rarer one, a fifth of the pictures, to
 * chance. Specks beside a lesion are not findings of their own: a mask is one lesion.
 */
public final class Isic16 implements Dataset {
  static final Map<String, ImageLabel> CLASSES =
      Map.of(
          "benign",
          new ImageLabel("benign skin lesion", "benign"),
          "malignant",
          new ImageLabel("malignant skin lesion", "malignant"));

  private static final Map<String, String> CODES =
      Map.of("0", "benign", "0.0", "benign", "1", "malignant", "1.0", "malignant");
  private static final Pattern ID = Pattern.compile("ISIC_\\d{7}");
  private static final Pattern PICTURE = Pattern.compile("(ISIC_\\d{7})\\.jpg");
  private static final Pattern MASK = Pattern.compile("(ISIC_\\d{7})_Segmentation\\.png");
  private static final String NAMES = "ISIC_0000000.jpg or ISIC_0000000_Segmentation.png";

  private static final DatasetInfo INFO =
      new DatasetInfo(
          "isic16",
          1,
          "ISIC 2016: skin lesion analysis toward melanoma detection",
          "Gutman, Codella, Celebi, Helba, Marchetti, Mishra, Halpern: Skin lesion analysis toward"
              + " melanoma detection: a challenge at ISBI 2016. arXiv:1605.01397 (2016)",
          "CC0, unconfirmed; the challenge's page has the owners' terms",
          "dermoscopy",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "ISBI2016_ISIC_Part1_Training_Data/         ISIC_0000000.jpg, ...",
              "ISBI2016_ISIC_Part1_Training_GroundTruth/  ISIC_0000000_Segmentation.png, ...",
              "ISBI2016_ISIC_Part3_Training_GroundTruth.csv",
              "ISBI2016_ISIC_Part1_Test_Data/, ..._Test_GroundTruth/, ..._Part3_Test_GroundTruth.csv",
              "(or ISBI2016_ISIC_Part3B_..._Data/ with pictures and masks, and its .csv)"),
          "image",
          "the owners' training and test parts",
          DatasetInfo.HeldOut.TEST,
          List.of("isic-archive"),
          1279);

  /** The files of one picture and its class. */
  record Lesion(MaskedPictures.Pair files, String nativeClass) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "isic16 has no label file that carries picture sizes; its masks and pictures are needed,"
              + " so leave --labels-only out");
    }
    LayoutCheck found =
        LayoutCheck.oneRoot(
            input,
            folder -> FolderNames.of(folder, "").stream().anyMatch(Isic16Part::isOfRelease),
            "some",
            "Expected ISBI2016_ISIC_Part1_Training_Data/ and the other folders and tables of the"
                + " challenge under %s, or in one folder of it; %s. Keep the owners' names; name"
                + " the folder that holds them.");
    if (found.problem() != null) {
      return found;
    }
    Store root = input.below(found.prefix());
    try {
      Isic16Part.find(root);
    } catch (ListingException e) {
      return LayoutCheck.problem(
          "Under %s, %s; there: %s. Each part needs pictures, masks and a table of classes."
              .formatted(root.uri(), e.getMessage(), FolderNames.found(FolderNames.of(root, ""))));
    }
    return found;
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    for (Isic16Part part : Isic16Part.find(source.root())) {
      MaskedPictures pictures = new MaskedPictures(INFO.name(), source.root(), sink);
      for (String folder : part.folders()) {
        pictures.add(folder, PICTURE, MASK, NAMES);
      }
      RowsByPicture<String> classes = classes(source.root(), part.table(), sink);
      for (MaskedPictures.Pair pair : pictures.pairs()) {
        Optional<RowsByPicture.Row<String>> row = classes.takeOrReject(pair, part.table());
        if (row.isPresent()) {
          String group = "image:" + pair.id();
          Lesion lesion = new Lesion(pair, row.get().value());
          sink.item(Item.of(pair.id(), part.split(), group, 1, row.get().source(), lesion));
        }
      }
      classes.rejectRest(pictures.ids());
    }
  }

  private static RowsByPicture<String> classes(Store root, String path, ItemSink sink)
      throws IOException {
    RowsByPicture<String> classes = new RowsByPicture<>(INFO.name(), sink);
    try (Table table =
        Table.openHeaderless(
            root, path, List.of("image", "class"), cell -> !cell.startsWith("ISIC_"))) {
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        Source where = new Source(path, row.position());
        String id = row.get("image");
        String nativeClass = CODES.getOrDefault(row.get("class"), row.get("class"));
        if (row.problem() != null) {
          classes.addBroken(id, where, "wrong-columns", row.problem());
        } else if (!ID.matcher(id).matches()) {
          classes.addBroken(
              id,
              where,
              "bad-image-id",
              "expected an id such as ISIC_0000000, found '%s'".formatted(id));
        } else if (!CLASSES.containsKey(nativeClass)) {
          classes.addBroken(
              id,
              where,
              "unknown-class",
              "expected benign or malignant, 0 or 1, found '%s'".formatted(nativeClass));
        } else {
          classes.add(id, where, nativeClass);
        }
      }
    }
    return classes;
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Lesion lesion = item.payload(Lesion.class);
    ImageLabel label = CLASSES.get(lesion.nativeClass());
    return Conversion.of(
        MaskedSample.read(INFO, source, item, lesion.files(), List.of(label), label, false));
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return Isic16Phantom.draw(request);
  }
}
