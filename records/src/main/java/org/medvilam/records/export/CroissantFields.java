package org.medvilam.records.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.avro.Schema;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.codec.RecordSchema;

/**
 * The fields of the record set, as the record schema declares them; nested ones are {@code
 * subField}s.
 *
 * <p>Where a field is found depends on the format of the shards: a column, and the path below it,
 * of JSONL and Parquet; the feature of the same name in TFRecord; a path into the JSON of
 * WebDataset.
 */
final class CroissantFields {
  private static final Properties DESCRIPTIONS = descriptions();
  private static final String BOXES = "boxes";

  private final RecordFormat format;
  private final boolean splits;

  /**
   * Prepares the fields.
   *
   * @param format file form of the shards
   * @param splits whether the document declares the splits
   */
  CroissantFields(RecordFormat format, boolean splits) {
    this.format = format;
    this.splits = splits;
  }

  private static Properties descriptions() {
    Properties properties = new Properties();
    try (InputStream in = CroissantFields.class.getResourceAsStream("fields.properties")) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the descriptions of fields", e);
    }
    return properties;
  }

  ArrayNode fields() {
    return fields(RecordSchema.avro(), "");
  }

  private ArrayNode fields(Schema schema, String prefix) {
    ArrayNode fields = RecordJson.mapper().createArrayNode();
    for (Schema.Field field : schema.getFields()) {
      fields.add(field(field, prefix + field.name()));
    }
    return fields;
  }

  private ObjectNode field(Schema.Field declared, String path) {
    ObjectNode field = Croissant.node("cr:Field", Croissant.RECORDS + "/" + path, declared.name());
    String description = DESCRIPTIONS.getProperty(path.replace('/', '.'));
    if (description != null) {
      field.put("description", description);
    }
    if (declared.schema().getType() == Schema.Type.RECORD) {
      field.set("subField", fields(declared.schema(), path + "/"));
      return field;
    }
    boolean nullable = declared.schema().getType() == Schema.Type.UNION;
    Schema schema = nullable ? declared.schema().getTypes().get(1) : declared.schema();
    type(field, path, schema);
    if (schema.getType() == Schema.Type.ARRAY) {
      field.put("repeated", true);
    }
    if (path.equals("split") && splits) {
      field.putObject("references").set("field", Croissant.reference(Croissant.SPLITS + "/name"));
    }
    field.set("source", source(path));
    return field;
  }

  private static void type(ObjectNode field, String path, Schema schema) {
    Schema values = schema;
    while (values.getType() == Schema.Type.ARRAY) {
      values = values.getElementType();
    }
    String type =
        switch (values.getType()) {
          case INT -> "sc:Integer";
          case DOUBLE -> "sc:Float";
          case BOOLEAN -> "sc:Boolean";
          default -> "sc:Text";
        };
    if (path.endsWith(BOXES)) {
      field.put("dataType", "cr:BoundingBox");
    } else if (path.equals("label")) {
      field.putArray("dataType").add(type).add("cr:Label");
    } else if (path.endsWith("polygons")) {
      field.putArray("dataType").add(type).add("cr:SegmentationMask");
    } else {
      field.put("dataType", type);
    }
  }

  private ObjectNode source(String path) {
    ObjectNode source = RecordJson.mapper().createObjectNode();
    source.set("fileSet", Croissant.reference(Croissant.RECORD_FILES));
    ObjectNode extract = source.putObject("extract");
    int slash = path.indexOf('/');
    switch (format) {
      case TFRECORD -> extract.put("column", path);
      case WEBDATASET -> extract.put("jsonPath", "records[*]." + path.replace('/', '.'));
      default -> {
        extract.put("column", slash < 0 ? path : path.substring(0, slash));
        if (slash > 0) {
          source.putObject("transform").put("jsonPath", path.substring(slash + 1));
        }
      }
    }
    if (path.endsWith(BOXES)) {
      source.put("format", "XYXY");
    }
    return source;
  }
}
