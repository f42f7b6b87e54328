package org.medvilam.converters.coco;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.codec.RecordJson;

/**
 * Gathers the annotations of a COCO file by image.
 *
 * <p>Images and annotations become lines, sorted on disk by image id; categories, which are few,
 * are held. Memory is that of one image's annotations.
 */
public final class CocoListing {
  private static final char TAB = '\t';
  private static final String IMAGE = "0";
  private static final String ANNOTATION = "1";

  /** Gives every index as many digits, so that lines sort by it. */
  private static final long INDEX_BASE = 1_000_000_000_000L;

  private final String dataset;
  private final String path;
  private final ItemSink sink;
  private final SortedLines lines;
  private final Map<String, String> categories = new HashMap<>();

  private CocoListing(String dataset, String path, ItemSink sink, SortedLines lines) {
    this.dataset = dataset;
    this.path = path;
    this.sink = sink;
    this.lines = lines;
  }

  /** Takes the images of a file. */
  public interface Images {
    /** Takes an image with its annotations. */
    void image(CocoImage image) throws IOException;
  }

  /**
   * Lists the images of a file in no particular order.
   *
   * @param dataset name of the dataset, for rejections
   * @param source the dataset's root and scratch space
   * @param path label file, relative to the root
   * @param sink takes images and annotations that cannot become part of an item
   * @param images takes every other image with all its annotations
   * @throws ListingException if the file is cut, is no JSON or no COCO
   */
  public static void read(
      String dataset, DatasetSource source, String path, ItemSink sink, Images images)
      throws IOException {
    try (SortedLines lines = source.scratch().create()) {
      CocoListing listing = new CocoListing(dataset, path, sink, lines);
      CocoReader.read(source.root(), path, listing.new Lines());
      listing.gather(images);
    }
  }

  /** Turns the entries of a file into lines. */
  private final class Lines implements CocoReader.Entries {
    @Override
    public void image(JsonNode entry, long index) throws IOException {
      String id = id(entry.get("id"));
      if (id == null) {
        reject(
            Rejection.Scope.ITEM,
            "image at index " + index,
            "missing-id",
            "expected an object with an id, found none");
      } else {
        add(id, IMAGE, index, ImageEntry.of(entry));
      }
    }

    @Override
    public void annotation(JsonNode entry, long index) throws IOException {
      String own = id(entry.get("id"));
      String position = own == null ? "annotation at index " + index : "annotation " + own;
      String image = id(entry.get("image_id"));
      if (image == null) {
        reject(
            Rejection.Scope.ANNOTATION,
            position,
            "unknown-image",
            "expected an object with an image_id, found none");
        return;
      }
      CocoAnnotation annotation =
          new CocoAnnotation(
              position,
              id(entry.get("category_id")),
              null,
              entry.path("iscrowd").asInt(0) != 0 || entry.path("iscrowd").asBoolean(),
              entry.get("bbox"),
              entry.get("segmentation"));
      add(image, ANNOTATION, index, annotation);
    }

    @Override
    public void category(JsonNode entry, long index) throws IOException {
      String id = id(entry.get("id"));
      String name = entry.path("name").asText("").strip();
      if (id == null || name.isEmpty()) {
        return;
      }
      String before = categories.put(id, name);
      if (before != null && !before.equals(name)) {
        throw new ListingException(
            path,
            "expected one category of id %s, found '%s' and '%s'".formatted(id, before, name));
      }
    }

    private void add(String id, String kind, long index, Object value) throws IOException {
      String key = RecordJson.mapper().writeValueAsString(id);
      String json = RecordJson.mapper().writeValueAsString(value);
      lines.add(key + TAB + kind + TAB + (INDEX_BASE + index) + TAB + json);
    }
  }

  /** Returns an id as text, so that 5 and "5" are the same; null where there is none. */
  private static @Nullable String id(@Nullable JsonNode node) {
    if (node == null || !(node.isTextual() || node.isNumber())) {
      return null;
    }
    boolean whole = node.isFloatingPointNumber() && node.doubleValue() == node.longValue();
    String text = whole ? Long.toString(node.longValue()) : node.asText();
    return text.isEmpty() ? null : text;
  }

  private void gather(Images images) throws IOException {
    String key = "";
    List<ImageEntry> entries = new ArrayList<>();
    List<CocoAnnotation> annotations = new ArrayList<>();
    try (BufferedReader in = lines.sorted()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] parts = line.split("\t", 4);
        if (!parts[0].equals(key)) {
          group(key, entries, annotations, images);
          key = parts[0];
          entries.clear();
          annotations.clear();
        }
        if (parts[1].equals(IMAGE)) {
          entries.add(RecordJson.mapper().readValue(parts[3], ImageEntry.class));
        } else {
          CocoAnnotation a = RecordJson.mapper().readValue(parts[3], CocoAnnotation.class);
          String category = a.categoryId() == null ? null : categories.get(a.categoryId());
          annotations.add(a.named(category));
        }
      }
    }
    group(key, entries, annotations, images);
  }

  private void group(
      String key, List<ImageEntry> entries, List<CocoAnnotation> annotations, Images images)
      throws IOException {
    if (key.isEmpty()) {
      return;
    }
    String id = RecordJson.mapper().readValue(key, String.class);
    String position = "image " + id;
    if (entries.isEmpty()) {
      String detail = "expected an image of id " + id + ", found none";
      rejectAll(annotations, "unknown-image", detail);
      return;
    }
    ImageEntry first = entries.get(0);
    Problem problem = first.problem();
    if (entries.stream().distinct().count() > 1) {
      problem = new Problem("duplicate-image", "images of one id differ: " + entries);
      reject(Rejection.Scope.ITEM, position, problem.reason(), problem.detail());
    } else if (problem != null) {
      reject(Rejection.Scope.ITEM, position, problem.reason(), problem.detail());
    }
    for (int i = 1; i < entries.size(); i++) {
      String detail = "expected each image once, found id %s %d times".formatted(id, i + 1);
      reject(Rejection.Scope.ITEM, position, "duplicate-image", detail);
    }
    if (problem == null) {
      images.image(first.image(path, position, annotations));
    } else {
      rejectAll(annotations, problem.reason(), position + " is rejected: " + problem.detail());
    }
  }

  private void rejectAll(List<CocoAnnotation> annotations, String reason, String detail)
      throws IOException {
    for (CocoAnnotation a : annotations) {
      reject(Rejection.Scope.ANNOTATION, a.position(), reason, detail);
    }
  }

  private void reject(Rejection.Scope scope, String position, String reason, String detail)
      throws IOException {
    sink.reject(
        new Rejection(dataset, scope, new Source(path, position).toString(), reason, detail));
  }
}
