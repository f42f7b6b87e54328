package org.medvilam.records.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/** Carries records between their JSON tree and Avro's generic form, guided by the schema. */
final class AvroTree {
  /** The columns, as {@code instruction-record.avsc} declares them. */
  static final Schema SCHEMA = schema();

  private AvroTree() {}

  private static Schema schema() {
    try (InputStream in = AvroTree.class.getResourceAsStream("instruction-record.avsc")) {
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the record schema", e);
    }
  }

  static GenericRecord toAvro(InstructionRecord instruction) {
    JsonNode tree = RecordJson.mapper().valueToTree(instruction);
    return (GenericRecord) toAvro(tree, SCHEMA);
  }

  static InstructionRecord toRecord(GenericRecord avro) throws IOException {
    return RecordJson.mapper().treeToValue(toJson(avro), InstructionRecord.class);
  }

  private static @Nullable Object toAvro(@Nullable JsonNode node, Schema schema) {
    boolean absent = node == null || node.isNull();
    return switch (schema.getType()) {
      case UNION -> absent ? null : toAvro(node, schema.getTypes().get(1));
      case ARRAY -> toList(node, schema);
      case RECORD -> toGenericRecord(node, schema);
      case INT -> node.intValue();
      case DOUBLE -> node.doubleValue();
      case BOOLEAN -> node.booleanValue();
      default -> node.textValue();
    };
  }

  private static List<Object> toList(@Nullable JsonNode node, Schema schema) {
    List<Object> list = new ArrayList<>();
    if (node != null) {
      node.forEach(element -> list.add(toAvro(element, schema.getElementType())));
    }
    return list;
  }

  private static GenericRecord toGenericRecord(@Nullable JsonNode node, Schema schema) {
    GenericRecord avro = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      avro.put(field.pos(), toAvro(node == null ? null : node.get(field.name()), field.schema()));
    }
    return avro;
  }

  private static JsonNode toJson(@Nullable Object value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (value == null) {
      return make.nullNode();
    }
    if (value instanceof GenericRecord avro) {
      ObjectNode node = make.objectNode();
      avro.getSchema().getFields().forEach(f -> node.set(f.name(), toJson(avro.get(f.pos()))));
      return node;
    }
    if (value instanceof List<?> list) {
      ArrayNode node = make.arrayNode();
      list.forEach(element -> node.add(toJson(element)));
      return node;
    }
    if (value instanceof Integer i) {
      return make.numberNode(i);
    }
    if (value instanceof Double d) {
      return make.numberNode(d);
    }
    return value instanceof Boolean b ? make.booleanNode(b) : make.textNode(value.toString());
  }
}
