package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
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
import org.medvilam.converters.item.ItemPictures;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PictureCheck;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.converters.voc.VocFile;
import org.medvilam.imaging.PictureInfo;
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
 * <p>Boxes of the JSON files lie in the frame of the distributed pictures and stand as they are.
 * The XML files speak of the original resolution: they are converted where there is no JSON file,
 * with the owners' lists as parts, and compared with it where there is one. A picture's folder says
 * whether it is healthy, sick or tuberculous; only the last kind has boxes. The owners withhold the
 * labels of the test part.
 */
public final class Tbx11k implements Dataset {
  static final String NAME = "tbx11k";
  static final String FOLDER = "TBX11K";
  static final String JSON = "annotations/json/";
  static final String XML = "annotations/xml/";
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
          NAME,
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
              "                          (or TBX11K_trainval.json with lists/TBX11K_train.txt, ...)",
              "annotations/xml/          tb0005.xml, ... (compared; converted where there is no JSON,"
                  + " with lists/TBX11K_train.txt and TBX11K_val.txt)"),
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
    boolean inside = Tbx11kFiles.find(input).isEmpty() && input.isFolder(FOLDER);
    String prefix = inside ? FOLDER : "";
    Store root = inside ? input.below(FOLDER) : input;
    Tbx11kFiles files = Tbx11kFiles.find(root);
    if (files.isEmpty()) {
      return LayoutCheck.problem(
          "Expected annotations/json/TBX11K_train.json and TBX11K_val.json, or TBX11K_trainval.json, or annotations/xml/ with lists/TBX11K_train.txt and TBX11K_val.txt, and the pictures in imgs/ under %s, or under %s/ in it; none of these there, %s; in annotations/json/: %s. Name the folder that holds annotations/ and imgs/."
              .formatted(
                  root.uri(),
                  FOLDER,
                  FolderNames.found(FolderNames.of(root, "")),
                  FolderNames.found(FolderNames.of(root, JSON))));
    }
    if (settings.labelsOnly() && files.xml()) {
      return LayoutCheck.problem(
          "Expected annotations/json/ under %s for --labels-only: the XML files carry the sizes of the original pictures, not of those in imgs/. Leave --labels-only out."
              .formatted(root.uri()));
    }
    if (!settings.labelsOnly() && !root.isFolder(IMAGES)) {
      return LayoutCheck.problem(
          "Expected the folder imgs/ with health/, sick/ and tb/ under %s, %s. Put the pictures there%s."
              .formatted(
                  root.uri(),
                  FolderNames.found(FolderNames.of(root, "")),
                  files.xml() ? "" : ", or convert with --labels-only"));
    }
    return LayoutCheck.rootAt(prefix);
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    Tbx11kFiles files = Tbx11kFiles.find(source.root());
    if (files.xml()) {
      Tbx11kXml.items(source.root(), sink);
      return;
    }
    Map<String, Split> lists = files.whole() ? Tbx11kFiles.lists(source.root()) : new HashMap<>();
    for (Map.Entry<String, Split> file : files.paths().entrySet()) {
      CocoListing.read(
          NAME, source, file.getKey(), sink, i -> list(i, file.getValue(), lists, sink));
    }
  }

  private static void list(CocoImage image, Split ofFile, Map<String, Split> lists, ItemSink sink)
      throws IOException {
    String path = image.path();
    String id = FolderNames.stem(path.substring(path.lastIndexOf('/') + 1));
    String group = "image:" + id;
    Split split =
        ofFile != null ? ofFile : lists.isEmpty() ? Split.ofGroup(NAME, group) : lists.get(path);
    if (!hasClass(path)) {
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
    return new Rejection(NAME, scope, source.toString(), reason, detail);
  }

  /** Tells whether a picture's folder says what it is. */
  static boolean hasClass(String path) {
    return CLASSES.containsKey(nativeClass(path));
  }

  private static String nativeClass(String path) {
    return path.substring(0, Math.max(0, path.indexOf('/')));
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return item.payload().has("image") ? ofJson(source, item) : ofXml(source, item);
  }

  private static Conversion ofJson(DatasetSource source, Item item) throws IOException {
    Picture picture = item.payload(Picture.class);
    String uri = picture.uri();
    CocoImage image = picture.image();
    if (!source.settings().labelsOnly()) {
      PictureCheck.sameSize(source.root(), uri, image.width(), image.height());
    }
    CocoFindings found =
        classOf(uri).equals(TB)
            ? CocoFindings.of(NAME, image, CATEGORIES::get)
            : contradictions(image.annotations().stream().map(image::source).toList(), uri);
    List<Rejection> rejections = new ArrayList<>(found.rejections());
    rejections.addAll(Tbx11kXml.differences(source.root(), image, item.mediaId()));
    Sample sample = sample(item, uri, image.width(), image.height(), found);
    return new Conversion(List.of(sample), rejections);
  }

  private static Conversion ofXml(DatasetSource source, Item item) throws IOException {
    Tbx11kXml.Picture picture = item.payload(Tbx11kXml.Picture.class);
    PictureInfo size = ItemPictures.probe(source.root(), picture.uri());
    CocoFindings found = new CocoFindings(List.of(), List.of(), List.of());
    if (picture.xml() != null) {
      VocFile file = VocFile.read(source.root(), picture.xml());
      found =
          classOf(picture.uri()).equals(TB)
              ? Tbx11kXml.findings(file, size.width(), size.height())
              : contradictions(file.sources(), picture.uri());
    }
    Sample sample = sample(item, picture.uri(), size.width(), size.height(), found);
    return new Conversion(List.of(sample), found.rejections());
  }

  private static Sample sample(Item item, String uri, int width, int height, CocoFindings found) {
    return new Sample(
        NAME,
        Media.image(item.mediaId(), uri, width, height),
        item.split(),
        INFO.modality(),
        item.group(),
        item.source(),
        found.labels().isEmpty() ? List.of(CLASSES.get(classOf(uri))) : found.labels(),
        found.findings());
  }

  private static String classOf(String uri) {
    return nativeClass(uri.substring(IMAGES.length()));
  }

  /** Rejects every box of a picture that its folder says has no tuberculosis. */
  private static CocoFindings contradictions(List<Source> boxes, String uri) {
    List<Rejection> rejections =
        boxes.stream()
            .map(
                where ->
                    reject(
                        Rejection.Scope.ANNOTATION,
                        where,
                        "finding-in-" + classOf(uri),
                        "expected boxes in pictures of tb/ alone, found one in "
                            + uri.substring(IMAGES.length())))
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
