package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.coco.CocoAnnotation;
import org.medvilam.converters.coco.CocoFindings;
import org.medvilam.converters.coco.CocoImage;
import org.medvilam.converters.coco.CocoListing;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PictureCheck;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * TBX11K: chest radiographs of 512 x 512 pixels with tuberculosis boxes in COCO files.
 *
 * <p>Boxes of the JSON files lie in the frame of the distributed pictures and stand as they are;
 * the XML files speak of the original resolution and are not read. A picture's folder says whether
 * it is healthy, sick or tuberculous; only the last kind has boxes. The owners withhold the labels
 * of the test part.
 */
public final class Tbx11k implements Dataset {
  static final String FOLDER = "TBX11K";
  static final String JSON = "annotations/json/";
  static final String IMAGES = "imgs/";
  static final String TB = "tb";
  static final String HEALTH = "health";
  static final String SICK = "sick";

  /** Categories in the order of their ids, from 1 on, and their standard labels. */
  static final Map<String, String> CATEGORIES = categories();

  private static final Map<String, ImageLabel> CLASSES =
      Map.of(
          TB,
          new ImageLabel("tuberculosis", TB),
          HEALTH,
          new ImageLabel("healthy", HEALTH),
          SICK,
          new ImageLabel("sick but not tuberculosis", SICK));

  private static final DatasetInfo INFO =
      new DatasetInfo(
          "tbx11k",
          1,
          "TBX11K: tuberculosis X-ray dataset",
          "Liu, Wu, Ban, Wang, Cheng: Rethinking Computer-Aided Tuberculosis Diagnosis. CVPR 2020",
          "CC BY-NC-SA 2.0",
          "chest x-ray",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "imgs/",
              "  health/, sick/, tb/     tb0005.png, ...",
              "annotations/json/         TBX11K_train.json, TBX11K_val.json",
              "                          (or TBX11K_trainval.json with lists/TBX11K_train.txt, ...)"),
          "image",
          "the owners' train and validation parts; test labels are withheld",
          DatasetInfo.HeldOut.CARVED,
          List.of("montgomery-shenzhen"),
          8400);

  /** A picture and what its label file says of it. */
  record Picture(String uri, CocoImage image) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    boolean inside = Tbx11kFiles.find(input).paths().isEmpty() && input.isFolder(FOLDER);
    String prefix = inside ? FOLDER : "";
    Store root = inside ? input.below(FOLDER) : input;
    if (Tbx11kFiles.find(root).paths().isEmpty()) {
      return LayoutCheck.problem(
          "Expected annotations/json/TBX11K_train.json and TBX11K_val.json, or TBX11K_trainval.json, and the pictures in imgs/ under %s, or under %s/ in it; no such JSON there, %s; in annotations/json/: %s. Name the folder that holds annotations/ and imgs/."
              .formatted(
                  root.uri(),
                  FOLDER,
                  FolderNames.found(FolderNames.of(root, "")),
                  FolderNames.found(FolderNames.of(root, JSON))));
    }
    if (!settings.labelsOnly() && !root.isFolder(IMAGES)) {
      return LayoutCheck.problem(
          "Expected the folder imgs/ with health/, sick/ and tb/ under %s, %s. Put the pictures there, or convert with --labels-only."
              .formatted(root.uri(), FolderNames.found(FolderNames.of(root, ""))));
    }
    return LayoutCheck.rootAt(prefix);
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    Tbx11kFiles files = Tbx11kFiles.find(source.root());
    Map<String, Split> lists = files.whole() ? Tbx11kFiles.lists(source.root()) : new HashMap<>();
    for (Map.Entry<String, Split> file : files.paths().entrySet()) {
      CocoListing.read(
          INFO.name(), source, file.getKey(), sink, i -> list(i, file.getValue(), lists, sink));
    }
  }

  private static void list(CocoImage image, Split ofFile, Map<String, Split> lists, ItemSink sink)
      throws IOException {
    String path = image.path();
    String id = FolderNames.stem(path.substring(path.lastIndexOf('/') + 1));
    String group = "image:" + id;
    Split split =
        ofFile != null
            ? ofFile
            : lists.isEmpty() ? Split.ofGroup(INFO.name(), group) : lists.get(path);
    if (!CLASSES.containsKey(nativeClass(image))) {
      reject(
          image,
          "unknown-class",
          "expected a picture in health/, sick/ or tb/, found " + image.fileName(),
          sink);
    } else if (split == null) {
      reject(
          image,
          "unlisted-picture",
          "expected %s in lists/TBX11K_train.txt or lists/TBX11K_val.txt, found it in neither"
              .formatted(path),
          sink);
    } else {
      Picture picture = new Picture(IMAGES + path, image);
      sink.item(Item.of(id, split, group, image.annotations().size(), image.source(), picture));
    }
  }

  private static void reject(CocoImage image, String reason, String detail, ItemSink sink)
      throws IOException {
    sink.reject(reject(Rejection.Scope.ITEM, image.source(), reason, detail));
    for (CocoAnnotation a : image.annotations()) {
      sink.reject(reject(Rejection.Scope.ANNOTATION, image.source(a), reason, detail));
    }
  }

  private static Rejection reject(
      Rejection.Scope scope, Source source, String reason, String detail) {
    return new Rejection(INFO.name(), scope, source.toString(), reason, detail);
  }

  private static String nativeClass(CocoImage image) {
    String path = image.path();
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Picture picture = item.payload(Picture.class);
    String uri = picture.uri();
    CocoImage image = picture.image();
    if (!source.settings().labelsOnly()) {
      PictureCheck.sameSize(source.root(), uri, image.width(), image.height());
    }
    String nativeClass = nativeClass(image);
    boolean tb = nativeClass.equals(TB);
    CocoFindings found =
        tb
            ? CocoFindings.of(INFO.name(), image, CATEGORIES::get)
            : contradictions(image, nativeClass);
    Sample sample =
        new Sample(
            INFO.name(),
            Media.image(item.mediaId(), uri, image.width(), image.height()),
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            found.labels().isEmpty() ? List.of(CLASSES.get(nativeClass)) : found.labels(),
            found.findings());
    return new Conversion(List.of(sample), found.rejections());
  }

  /** Rejects every box of a picture that its folder says has no tuberculosis. */
  private static CocoFindings contradictions(CocoImage image, String nativeClass) {
    List<Rejection> rejections =
        image.annotations().stream()
            .map(
                a ->
                    reject(
                        Rejection.Scope.ANNOTATION,
                        image.source(a),
                        "finding-in-" + nativeClass,
                        "expected boxes in pictures of tb/ alone, found one in "
                            + image.fileName()))
            .toList();
    return new CocoFindings(List.of(), rejections, List.of());
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return Tbx11kPhantom.draw(request);
  }

  private static Map<String, String> categories() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("ActiveTuberculosis", "active tuberculosis");
    labels.put("ObsoletePulmonaryTuberculosis", "latent tuberculosis");
    labels.put("PulmonaryTuberculosis", "uncertain tuberculosis");
    return Collections.unmodifiableMap(labels);
  }
}
