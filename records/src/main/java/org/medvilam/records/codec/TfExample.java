package org.medvilam.records.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The protocol buffer {@code tensorflow.Example}: named lists of bytes, floats or 64-bit integers.
 *
 * <p>Field numbers are those of TensorFlow's {@code example.proto} and {@code feature.proto}: an
 * Example holds Features (1), these a map (1) from names to Feature, one of BytesList (1),
 * FloatList (2) and Int64List (3), each with its repeated value (1), numbers packed. Entries of the
 * map are written in the order of their names, so that equal features give equal bytes.
 */
final class TfExample {
  private static final Descriptor EXAMPLE = descriptor();
  private static final FieldDescriptor FEATURES = EXAMPLE.findFieldByNumber(1);
  private static final FieldDescriptor ENTRY = FEATURES.getMessageType().findFieldByNumber(1);
  private static final FieldDescriptor KEY = ENTRY.getMessageType().findFieldByNumber(1);
  private static final FieldDescriptor FEATURE = ENTRY.getMessageType().findFieldByNumber(2);

  private TfExample() {}

  /** The three kinds of list, by their field in a Feature. */
  enum Kind {
    BYTES(1),
    FLOAT(2),
    INT64(3);

    private final FieldDescriptor field;

    Kind(int number) {
      field = FEATURE.getMessageType().findFieldByNumber(number);
    }

    private FieldDescriptor list() {
      return field.getMessageType().findFieldByNumber(1);
    }
  }

  /**
   * One feature.
   *
   * @param kind the kind of its list
   * @param values {@link ByteString}, {@link Float} or {@link Long}, as the kind says
   */
  record Feature(Kind kind, List<?> values) {}

  /** Returns the message of features. */
  static byte[] encode(SortedMap<String, Feature> features) {
    DynamicMessage.Builder all = DynamicMessage.newBuilder(FEATURES.getMessageType());
    features.forEach(
        (name, feature) -> {
          FieldDescriptor field = feature.kind.field;
          DynamicMessage list =
              DynamicMessage.newBuilder(field.getMessageType())
                  .setField(feature.kind.list(), feature.values)
                  .build();
          DynamicMessage one =
              DynamicMessage.newBuilder(FEATURE.getMessageType()).setField(field, list).build();
          all.addRepeatedField(
              ENTRY,
              DynamicMessage.newBuilder(ENTRY.getMessageType())
                  .setField(KEY, name)
                  .setField(FEATURE, one)
                  .build());
        });
    return DynamicMessage.newBuilder(EXAMPLE).setField(FEATURES, all.build()).build().toByteArray();
  }

  /**
   * Returns the features of a message; those of an unknown kind are left out.
   *
   * @throws InvalidProtocolBufferException if it is no such message
   */
  static SortedMap<String, Feature> decode(byte[] message) throws InvalidProtocolBufferException {
    DynamicMessage example = DynamicMessage.parseFrom(EXAMPLE, message);
    DynamicMessage all = (DynamicMessage) example.getField(FEATURES);
    SortedMap<String, Feature> features = new TreeMap<>();
    for (int i = 0; i < all.getRepeatedFieldCount(ENTRY); i++) {
      DynamicMessage entry = (DynamicMessage) all.getRepeatedField(ENTRY, i);
      DynamicMessage feature = (DynamicMessage) entry.getField(FEATURE);
      for (Kind kind : Kind.values()) {
        if (feature.hasField(kind.field)) {
          DynamicMessage list = (DynamicMessage) feature.getField(kind.field);
          List<?> values = (List<?>) list.getField(kind.list());
          features.put((String) entry.getField(KEY), new Feature(kind, values));
        }
      }
    }
    return features;
  }

  private static Descriptor descriptor() {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("example.proto")
            .setPackage("tensorflow")
            .addMessageType(message("BytesList", list(FieldDescriptorProto.Type.TYPE_BYTES, false)))
            .addMessageType(message("FloatList", list(FieldDescriptorProto.Type.TYPE_FLOAT, true)))
            .addMessageType(message("Int64List", list(FieldDescriptorProto.Type.TYPE_INT64, true)))
            .addMessageType(
                message("Feature", one(1, "BytesList"), one(2, "FloatList"), one(3, "Int64List")))
            .addMessageType(message("Entry", text(1), one(2, "Feature")))
            .addMessageType(message("Features", many(1, "Entry")))
            .addMessageType(message("Example", one(1, "Features")))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Example");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException("the description of tf.Example is wrong", e);
    }
  }

  private static DescriptorProto message(String name, FieldDescriptorProto.Builder... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (FieldDescriptorProto.Builder field : fields) {
      message.addField(field.setName("field_" + field.getNumber()));
    }
    return message.build();
  }

  private static FieldDescriptorProto.Builder list(FieldDescriptorProto.Type type, boolean packed) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder().setNumber(1).setType(type).setLabel(Label.LABEL_REPEATED);
    return packed ? field.setOptions(FieldOptions.newBuilder().setPacked(true)) : field;
  }

  private static FieldDescriptorProto.Builder one(int number, String type) {
    return FieldDescriptorProto.newBuilder()
        .setNumber(number)
        .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
        .setTypeName(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }

  private static FieldDescriptorProto.Builder many(int number, String type) {
    return one(number, type).setLabel(Label.LABEL_REPEATED);
  }

  private static FieldDescriptorProto.Builder text(int number) {
    return FieldDescriptorProto.newBuilder()
        .setNumber(number)
        .setType(FieldDescriptorProto.Type.TYPE_STRING)
        .setLabel(Label.LABEL_OPTIONAL);
  }
}
