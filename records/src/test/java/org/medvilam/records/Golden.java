package org.medvilam.records;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.provider.Arguments;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.Ring;

/** Expected values that other libraries computed, and the forms they are written in. */
public final class Golden {
  private Golden() {}

  /** Returns a whole file. */
  public static JsonNode file(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      return RecordJson.mapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read golden/" + name + ".json", e);
    }
  }

  /** Returns the cases of a file as arguments of a test: name and case. */
  public static Stream<Arguments> cases(String name) {
    JsonNode file = file(name);
    JsonNode cases = file.isArray() ? file : file.get("cases");
    List<Arguments> arguments = new ArrayList<>();
    for (JsonNode c : cases) {
      arguments.add(Arguments.of(c.path("name").asText("case " + arguments.size()), c));
    }
    return arguments.stream();
  }

  /** Returns the ring of {@code [[x, y], …]}. */
  public static Ring ring(JsonNode points) {
    return Ring.ofFlat(
        StreamSupport.stream(points.spliterator(), false)
            .flatMap(p -> Stream.of(p.get(0), p.get(1)))
            .mapToDouble(JsonNode::asDouble)
            .toArray());
  }

  /** Returns the mask of rows of {@code 0} and {@code 1}. */
  public static Mask mask(JsonNode rows) {
    return mask(StreamSupport.stream(rows.spliterator(), false).map(JsonNode::asText).toList());
  }

  /** Returns the mask of rows of {@code 0} and {@code 1}. */
  public static Mask mask(List<String> rows) {
    int width = rows.get(0).length();
    byte[] pixels = new byte[width * rows.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (rows.get(i / width).charAt(i % width) == '1' ? 1 : 0);
    }
    return new Mask(width, rows.size(), pixels);
  }
}
