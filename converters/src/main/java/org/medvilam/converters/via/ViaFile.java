package org.medvilam.converters.via;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.Table;
import org.medvilam.converters.labelled.JsonGlance;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/**
 * A label file of the VGG Image Annotator, versions 1 and 2: a project, an export as JSON, or an
 * export as CSV.
 *
 * <p>Regions are a list or an object with numbers as keys; the key of a picture is never its path,
 * the field {@code filename} is.
 */
public final class ViaFile {
  private static final String METADATA = "_via_img_metadata";
  private static final String NAME = "filename";
  private static final String SHAPES = "region_shape_attributes";
  private static final String ATTRIBUTES = "region_attributes";
  private static final List<String> LABELS =
      List.of("label", "class", "name", "category", "type", "object");

  private ViaFile() {}

  /** Takes the regions of a picture. */
  public interface Pictures {
    /** Takes one region, or null where a picture has none. */
    void take(String filename, @Nullable Shape shape, String position) throws IOException;
  }

  /** Returns the evidence that a file is one of these, or null. */
  public static @Nullable String claim(Store root, String path) throws IOException {
    if (PathNames.extension(path).equals("csv")) {
      try (Table table = Table.open(root, path, List.of())) {
        return table.has(SHAPES) ? "column " + SHAPES : null;
      } catch (ListingException | UncheckedIOException e) {
        return null;
      }
    }
    JsonGlance glance = JsonGlance.of(root, path);
    if (glance.list()) {
      return null;
    }
    if (glance.has(METADATA)) {
      return "field " + METADATA;
    }
    return glance.hasInside(NAME, "regions") ? "entries with filename and regions" : null;
  }

  /**
   * Reads a file, picture by picture.
   *
   * @throws ListingException if it breaks off or is of another form
   */
  public static void read(Store root, String path, Pictures pictures) throws IOException {
    if (PathNames.extension(path).equals("csv")) {
      readTable(root, path, pictures);
      return;
    }
    try (InputStream in = root.read(path);
        JsonParser json = RecordJson.mapper().createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new ListingException(path, "expected an object of pictures, found another form");
      }
      readEntries(json, path, pictures);
    } catch (JsonProcessingException | CharConversionException e) {
      throw new ListingException(path, "expected whole JSON, found a break", e);
    }
  }

  /** Reads an object of pictures; a project has that object as one field among others. */
  private static void readEntries(JsonParser json, String path, Pictures pictures)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      if (key.equals(METADATA) && json.currentToken() == JsonToken.START_OBJECT) {
        readEntries(json, path, pictures);
      } else if (key.startsWith("_via_")) {
        json.skipChildren();
      } else {
        JsonNode entry = json.readValueAsTree();
        picture(entry, key, pictures);
      }
    }
  }

  private static void picture(JsonNode entry, String key, Pictures pictures) throws IOException {
    String filename = entry.path(NAME).asText("");
    JsonNode regions = entry.path("regions");
    if (regions.isEmpty()) {
      pictures.take(filename, null, key);
      return;
    }
    List<JsonNode> each = new ArrayList<>();
    regions.forEach(each::add);
    for (int i = 0; i < each.size(); i++) {
      String position = "%s region %d".formatted(key, i + 1);
      JsonNode region = each.get(i);
      pictures.take(
          filename,
          shape(region.path("shape_attributes"), region.path(ATTRIBUTES), position),
          position);
    }
  }

  private static void readTable(Store root, String path, Pictures pictures) throws IOException {
    try (Table table = Table.open(root, path, List.of(SHAPES, ATTRIBUTES))) {
      String name = table.has(NAME) ? NAME : "#" + NAME;
      if (!table.has(name)) {
        throw new ListingException(path, "expected the column filename, found none");
      }
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        String position = row.position();
        Shape shape;
        try {
          JsonNode numbers = RecordJson.mapper().readTree(row.get(SHAPES));
          JsonNode attributes = RecordJson.mapper().readTree(row.get(ATTRIBUTES));
          boolean none = numbers.isObject() && numbers.isEmpty();
          shape = none && row.problem() == null ? null : shape(numbers, attributes, position);
        } catch (JsonProcessingException e) {
          String detail = "expected JSON in the cells of a region, found none";
          shape = Shape.broken(position, null, new Problem("bad-row", detail));
        }
        pictures.take(row.get(name), shape, position);
      }
    }
  }

  private static Shape shape(JsonNode numbers, JsonNode attributes, String position) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
      String text = text(attribute.getValue());
      if (!text.isBlank()) {
        values.put(attribute.getKey().toLowerCase(Locale.ROOT), text);
      }
    }
    String label = values.size() == 1 ? values.values().iterator().next() : null;
    for (int i = 0; i < LABELS.size() && label == null; i++) {
      label = values.get(LABELS.get(i));
    }
    if (label == null && !values.isEmpty()) {
      String detail =
          "expected one region attribute, or one of %s, found %s"
              .formatted(LABELS, values.keySet());
      return Shape.broken(position, null, new Problem("ambiguous-label", detail));
    }
    if (label != null && label.indexOf('\n') >= 0) {
      String detail = "expected one label, found %d".formatted(label.lines().count());
      return Shape.broken(position, null, new Problem("several-labels", detail));
    }
    return Shape.of(position, label, numbers.path("name").asText(""), numbers);
  }

  /** Returns the value of an attribute; of check boxes, a line for each that is set. */
  private static String text(JsonNode value) {
    if (!value.isObject()) {
      return value.asText("").strip().replace('\n', ' ');
    }
    StringJoiner set = new StringJoiner("\n");
    value.properties().stream()
        .filter(e -> e.getValue().asBoolean(false))
        .forEach(e -> set.add(e.getKey()));
    return set.toString();
  }
}
