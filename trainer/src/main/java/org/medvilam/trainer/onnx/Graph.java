package org.medvilam.trainer.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medvilam.trainer.nn.Network;
import org.medvilam.trainer.nn.Parameter;

/**
 * A graph under construction: each method adds an operator and returns the name of its result.
 *
 * <p>Rows are [batch, length, width]; weights are those of a network, by their own names.
 */
final class Graph {
  private final Network network;
  private final ModelFile file;
  private final Set<String> constants = new LinkedHashSet<>();
  private final Map<String, Parameter> weights = new LinkedHashMap<>();
  private int results;

  Graph(String name, Network network) {
    this.network = network;
    this.file = new ModelFile(name);
  }

  /** Returns the model's bytes. */
  byte[] bytes() {
    return file.bytes();
  }

  /** Returns the tensors whose data the session needs. */
  Map<String, Parameter> weights() {
    return weights;
  }

  /** Returns the bytes of these tensors. */
  long weightBytes() {
    return weights.values().stream().mapToLong(Parameter::bytes).sum();
  }

  String input(String name, ModelFile.Type type, Object... shape) {
    file.input(name, type, shape);
    return name;
  }

  void output(String name, String value) {
    file.node("Identity", "", List.of(value), List.of(name), Map.of());
    file.output(name);
  }

  /** Adds an operator of ONNX itself whose result is an output of the graph. */
  String output(String name, String operator, Map<String, Object> attributes, String... inputs) {
    file.node(operator, "", List.of(inputs), List.of(name), attributes);
    file.output(name);
    return name;
  }

  /** Tells whether the network has a tensor of a name. */
  boolean hasWeight(String name) {
    return network.parameters().containsKey(name);
  }

  /** Returns a tensor of the network in single precision. */
  String weight(String name) {
    return single(name, type(name));
  }

  /**
   * Returns a matrix of the network in single precision. One that is kept in half is expanded for
   * this use alone, and not before {@code x} is there: no more than one copy lives at a time.
   */
  private String weight(String name, String x) {
    ModelFile.Type type = type(name);
    if (type == ModelFile.Type.FLOAT) {
      return name;
    }
    String two = node("Shape", Map.of("start", 0L, "end", 2L), x);
    String same = mul(two, constant(0));
    return single(node("Reshape", name, same), type);
  }

  /** Returns the rows of a table of the network that indices name, in single precision. */
  String lookUp(String table, String indices) {
    ModelFile.Type type = type(table);
    return single(node("Gather", table, indices), type);
  }

  private String single(String value, ModelFile.Type type) {
    return type == ModelFile.Type.FLOAT
        ? value
        : node("Cast", Map.of("to", ModelFile.Type.FLOAT.number()), value);
  }

  /** Declares a tensor as a constant of the graph when it is first named. */
  private ModelFile.Type type(String name) {
    Parameter parameter = network.parameters().get(name);
    ModelFile.Type type = ModelFile.Type.of(parameter.value().dataType());
    if (weights.putIfAbsent(name, parameter) == null) {
      file.weight(name, type, parameter.value().shape());
    }
    return type;
  }

  String constant(long... values) {
    StringBuilder name = new StringBuilder("i");
    for (long value : values) {
      name.append('_').append(value);
    }
    if (constants.add(name.toString())) {
      file.constant(name.toString(), values);
    }
    return name.toString();
  }

  String number(double value) {
    String name = "f_" + (float) value;
    if (constants.add(name)) {
      file.constant(name, (float) value);
    }
    return name;
  }

  String add(String a, String b) {
    return node("Add", a, b);
  }

  String sub(String a, String b) {
    return node("Sub", a, b);
  }

  String mul(String a, String b) {
    return node("Mul", a, b);
  }

  /** Adds an operator of ONNX itself that has no attribute. */
  String node(String operator, String... inputs) {
    return node(operator, Map.of(), inputs);
  }

  /** Adds an operator of ONNX itself. */
  String node(String operator, Map<String, Object> attributes, String... inputs) {
    return nodes(operator, "", 1, attributes, inputs).get(0);
  }

  /** Adds an operator of ONNX Runtime. */
  String runtime(String operator, Map<String, Object> attributes, String... inputs) {
    return nodes(operator, ModelFile.RUNTIME, 1, attributes, inputs).get(0);
  }

  List<String> nodes(
      String operator,
      String domain,
      int outputs,
      Map<String, Object> attributes,
      String... inputs) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      names.add("r" + results++);
    }
    file.node(operator, domain, List.of(inputs), names, attributes);
    return names;
  }

  /** Returns {@code scale a b}, the last two dimensions of either side exchanged when asked. */
  String product(String a, String b, boolean transposeA, boolean transposeB, double scale) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("transA", transposeA ? 1L : 0L);
    attributes.put("transB", transposeB ? 1L : 0L);
    attributes.put("alpha", (float) scale);
    return runtime("FusedMatMul", attributes, a, b);
  }

  /** Returns {@code x wᵀ} for a weight [out, in]. */
  String linear(String x, String weight) {
    return product(x, weight(weight, x), false, true, 1);
  }

  /** Returns {@code x wᵀ + b} for rows [m, in]. */
  String linear(String x, String weight, String bias) {
    return node("Gemm", Map.of("transB", 1L), x, weight(weight, x), weight(bias));
  }

  /** Returns {@code dy w}, the gradient of {@link #linear}'s input. */
  String linearGradient(String dy, String weight) {
    return node("MatMul", dy, weight(weight, dy));
  }

  String reshape(String x, long... shape) {
    return node("Reshape", x, constant(shape));
  }

  String transpose(String x, long... order) {
    return node("Transpose", Map.of("perm", order), x);
  }

  /** Returns the rows from {@code from} up to {@code to} of each sequence. */
  String rows(String x, long from, long to) {
    return node("Slice", x, constant(from), constant(to), constant(1));
  }

  String sum(String x, long axis) {
    return node("ReduceSum", Map.of("keepdims", 1L), x, constant(axis));
  }
}
