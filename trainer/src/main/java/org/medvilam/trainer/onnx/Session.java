package org.medvilam.trainer.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph loaded by ONNX Runtime on one thread, so that a sum has one order and a run its bits.
 *
 * <p>The weights are the network's own arrays, which must live as long as the session.
 */
final class Session implements AutoCloseable {
  /**
   * Up to so many bytes of weights are copied into the order that products read best. That takes as
   * much again for the way forward and for the way back, and spares 3 to 7 % of a step.
   */
  private static final long PACKED = 1L << 30;

  private final OrtSession session;
  private final Map<String, OnnxTensor> weights = new LinkedHashMap<>();

  Session(Graph graph) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setMemoryPatternOptimization(false);
      if (size(graph) > PACKED) {
        options.addConfigEntry("session.disable_prepacking", "1");
      }
      if (OnnxRuntime.hasCuda()) {
        options.addCUDA();
      }
      graph.weights().forEach((name, parameter) -> weights.put(name, weight(parameter.value())));
      options.addExternalInitializers(new LinkedHashMap<>(weights));
      session = OnnxRuntime.environment().createSession(graph.bytes(), options);
    } catch (OrtException e) {
      close(weights);
      throw failed(e);
    }
  }

  private static long size(Graph graph) {
    return graph.weights().values().stream()
        .filter(p -> p.value().dataType() == DataType.FLOAT)
        .mapToLong(p -> Float.BYTES * p.value().length())
        .sum();
  }

  /** Runs the graph; the caller closes the result. */
  OrtSession.Result run(Map<String, OnnxTensor> inputs) {
    try {
      return session.run(inputs);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static IllegalStateException failed(OrtException e) {
    return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
  }

  /** Returns a tensor on the memory of a row-major array, which must not be freed before it. */
  static OnnxTensor floats(INDArray array) {
    if (array.ordering() != 'c' || array.isView()) {
      throw new IllegalArgumentException("Expected an array with row-major data of its own");
    }
    try {
      return OnnxTensor.createTensor(
          OnnxRuntime.environment(), array.data().asNioFloat(), array.shape());
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static OnnxTensor weight(INDArray array) {
    return switch (ModelFile.Type.of(array.dataType())) {
      case FLOAT16 -> halves(array, OnnxJavaType.FLOAT16);
      case BFLOAT16 -> halves(array, OnnxJavaType.BFLOAT16);
      default -> floats(array);
    };
  }

  private static OnnxTensor halves(INDArray array, OnnxJavaType type) {
    try {
      return OnnxTensor.createTensor(
          OnnxRuntime.environment(), array.data().asNio(), array.shape(), type);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** Returns a tensor on a copy of values. */
  static OnnxTensor floats(float[] values, long... shape) {
    try {
      return OnnxTensor.createTensor(OnnxRuntime.environment(), FloatBuffer.wrap(values), shape);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static OnnxTensor number(float value) {
    return floats(new float[] {value}, 1);
  }

  /** Returns a copy of an output's values. */
  static float[] values(OrtSession.Result result, String name) {
    FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  static OnnxTensor integers(int[] values, long... shape) {
    LongBuffer buffer = LongBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put(value);
    }
    try {
      return OnnxTensor.createTensor(OnnxRuntime.environment(), buffer.flip(), shape);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  static void close(Map<String, OnnxTensor> tensors) {
    tensors.values().forEach(OnnxTensor::close);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      close(weights);
    }
  }
}
