package org.medvilam.converters.labelme;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.SmallFiles;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/**
 * The label file of a picture.
 *
 * @param imagePath the picture as the file writes it, relative to the file, or empty
 * @param width {@code imageWidth}, or 0
 * @param height {@code imageHeight}, or 0
 * @param shapes its shapes; outlines of one label and one {@code group_id} are parts of one thing
 * @param flags names of the flags that are set
 */
public record LabelmeFile(
    String imagePath, int width, int height, List<Shape> shapes, List<String> flags) {
  private static final int MAX_BYTES = 256 << 20;
  private static final String POLYGON = "polygon";

  /** Copies the lists. */
  public LabelmeFile {
    shapes = List.copyOf(shapes);
    flags = List.copyOf(flags);
  }

  /**
   * Reads a file.
   *
   * @throws ItemException {@code missing-file}, {@code file-too-large}, {@code unreadable-json} or
   *     {@code unknown-form}
   */
  public static LabelmeFile read(Store root, String path) throws IOException {
    Fields file;
    try {
      byte[] data = SmallFiles.read(root, path, MAX_BYTES);
      file = RecordJson.mapper().readValue(data, Fields.class);
    } catch (JsonProcessingException | CharConversionException e) {
      throw new ItemException(path, "unreadable-json", "expected whole JSON, found a break");
    }
    if (file == null || file.shapes == null || !file.shapes.isArray()) {
      throw new ItemException(path, "unknown-form", "expected a list of shapes, found none");
    }
    List<String> flags = new ArrayList<>();
    if (file.flags != null) {
      file.flags.properties().stream()
          .filter(f -> f.getValue().asBoolean(false))
          .forEach(f -> flags.add(f.getKey()));
    }
    return new LabelmeFile(
        file.imagePath == null ? "" : file.imagePath,
        size(file.imageWidth),
        size(file.imageHeight),
        shapes(file.shapes),
        flags);
  }

  /** What is read of a file; the picture inside it is skipped, however long it is. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Fields(
      @Nullable String imagePath,
      @Nullable JsonNode imageWidth,
      @Nullable JsonNode imageHeight,
      @Nullable JsonNode shapes,
      @Nullable JsonNode flags) {}

  private static int size(@Nullable JsonNode node) {
    return node == null ? 0 : ShapeNumbers.size(node);
  }

  private static List<Shape> shapes(JsonNode entries) {
    Map<String, List<Integer>> things = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      JsonNode group = entry.path("group_id");
      boolean part = type(entry).equals(POLYGON) && group.isValueNode() && !group.isNull();
      String key = part ? entry.path("label").asText("") + "\n" + group : "shape " + i;
      things.computeIfAbsent(key, k -> new ArrayList<>(1)).add(i);
    }
    return things.values().stream().map(t -> shape(t, entries)).toList();
  }

  private static Shape shape(List<Integer> parts, JsonNode entries) {
    String numbers = parts.stream().map(i -> "" + (i + 1)).collect(Collectors.joining("+"));
    JsonNode first = entries.get(parts.get(0));
    String label = first.path("label").isValueNode() ? first.path("label").asText() : null;
    return Shape.of(
        "shape " + numbers, label, type(first), parts.stream().map(entries::get).toList());
  }

  /** Returns the type of a shape; files of old versions state none for outlines. */
  private static String type(JsonNode entry) {
    return entry.path("shape_type").asText(POLYGON);
  }
}
