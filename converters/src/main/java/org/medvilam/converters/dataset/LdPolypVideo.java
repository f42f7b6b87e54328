package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
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
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * LDPolypVideo: frames of colonoscopy videos with a text file of polyp boxes each.
 *
 * <p>A text file counts the boxes in its first line and has one in each further line, {@code xmin
 * ymin xmax ymax}; they are edge coordinates as they stand. A file that counts 0 says that the
 * frame shows no polyp. Frame names start anew in every video, and videos are numbered through both
 * parts. The videos without frame labels are named and not converted.
 */
public final class LdPolypVideo implements Dataset {
  static final String NAME = "ldpolypvideo";
  static final String FOLDER = "LDPolypVideo";
  static final String IMAGES = "Images";
  static final String ANNOTATIONS = "Annotations";
  static final String LABEL = "polyp";

  /** Folders of the parts; some copies cut or name the first one otherwise. */
  private static final Map<String, Split> PARTS = parts();

  private static final String UNLABELLED = "videos with";
  private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png");

  private static final DatasetInfo INFO =
      new DatasetInfo(
          NAME,
          1,
          "LDPolypVideo: a large-scale colonoscopy video dataset of diverse polyps",
          "Ma, Chen, Cheng, Li, Sun: LDPolypVideo benchmark: a large-scale colonoscopy video"
              + " dataset of diverse polyps. MICCAI 2021",
          "none stated by the owners",
          "endoscopy",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "TrainValid/",
              "  Images/1/       0001.jpg, ... (a folder per video)",
              "  Annotations/1/  0001.txt, ... (count of boxes, then xmin ymin xmax ymax a line)",
              "Test/",
              "  Images/101/, Annotations/101/, ...",
              "videos with polyps/, videos without polyps/  (no frame labels: not converted)"),
          "video",
          "the owners' TrainValid (all of it train) and Test",
          DatasetInfo.HeldOut.TEST,
          List.of("polypdiag"),
          40266);

  /** A frame and its boxes as they stand in its text file. */
  record Frame(String image, List<LdPolypVideoBoxes.Line> boxes) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "ldpolypvideo has no label file that carries picture sizes; its pictures are needed, so"
              + " leave --labels-only out");
    }
    boolean inside = parts(input).isEmpty() && input.isFolder(FOLDER);
    Store root = inside ? input.below(FOLDER) : input;
    SortedMap<String, String> videos = new TreeMap<>();
    for (String part : parts(root)) {
      for (StoreEntry video : FolderNames.of(root, part + "/" + ANNOTATIONS)) {
        String other = videos.putIfAbsent(video.name(), part);
        if (other != null) {
          return LayoutCheck.problem(
              "Expected videos numbered through all parts under %s, found %s in %s/ and in %s/. Remove the copy."
                  .formatted(root.uri(), video.name(), other, part));
        }
      }
    }
    if (videos.isEmpty()) {
      return LayoutCheck.problem(
          ("Expected TrainValid/ and Test/ with Images/1/0001.jpg, ... and Annotations/1/0001.txt,"
                  + " ... under %s, or under %s/ in it; none there, %s. Unpack the owners' archives"
                  + " into one folder and name it.")
              .formatted(root.uri(), FOLDER, FolderNames.found(FolderNames.of(root, ""))));
    }
    return LayoutCheck.rootAt(inside ? FOLDER : "");
  }

  /** Returns the folders of parts that hold frames and labels, e.g. {@code Test}. */
  private static List<String> parts(Store root) throws IOException {
    List<String> parts = new ArrayList<>();
    for (String part : PARTS.keySet()) {
      for (String path : List.of(part, part + "/" + part)) {
        if (root.isFolder(path + "/" + IMAGES) && root.isFolder(path + "/" + ANNOTATIONS)) {
          parts.add(path);
        }
      }
    }
    return parts;
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    Store root = source.root();
    for (String part : parts(root)) {
      Split split = PARTS.get(part.substring(part.lastIndexOf('/') + 1));
      List<String> labels = videos(root, part + "/" + ANNOTATIONS, sink);
      List<String> images = videos(root, part + "/" + IMAGES, sink);
      for (String video : images) {
        frames(root, part, video, split, sink);
      }
      labels.removeAll(images);
      for (String video : labels) {
        frames(root, part, video, split, sink);
      }
    }
    for (StoreEntry entry : FolderNames.of(root, "")) {
      if (entry.name().startsWith(UNLABELLED)) {
        unlabelled(root, entry, sink);
      }
    }
  }

  /** Returns the folders of videos; other entries are rejected by name. */
  private static List<String> videos(Store root, String folder, ItemSink sink) throws IOException {
    List<String> videos = new ArrayList<>();
    for (StoreEntry entry : FolderNames.of(root, folder)) {
      if (entry.folder()) {
        videos.add(entry.name());
      } else {
        String path = folder + "/" + entry.name();
        sink.reject(item(path, "unexpected-file", "expected a folder per video, found a file"));
      }
    }
    return videos;
  }

  private static void unlabelled(Store root, StoreEntry entry, ItemSink sink) throws IOException {
    String detail = "expected videos with a label per frame, found one whose frames have none";
    if (!entry.folder()) {
      sink.reject(item(entry.name(), "unlabelled-video", detail));
    }
    for (StoreEntry video : FolderNames.of(root, entry.name())) {
      sink.reject(item(entry.name() + "/" + video.name(), "unlabelled-video", detail));
    }
  }

  private static void frames(Store root, String part, String video, Split split, ItemSink sink)
      throws IOException {
    String images = part + "/" + IMAGES + "/" + video;
    String annotations = part + "/" + ANNOTATIONS + "/" + video;
    SortedMap<String, String> labels = files(root, annotations, Set.of("txt"), sink);
    for (var image : files(root, images, PICTURES, sink).entrySet()) {
      String text = labels.remove(image.getKey());
      if (text == null) {
        String detail = "expected %s/%s.txt, found none".formatted(annotations, image.getKey());
        sink.reject(item(image.getValue(), "missing-label", detail));
        continue;
      }
      try {
        List<LdPolypVideoBoxes.Line> boxes = LdPolypVideoBoxes.read(root, text);
        sink.item(
            Item.of(
                video + "/" + image.getKey(),
                split,
                "video:" + video,
                boxes.size(),
                new Source(text, null),
                new Frame(image.getValue(), boxes)));
      } catch (ItemException e) {
        sink.reject(item(e.source(), e.reason(), e.getMessage()));
      }
    }
    for (String text : labels.values()) {
      String detail = "expected a picture of the same name in %s/, found none".formatted(images);
      sink.reject(reject(Rejection.Scope.ANNOTATION, text, "missing-image", detail));
    }
  }

  /** Returns files of some extensions by their names without; others are rejected by name. */
  private static SortedMap<String, String> files(
      Store root, String folder, Set<String> extensions, ItemSink sink) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    for (StoreEntry entry : FolderNames.of(root, folder)) {
      String path = folder + "/" + entry.name();
      String stem = FolderNames.stem(entry.name());
      String extension = entry.name().substring(stem.length()).toLowerCase(Locale.ROOT);
      if (entry.folder() || !extensions.contains(extension.replace(".", ""))) {
        String detail = "expected %s files alone, found another";
        detail = detail.formatted(String.join(", ", extensions.stream().sorted().toList()));
        sink.reject(item(path, "unexpected-file", detail));
      } else if (files.putIfAbsent(stem, path) != null) {
        String detail = "expected one picture of a name, found %s too".formatted(files.get(stem));
        sink.reject(item(path, "shared-name", detail));
      }
    }
    return files;
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Frame frame = item.payload(Frame.class);
    PictureInfo picture = ItemPictures.probe(source.root(), frame.image());
    List<Finding> findings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    for (LdPolypVideoBoxes.Line line : frame.boxes()) {
      Source where = new Source(item.source().file(), "line " + line.number());
      if (line.box() == null) {
        String detail = "expected four numbers 'xmin ymin xmax ymax', found another line";
        rejections.add(reject(Rejection.Scope.ANNOTATION, where.toString(), "bad-box", detail));
      } else {
        findings.add(Finding.of(LABEL, LABEL, line.box(), where));
      }
    }
    String label = frame.boxes().isEmpty() ? ImageLabel.NO_FINDING : LABEL;
    Sample sample =
        new Sample(
            NAME,
            Media.image(item.mediaId(), frame.image(), picture.width(), picture.height()),
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            List.of(new ImageLabel(label, label)),
            findings);
    return new Conversion(List.of(sample), rejections);
  }

  private static Rejection item(String source, String reason, String detail) {
    return reject(Rejection.Scope.ITEM, source, reason, detail);
  }

  private static Rejection reject(
      Rejection.Scope scope, String source, String reason, String detail) {
    return new Rejection(NAME, scope, source, reason, detail);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return LdPolypVideoPhantom.draw(request);
  }

  private static Map<String, Split> parts() {
    Map<String, Split> parts = new LinkedHashMap<>();
    parts.put("TrainValid", Split.TRAIN);
    parts.put("Train", Split.TRAIN);
    parts.put("Valid", Split.VALIDATION);
    parts.put("Val", Split.VALIDATION);
    parts.put("Validation", Split.VALIDATION);
    parts.put("Test", Split.TEST);
    return Collections.unmodifiableMap(parts);
  }
}
