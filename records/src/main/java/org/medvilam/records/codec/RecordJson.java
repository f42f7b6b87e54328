package org.medvilam.records.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.medvilam.records.geometry.Ring;

/** The JSON form of everything this toolkit writes: fields in declared order, numbers exact. */
public final class RecordJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .addModule(
              new SimpleModule()
                  .addSerializer(Ring.class, new RingSerializer())
                  .addDeserializer(Ring.class, new RingDeserializer()))
          .build();

  private RecordJson() {}

  /** Returns the shared mapper; it is thread-safe and must not be reconfigured. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** Writes a ring as {@code [[x, y], …]}. */
  private static final class RingSerializer extends JsonSerializer<Ring> {
    @Override
    public void serialize(Ring ring, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartArray();
      for (int i = 0; i < ring.size(); i++) {
        out.writeStartArray();
        out.writeNumber(ring.x(i));
        out.writeNumber(ring.y(i));
        out.writeEndArray();
      }
      out.writeEndArray();
    }
  }

  /** Reads a ring from {@code [[x, y], …]}. */
  private static final class RingDeserializer extends JsonDeserializer<Ring> {
    @Override
    public Ring deserialize(JsonParser in, DeserializationContext context) throws IOException {
      double[][] points = in.readValueAs(double[][].class);
      double[] flat = new double[2 * points.length];
      for (int i = 0; i < points.length; i++) {
        flat[2 * i] = points[i][0];
        flat[2 * i + 1] = points[i][1];
      }
      return Ring.ofFlat(flat);
    }
  }
}
