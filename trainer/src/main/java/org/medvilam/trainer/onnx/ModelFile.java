package org.medvilam.trainer.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.CodedOutputStream;

/**
 * An ONNX {@code ModelProto}, message by message; the field numbers are those of onnx.proto3.
 *
 * <p>Large tensors are declared only: their data is handed to the session beside the model.
 */
final class ModelFile {
  private static final int IR_VERSION = 8;

  /** Both domains of operators: ONNX's own, and what ONNX Runtime adds to it. */
  private static final int OPSET = 17;

  static final String RUNTIME = "com.microsoft";
  private static final int EXTERNAL = 1;

  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(graph);

  ModelFile(String name) {
    write(() -> out.writeString(2, name));
  }

  /** The types of elements, by their numbers in {@code TensorProto.DataType}. */
  enum Type {
    FLOAT(1),
    INT64(7),
    FLOAT16(10),
    BFLOAT16(16);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    /** Returns the type of an array's elements. */
    static Type of(DataType type) {
      return type == DataType.FLOAT16 ? FLOAT16 : type == DataType.BFLOAT16 ? BFLOAT16 : FLOAT;
    }

    long number() {
      return number;
    }
  }

  /**
   * Adds an operator.
   *
   * @param domain the operator's domain, empty for ONNX's own
   * @param attributes floats as Float, integers as Long, lists of integers as long[]
   */
  void node(
      String operator,
      String domain,
      List<String> inputs,
      List<String> outputs,
      Map<String, Object> attributes) {
    message(
        1,
        node -> {
          for (String input : inputs) {
            node.writeString(1, input);
          }
          for (String output : outputs) {
            node.writeString(2, output);
          }
          node.writeString(3, outputs.get(0));
          node.writeString(4, operator);
          for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            node.writeByteArray(
                5, bytes(a -> attribute(a, attribute.getKey(), attribute.getValue())));
          }
          node.writeString(7, domain);
        });
  }

  private static void attribute(CodedOutputStream out, String name, Object value)
      throws IOException {
    out.writeString(1, name);
    if (value instanceof Float number) {
      out.writeFloat(2, number);
      out.writeInt32(20, 1);
    } else if (value instanceof Long number) {
      out.writeInt64(3, number);
      out.writeInt32(20, 2);
    } else if (value instanceof long[] numbers) {
      for (long number : numbers) {
        out.writeInt64(8, number);
      }
      out.writeInt32(20, 7);
    } else {
      throw new IllegalArgumentException(name + " has no type of attribute: " + value);
    }
  }

  /** Adds a small constant of integers. */
  void constant(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    constant(name, Type.INT64, values.length, raw);
  }

  /** Adds a constant that is one number. */
  void constant(String name, float value) {
    ByteBuffer raw = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    constant(name, Type.FLOAT, 1, raw.putFloat(0, value));
  }

  private void constant(String name, Type type, long length, ByteBuffer raw) {
    message(
        5,
        tensor -> {
          tensor.writeInt64(1, length);
          tensor.writeInt32(2, type.number);
          tensor.writeString(8, name);
          tensor.writeBytes(9, ByteString.copyFrom(raw));
        });
  }

  /** Declares a weight whose data is handed to the session. */
  void weight(String name, Type type, long... shape) {
    message(
        5,
        tensor -> {
          for (long size : shape) {
            tensor.writeInt64(1, size);
          }
          tensor.writeInt32(2, type.number);
          tensor.writeString(8, name);
          tensor.writeByteArray(
              13,
              bytes(
                  entry -> {
                    entry.writeString(1, "location");
                    entry.writeString(2, "handed over");
                  }));
          tensor.writeInt32(14, EXTERNAL);
        });
  }

  /** Declares an input; a size that is no number is a name for one that varies. */
  void input(String name, Type type, Object... shape) {
    message(11, value -> value(value, name, type, shape));
  }

  /** Declares an output whose sizes follow from the graph. */
  void output(String name) {
    message(12, value -> value.writeString(1, name));
  }

  private static void value(CodedOutputStream out, String name, Type type, Object... shape)
      throws IOException {
    byte[] sizes =
        bytes(
            s -> {
              for (Object size : shape) {
                s.writeByteArray(1, bytes(d -> size(d, size)));
              }
            });
    byte[] tensor =
        bytes(
            t -> {
              t.writeInt32(1, type.number);
              t.writeByteArray(2, sizes);
            });
    out.writeString(1, name);
    out.writeByteArray(2, bytes(t -> t.writeByteArray(1, tensor)));
  }

  private static void size(CodedOutputStream out, Object size) throws IOException {
    if (size instanceof Number number) {
      out.writeInt64(1, number.longValue());
    } else {
      out.writeString(2, (String) size);
    }
  }

  /** Returns the whole model. */
  byte[] bytes() {
    write(out::flush);
    return bytes(
        model -> {
          model.writeInt64(1, IR_VERSION);
          model.writeByteArray(7, graph.toByteArray());
          model.writeByteArray(8, bytes(set -> opset(set, "", OPSET)));
          model.writeByteArray(8, bytes(set -> opset(set, RUNTIME, 1)));
        });
  }

  private static void opset(CodedOutputStream out, String domain, int version) throws IOException {
    out.writeString(1, domain);
    out.writeInt64(2, version);
  }

  private void message(int field, Fields fields) {
    write(() -> out.writeByteArray(field, bytes(fields)));
  }

  private static byte[] bytes(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
    write(
        () -> {
          fields.writeTo(coded);
          coded.flush();
        });
    return bytes.toByteArray();
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory cannot fail", e);
    }
  }

  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private interface Writing {
    void run() throws IOException;
  }
}
