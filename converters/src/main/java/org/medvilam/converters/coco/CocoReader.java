package org.medvilam.converters.coco;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.medvilam.converters.item.ListingException;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/** Streams a COCO file: its lists may stand in any order, one entry is in memory at a time. */
final class CocoReader {
  static final String IMAGES = "images";
  static final String ANNOTATIONS = "annotations";
  private static final String CATEGORIES = "categories";

  private final String path;
  private final JsonParser json;
  private final Entries entries;
  private final Set<String> found = new LinkedHashSet<>();

  private CocoReader(String path, JsonParser json, Entries entries) {
    this.path = path;
    this.json = json;
    this.entries = entries;
  }

  /** Takes the entries of the three lists, each with its index. */
  interface Entries {
    /** Takes an entry of {@code images}. */
    void image(JsonNode entry, long index) throws IOException;

    /** Takes an entry of {@code annotations}. */
    void annotation(JsonNode entry, long index) throws IOException;

    /** Takes an entry of {@code categories}. */
    void category(JsonNode entry, long index) throws IOException;
  }

  /** Takes one entry of a list. */
  private interface Entry {
    void take(JsonNode entry, long index) throws IOException;
  }

  /**
   * Reads a whole file.
   *
   * @throws ListingException if it is cut, is no JSON, or has no images and annotations
   */
  static void read(Store root, String path, Entries entries) throws IOException {
    try (InputStream in = root.read(path);
        JsonParser json = parser(in)) {
      CocoReader reader = new CocoReader(path, json, entries);
      try {
        reader.file();
      } catch (JsonProcessingException | CharConversionException e) {
        throw reader.broken(e);
      }
    }
  }

  /** Returns a parser that takes NaN, as Python writes it, so that one number spoils one entry. */
  static JsonParser parser(InputStream in) throws IOException {
    JsonParser json = RecordJson.mapper().getFactory().createParser(in);
    return json.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
  }

  private void file() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new ListingException(
          path, "expected a JSON object with images, annotations and categories, found another");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      section(name);
    }
    if (!found.contains(IMAGES) || !found.contains(ANNOTATIONS)) {
      throw new ListingException(
          path, "expected the lists images and annotations, found the fields " + found);
    }
    if (json.nextToken() != null) {
      throw new ListingException(
          path, "expected the end of the file after the JSON object, found more" + at());
    }
  }

  private void section(String name) throws IOException {
    found.add(name);
    switch (name) {
      case IMAGES -> list(name, entries::image);
      case ANNOTATIONS -> list(name, entries::annotation);
      case CATEGORIES -> list(name, entries::category);
      default -> json.skipChildren();
    }
  }

  private void list(String name, Entry entry) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new ListingException(path, "expected a list as " + name + at());
    }
    long index = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      JsonNode tree = json.readValueAsTree();
      entry.take(tree, index++);
    }
  }

  private ListingException broken(IOException e) {
    boolean cut =
        e instanceof JsonEOFException || original(e).startsWith("Unexpected end-of-input");
    String words =
        cut
            ? "expected a whole JSON file, found its end" + at() + "; it is cut, fetch it again"
            : "expected valid JSON, found an error" + at() + ": " + original(e);
    return new ListingException(path, words, e);
  }

  private static String original(IOException e) {
    return e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
  }

  private String at() {
    JsonLocation at = json.currentLocation();
    return " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }
}
