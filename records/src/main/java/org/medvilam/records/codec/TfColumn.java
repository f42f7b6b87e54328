package org.medvilam.records.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.codec.TfExample.Feature;
import org.medvilam.records.codec.TfExample.Kind;

/**
 * One field of the record schema as features; see {@link TfFeatures} for the rules.
 *
 * @param name path of the field with {@code /} between names
 * @param type type of the values, below all lists
 * @param depth number of lists around a value: 0 for a single one
 * @param width numbers per innermost list, 0 where depth is at most 1
 * @param nullable whether the field may be null
 */
record TfColumn(String name, Schema.Type type, int depth, int width, boolean nullable) {
  private static final Map<String, Integer> WIDTHS =
      Map.of("boxes", 4, "polygons", 2, "boxes3d", 6, "points", 2);
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  static TfColumn of(String name, Schema declared) {
    boolean nullable = declared.getType() == Schema.Type.UNION;
    Schema schema = nullable ? declared.getTypes().get(1) : declared;
    int depth = 0;
    while (schema.getType() == Schema.Type.ARRAY) {
      schema = schema.getElementType();
      depth++;
    }
    int width = 0;
    if (depth > 1) {
      String last = name.substring(name.indexOf('/') + 1);
      width = WIDTHS.getOrDefault(last, 0);
      if (width == 0) {
        throw new IllegalStateException(
            "how many numbers one entry of " + name + " has is unknown");
      }
    }
    return new TfColumn(name, schema.getType(), depth, width, nullable);
  }

  /** Adds the features of the field's value. */
  void write(JsonNode value, SortedMap<String, Feature> features) {
    List<JsonNode> flat = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    if (depth > 2) {
      value.forEach(outline -> lengths.add((long) outline.size()));
    }
    flatten(value, flat);
    if (flat.isEmpty()) {
      return;
    }
    switch (type) {
      case STRING -> features.put(name, list(Kind.BYTES, flat, TfColumn::utf8));
      case DOUBLE -> {
        features.put(name, list(Kind.FLOAT, flat, JsonNode::floatValue));
        features.put(exactName(), TfFeatures.bytes(exact(flat)));
      }
      case BOOLEAN -> features.put(name, list(Kind.INT64, flat, v -> v.booleanValue() ? 1L : 0L));
      default -> features.put(name, list(Kind.INT64, flat, JsonNode::longValue));
    }
    if (depth > 2) {
      features.put(lengthsName(), new Feature(Kind.INT64, lengths));
    }
  }

  private static void flatten(JsonNode node, List<JsonNode> flat) {
    if (node.isArray()) {
      node.forEach(element -> flatten(element, flat));
    } else if (!node.isNull() && !node.isMissingNode()) {
      flat.add(node);
    }
  }

  private interface Value {
    Object of(JsonNode node);
  }

  private static Feature list(Kind kind, List<JsonNode> flat, Value value) {
    return new Feature(kind, flat.stream().map(value::of).toList());
  }

  private static Object utf8(JsonNode node) {
    return ByteString.copyFromUtf8(node.textValue());
  }

  private static ByteString exact(List<JsonNode> flat) {
    ByteBuffer doubles =
        ByteBuffer.allocate(Double.BYTES * flat.size()).order(ByteOrder.LITTLE_ENDIAN);
    flat.forEach(v -> doubles.putDouble(v.doubleValue()));
    return ByteString.copyFrom(doubles.flip());
  }

  /**
   * Returns the field's value.
   *
   * @throws IOException if a feature is not of the kind or length that the field needs
   */
  JsonNode read(SortedMap<String, Feature> features) throws IOException {
    List<JsonNode> flat = values(features);
    if (depth == 0) {
      if (flat.size() > 1 || flat.isEmpty() && !nullable) {
        throw new IOException("expected one value of %s, found %d".formatted(name, flat.size()));
      }
      return flat.isEmpty() ? MAKE.nullNode() : flat.get(0);
    }
    if (flat.isEmpty() && nullable) {
      return MAKE.nullNode();
    }
    Iterator<JsonNode> rest = flat.iterator();
    if (depth == 1) {
      return take(rest, flat.size());
    }
    if (flat.size() % width != 0) {
      throw new IOException(
          "expected %d numbers per entry of %s, found %d in all"
              .formatted(width, name, flat.size()));
    }
    return depth == 2 ? tuples(rest, flat.size() / width) : outlines(rest, flat.size(), features);
  }

  private JsonNode outlines(Iterator<JsonNode> rest, int size, SortedMap<String, Feature> features)
      throws IOException {
    List<?> lengths = values(features.get(lengthsName()), Kind.INT64, lengthsName());
    ArrayNode outlines = MAKE.arrayNode();
    long left = size / width;
    for (Object length : lengths) {
      long n = (Long) length;
      if (n < 0 || n > left) {
        throw new IOException(
            "expected %d points of %s, found lengths %s".formatted(left, name, lengths));
      }
      outlines.add(tuples(rest, (int) n));
      left -= n;
    }
    if (left != 0) {
      throw new IOException("%s has %d points beyond its lengths".formatted(name, left));
    }
    return outlines;
  }

  private ArrayNode tuples(Iterator<JsonNode> rest, int n) {
    ArrayNode tuples = MAKE.arrayNode(n);
    for (int i = 0; i < n; i++) {
      tuples.add(take(rest, width));
    }
    return tuples;
  }

  private static ArrayNode take(Iterator<JsonNode> rest, int n) {
    ArrayNode some = MAKE.arrayNode(n);
    for (int i = 0; i < n; i++) {
      some.add(rest.next());
    }
    return some;
  }

  private List<JsonNode> values(SortedMap<String, Feature> features) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    switch (type) {
      case STRING -> {
        for (Object text : values(features.get(name), Kind.BYTES, name)) {
          nodes.add(MAKE.textNode(((ByteString) text).toStringUtf8()));
        }
      }
      case DOUBLE -> {
        if (features.containsKey(name) && !features.containsKey(exactName())) {
          throw new IOException("expected %s beside %s, found none".formatted(exactName(), name));
        }
        for (Object raw : values(features.get(exactName()), Kind.BYTES, exactName())) {
          addDoubles((ByteString) raw, nodes);
        }
      }
      case BOOLEAN -> {
        for (Object v : values(features.get(name), Kind.INT64, name)) {
          nodes.add(MAKE.booleanNode((Long) v != 0));
        }
      }
      default -> {
        for (Object v : values(features.get(name), Kind.INT64, name)) {
          nodes.add(MAKE.numberNode((Long) v));
        }
      }
    }
    return nodes;
  }

  private void addDoubles(ByteString raw, List<JsonNode> nodes) throws IOException {
    ByteBuffer doubles = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (doubles.remaining() % Double.BYTES != 0) {
      throw new IOException(
          "expected whole doubles in %s, found %d bytes".formatted(exactName(), raw.size()));
    }
    while (doubles.hasRemaining()) {
      nodes.add(MAKE.numberNode(doubles.getDouble()));
    }
  }

  private static List<?> values(@Nullable Feature feature, Kind kind, String name)
      throws IOException {
    if (feature == null) {
      return List.of();
    }
    if (feature.kind() != kind) {
      throw new IOException(
          "expected a %s list as %s, found %s".formatted(kind, name, feature.kind()));
    }
    return feature.values();
  }

  private String exactName() {
    return name + "/float64";
  }

  private String lengthsName() {
    return name + "/lengths";
  }
}
