package org.medvilam.converters.coco;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.store.Store;

/** Tells COCO files from other JSON by their top-level fields. */
final class CocoProbe {
  private static final int SHOWN = 4;

  private CocoProbe() {}

  /**
   * Returns what a file is, or null if it is COCO.
   *
   * <p>A file that breaks off after images or annotations is COCO: its listing says where it
   * breaks, and nothing is lost silently.
   */
  static @Nullable String otherThanCoco(Store root, String path) throws IOException {
    Set<String> fields = new LinkedHashSet<>();
    Set<String> lists = new LinkedHashSet<>();
    try (InputStream in = root.read(path);
        JsonParser json = CocoReader.parser(in)) {
      JsonToken first = json.nextToken();
      if (first != JsonToken.START_OBJECT) {
        return first == JsonToken.START_ARRAY ? "a list" : "no JSON object";
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        fields.add(name);
        boolean list = json.nextToken() == JsonToken.START_ARRAY;
        if (list && (name.equals(CocoReader.IMAGES) || name.equals(CocoReader.ANNOTATIONS))) {
          lists.add(name);
        }
        if (lists.size() == 2) {
          return null;
        }
        json.skipChildren();
      }
    } catch (JsonProcessingException | CharConversionException e) {
      return lists.isEmpty() ? "broken JSON" : null;
    }
    String some = fields.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return fields.isEmpty() ? "an empty object" : "fields " + some;
  }
}
