package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;

/** A COCO label file that phantoms fill and write. */
final class PhantomCoco {
  private final List<Object> images = new ArrayList<>();
  private final List<Object> annotations = new ArrayList<>();
  private final List<Object> categories = new ArrayList<>();

  /**
   * Starts a file.
   *
   * @param firstId id of the first category; the others count on
   * @param categories names of the categories
   */
  PhantomCoco(int firstId, List<String> categories) {
    for (int i = 0; i < categories.size(); i++) {
      this.categories.add(
          ordered("id", firstId + i, "name", categories.get(i), "supercategory", "finding"));
    }
  }

  /** Adds a picture. */
  void image(int id, String fileName, int width, int height) {
    images.add(
        ordered("id", id, "file_name", fileName, "width", width, "height", height, "license", 1));
  }

  /** Adds an annotation; without a segmentation the field is left out. */
  void annotation(int image, int category, Box box, @Nullable Object segmentation, boolean crowd) {
    Map<String, Object> entry =
        ordered(
            "id",
            annotations.size() + 1,
            "image_id",
            image,
            "category_id",
            category,
            "iscrowd",
            crowd ? 1 : 0,
            "area",
            box.area(),
            "bbox",
            List.of(box.x1(), box.y1(), box.width(), box.height()));
    if (segmentation != null) {
      entry.put("segmentation", segmentation);
    }
    annotations.add(entry);
  }

  /** Returns a segmentation of run lengths: a list of counts, or their compressed string. */
  static Object runs(Object counts, int width, int height) {
    return ordered("counts", counts, "size", List.of(height, width));
  }

  /** Writes the file. */
  void write(PhantomFiles files, String path) throws IOException {
    Map<String, Object> file =
        ordered(
            "info",
            ordered("description", "phantom"),
            "images",
            images,
            "annotations",
            annotations,
            "categories",
            categories);
    files.text(path, RecordJson.mapper().writeValueAsString(file));
  }

  /** Returns a map of keys and values in turn, in their order. */
  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
