package org.medvilam.converters.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.coco.CocoAnnotation;
import org.medvilam.converters.coco.CocoFindings;
import org.medvilam.converters.coco.CocoImage;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.voc.VocFile;
import org.medvilam.converters.voc.VocObject;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;
import org.medvilam.records.store.UnsafePathException;

/**
 * The XML files of TBX11K, whose boxes are classic VOC in the original, clinical resolution.
 *
 * <p>Converted, {@code [xmin - 1, ymin - 1, xmax, ymax]} is scaled from the file's own size to the
 * distributed picture. The owners' script (make_json_anno.py) scales first and takes 1 from every
 * corner after, so that boxes of the JSON files lie up to one pixel above and left of these; it
 * leaves out objects that are difficult or less than one pixel wide or high, and so does this
 * class, by name.
 */
final class Tbx11kXml {
  /** What rounding to 32-bit floats may change, in pixels, with room to spare. */
  private static final double ROUNDING = 0.01;

  private static final String DIFFERS = "xml-differs";

  private Tbx11kXml() {}

  /** A picture of the lists and its XML file, where it has one. */
  record Picture(String uri, @Nullable String xml) {}

  /** Lists the pictures of the owners' lists. */
  static void items(Store root, ItemSink sink) throws IOException {
    Set<String> listed = new HashSet<>();
    for (Split split : Tbx11kFiles.LISTS.keySet()) {
      String list = Tbx11kFiles.LISTS.get(split);
      if (root.exists(list)) {
        read(root, list, split, listed, sink);
      }
    }
    for (StoreEntry entry : FolderNames.of(root, Tbx11k.XML)) {
      if (!listed.contains(entry.name())) {
        String detail = "expected its picture in lists/TBX11K_train.txt or _val.txt, found none";
        sink.reject(item(Tbx11k.XML + entry.name(), "unlisted-picture", detail));
      }
    }
  }

  private static void read(Store root, String list, Split split, Set<String> listed, ItemSink sink)
      throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(root.read(list), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        String path = line.strip();
        if (!path.isEmpty()) {
          Source source = new Source(list, "line " + number);
          String id = FolderNames.stem(path.substring(path.lastIndexOf('/') + 1));
          listed.add(id + ".xml");
          list(root, path, id, split, source, sink);
        }
      }
    }
  }

  private static void list(
      Store root, String path, String id, Split split, Source source, ItemSink sink)
      throws IOException {
    if (!Tbx11k.hasClass(path)) {
      String detail = "expected a picture in health/, sick/ or tb/, found " + path;
      sink.reject(item(source.toString(), "unknown-class", detail));
      return;
    }
    String xml = Tbx11k.XML + id + ".xml";
    try {
      boolean there = root.exists(xml);
      int objects = there ? VocFile.read(root, xml).objects().size() : 0;
      Picture picture = new Picture(Tbx11k.IMAGES + path, there ? xml : null);
      Source labels = there ? new Source(xml, null) : source;
      sink.item(Item.of(id, split, "image:" + id, objects, labels, picture));
    } catch (ItemException e) {
      sink.reject(item(e.source(), e.reason(), e.getMessage() + "; needed by " + source));
    } catch (UnsafePathException e) {
      sink.reject(item(source.toString(), "unsafe-path", e.getMessage()));
    }
  }

  /**
   * Returns what an XML file says.
   *
   * @param width columns of the distributed picture
   * @param height rows of it
   */
  static CocoFindings findings(VocFile file, int width, int height) {
    List<Finding> findings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    TreeMap<String, ImageLabel> labels = new TreeMap<>();
    for (VocObject object : file.objects()) {
      Source where = new Source(file.path(), object.position());
      String label = Tbx11k.CATEGORIES.get(object.name());
      if (label != null) {
        labels.putIfAbsent(label, new ImageLabel(label, object.name()));
      }
      try {
        Box box = box(file, object, width, height);
        findings.add(Finding.of(label, object.name(), box, where));
      } catch (GeometryException e) {
        rejections.add(reject(Rejection.Scope.ANNOTATION, where, e.reason(), e.getMessage()));
      }
    }
    return new CocoFindings(findings, rejections, List.copyOf(labels.values()));
  }

  /**
   * Returns the box of an object in a picture.
   *
   * @throws GeometryException if the owners' script or this class leaves it out
   */
  private static Box box(VocFile file, VocObject object, int width, int height) {
    if (!Tbx11k.CATEGORIES.containsKey(object.name())) {
      throw new GeometryException(
          "unknown-category", "expected a category of this dataset, found '" + object.name() + "'");
    }
    if (object.difficult()) {
      throw new GeometryException("difficult", "expected an object that is not difficult");
    }
    if (!object.hasBox()) {
      throw new GeometryException("bad-box", "expected one bndbox of four numbers, found another");
    }
    double x = width / file.width();
    double y = height / file.height();
    double wide = (object.xmax() - object.xmin()) * x;
    double high = (object.ymax() - object.ymin()) * y;
    if (wide < 1 || high < 1) {
      throw new GeometryException(
          "small-box",
          "expected at least one pixel of the picture in width and height, found %s x %s"
              .formatted(wide, high));
    }
    Box voc = Box.ofVoc(object.xmin(), object.ymin(), object.xmax(), object.ymax());
    return new Box(voc.x1() * x, voc.y1() * y, voc.x2() * x, voc.y2() * y);
  }

  /**
   * Compares the annotations of an image with its XML file by the owners' own rule; differences
   * beyond rounding are named, and the annotations stand.
   */
  static List<Rejection> differences(Store root, CocoImage image, String id) throws IOException {
    List<Rejection> differences = new ArrayList<>();
    String xml = Tbx11k.XML + id + ".xml";
    if (!root.exists(xml)) {
      return differences;
    }
    VocFile file;
    try {
      file = VocFile.read(root, xml);
    } catch (ItemException e) {
      Source where = new Source(xml, null);
      return List.of(reject(Rejection.Scope.PART, where, e.reason(), e.getMessage()));
    }
    List<VocObject> objects = new ArrayList<>(file.objects());
    objects.removeIf(o -> !isUsable(file, o, image));
    for (CocoAnnotation a : image.annotations()) {
      Optional<VocObject> same = objects.stream().filter(o -> agree(file, o, image, a)).findFirst();
      same.ifPresent(objects::remove);
      if (same.isEmpty()) {
        String detail = "expected this box, %s of %s, in %s too, found none within %s pixels";
        detail = detail.formatted(a.bbox(), a.category(), xml, ROUNDING);
        differences.add(reject(Rejection.Scope.PART, image.source(a), DIFFERS, detail));
      }
    }
    for (VocObject o : objects) {
      String detail = "expected this box, of %s, in %s too, found none within %s pixels";
      detail = detail.formatted(o.name(), image.source(), ROUNDING);
      Source where = new Source(xml, o.position());
      differences.add(reject(Rejection.Scope.PART, where, DIFFERS, detail));
    }
    return differences;
  }

  private static boolean isUsable(VocFile file, VocObject object, CocoImage image) {
    try {
      box(file, object, image.width(), image.height());
      return true;
    } catch (GeometryException e) {
      return false;
    }
  }

  /** Tells whether an annotation is what the owners' script makes of an object. */
  private static boolean agree(
      VocFile file, VocObject object, CocoImage image, CocoAnnotation annotation) {
    JsonNode found = annotation.bbox();
    if (found == null || !object.name().equals(annotation.category())) {
      return false;
    }
    double x = image.width() / file.width();
    double y = image.height() / file.height();
    double[] made = {
      object.xmin() * x - 1,
      object.ymin() * y - 1,
      (object.xmax() - object.xmin()) * x,
      (object.ymax() - object.ymin()) * y
    };
    for (int i = 0; i < made.length; i++) {
      if (!(Math.abs(found.path(i).asDouble(Double.NaN) - made[i]) <= ROUNDING)) {
        return false;
      }
    }
    return true;
  }

  private static Rejection item(String source, String reason, String detail) {
    return new Rejection(Tbx11k.NAME, Rejection.Scope.ITEM, source, reason, detail);
  }

  private static Rejection reject(
      Rejection.Scope scope, Source source, String reason, String detail) {
    return new Rejection(Tbx11k.NAME, scope, source.toString(), reason, detail);
  }
}
