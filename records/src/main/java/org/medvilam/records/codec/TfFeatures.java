package org.medvilam.records.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.TfExample.Feature;
import org.medvilam.records.codec.TfExample.Kind;

/**
 * The features of a record, named by the path of its fields in JSON with {@code /} between names.
 *
 * <ul>
 *   <li>A text is a bytes list of one value in UTF-8, an integer an int64 list, true and false are
 *       1 and 0. A field that is null has no feature.
 *   <li>A list of numbers is flattened: {@code boxes} holds 4 integers per box, {@code points} and
 *       {@code polygons} 2 per point, {@code boxes3d} 6 per box, and the same below {@code
 *       native/}. {@code polygons/lengths} says how many points each outline has. An empty list has
 *       no feature.
 *   <li>Numbers that are not whole (everything below {@code native/}, {@code media/time_s}, {@code
 *       media/spacing_mm}, {@code media/duration_s}, {@code media/window}) are a float list, and
 *       once more, exactly, as a bytes list of one value {@code NAME/float64}: little-endian
 *       doubles, as {@code tf.io.decode_raw} reads them.
 *   <li>A stored picture is {@code image/encoded}, its form ({@code png}, {@code jpeg}) {@code
 *       image/format}.
 * </ul>
 */
final class TfFeatures {
  private static final List<TfColumn> COLUMNS = columns();

  private TfFeatures() {}

  private static List<TfColumn> columns() {
    List<TfColumn> columns = new ArrayList<>();
    collect("", AvroTree.SCHEMA, columns);
    return List.copyOf(columns);
  }

  private static void collect(String prefix, Schema schema, List<TfColumn> columns) {
    for (Schema.Field field : schema.getFields()) {
      String name = prefix + field.name();
      if (field.schema().getType() == Schema.Type.RECORD) {
        collect(name + "/", field.schema(), columns);
      } else {
        columns.add(TfColumn.of(name, field.schema()));
      }
    }
  }

  /** Returns the features of a record and its picture. */
  static SortedMap<String, Feature> of(
      InstructionRecord instruction, Optional<EncodedPicture> picture) {
    JsonNode tree = RecordJson.mapper().valueToTree(instruction);
    SortedMap<String, Feature> features = new TreeMap<>();
    for (TfColumn column : COLUMNS) {
      column.write(tree.at("/" + column.name()), features);
    }
    picture.ifPresent(
        p -> {
          String form = p.extension().equals("jpg") ? "jpeg" : p.extension();
          features.put("image/encoded", bytes(ByteString.copyFrom(p.data())));
          features.put("image/format", bytes(ByteString.copyFromUtf8(form)));
        });
    return features;
  }

  /** Returns the record of features. */
  static InstructionRecord toRecord(SortedMap<String, Feature> features) throws IOException {
    ObjectNode tree = RecordJson.mapper().createObjectNode();
    for (TfColumn column : COLUMNS) {
      int slash = column.name().indexOf('/');
      ObjectNode parent =
          slash < 0 ? tree : tree.withObject("/" + column.name().substring(0, slash));
      parent.set(column.name().substring(slash + 1), column.read(features));
    }
    return RecordJson.mapper().treeToValue(tree, InstructionRecord.class);
  }

  static Feature bytes(ByteString value) {
    return new Feature(Kind.BYTES, List.of(value));
  }
}
