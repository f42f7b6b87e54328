package org.medvilam.converters.labelled;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.medvilam.converters.item.PathNames;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/**
 * The names of fields that a JSON file begins with.
 *
 * @param list whether the file is a list, whose objects count as outermost
 * @param fields names by depth of their object: of the outermost one first; three depths
 */
public record JsonGlance(boolean list, List<Set<String>> fields) {
  private static final int DEPTHS = 3;
  private static final int TOKENS = 1 << 15;

  /** Copies the list. */
  public JsonGlance {
    fields = List.copyOf(fields);
  }

  /** Reads the first few thousand tokens of a file; one that is no JSON has no fields. */
  public static JsonGlance of(Store root, String path) throws IOException {
    List<Set<String>> fields = new ArrayList<>();
    for (int i = 0; i < DEPTHS; i++) {
      fields.add(new TreeSet<>());
    }
    boolean list = false;
    if (PathNames.extension(path).equals("json")) {
      try (InputStream in = root.read(path);
          JsonParser json = RecordJson.mapper().createParser(in)) {
        list = json.nextToken() == JsonToken.START_ARRAY;
        collect(json, fields);
      } catch (JsonProcessingException | CharConversionException e) {
        // What was read before the break tells the form; the listing says where it breaks.
        return new JsonGlance(list, fields);
      }
    }
    return new JsonGlance(list, fields);
  }

  private static void collect(JsonParser json, List<Set<String>> fields) throws IOException {
    int depth = json.currentToken() == JsonToken.START_OBJECT ? 1 : 0;
    for (int i = 0; i < TOKENS; i++) {
      JsonToken token = json.nextToken();
      if (token == null) {
        return;
      }
      if (token == JsonToken.START_OBJECT) {
        depth++;
      } else if (token == JsonToken.END_OBJECT) {
        depth--;
      } else if (token == JsonToken.FIELD_NAME && depth >= 1 && depth <= DEPTHS) {
        fields.get(depth - 1).add(json.currentName());
      }
    }
  }

  /** Tells whether the outermost object has a field. */
  public boolean has(String name) {
    return fields.get(0).contains(name);
  }

  /** Tells whether an object inside the outermost one has all of some fields. */
  public boolean hasInside(String... names) {
    return fields.get(1).containsAll(List.of(names));
  }
}
