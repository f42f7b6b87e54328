package org.medvilam.trainer.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medvilam.trainer.nn.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph loaded by ONNX Runtime on one thread, so that a sum has one order and a run its bits.
 *
 * <p>The weights are the network's own arrays, which must live as long as the session. One that is
 * forgotten is freed with the garbage.
 */
final class Session implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  /**
   * Up to this many bytes of weights the runtime may keep copies in the order of its products, one
   * for each way that a weight is used: a step of width 512 gains a seventh, and takes 1.6 times
   * the weights' memory more.
   */
  private static final long PACKED_BYTES = 1L << 30;

  /** What several threads compute at once needs so much memory more for each. */
  private static final long SMALL = 1L << 30;

  private final OrtSession session;
  private final Cleaner.Cleanable memory;

  Session(Graph graph) {
    Map<String, OnnxTensor> weights = new LinkedHashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setMemoryPatternOptimization(false);
      if (OnnxRuntime.hasCuda()) {
        options.addCUDA();
      }
      if (graph.weightBytes() > PACKED_BYTES) {
        options.addConfigEntry("session.disable_prepacking", "1");
      }
      graph.weights().forEach((name, parameter) -> weights.put(name, weight(parameter.value())));
      options.addExternalInitializers(new LinkedHashMap<>(weights));
      session = OnnxRuntime.environment().createSession(graph.bytes(), options);
      memory = CLEANER.register(this, new Memory(session, weights));
    } catch (OrtException e) {
      close(weights);
      throw failed(e);
    }
  }

  /** Tells whether a network is so small that several threads may compute with it at once. */
  static boolean isSmall(Network network) {
    return network.bytes() <= SMALL;
  }

  /** Runs the graph; the caller closes the result. */
  OrtSession.Result run(Map<String, OnnxTensor> inputs) {
    try {
      return session.run(inputs);
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  static IllegalStateException failed(OrtException e) {
    return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
  }

  /** Returns a tensor on the memory of a row-major array, which must not be freed before it. */
  static OnnxTensor floats(INDArray array) {
    return floats(own(array), array.shape());
  }

  private static FloatBuffer own(INDArray array) {
    if (array.ordering() != 'c' || array.isView()) {
      throw new IllegalArgumentException("Expected an array with row-major data of its own");
    }
    return array.data().asNioFloat();
  }

  private static OnnxTensor floats(FloatBuffer values, long... shape) {
    try {
      return OnnxTensor.createTensor(OnnxRuntime.environment(), values, shape);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * Returns a tensor on the memory of some of a matrix's rows, which must not be freed before it.
   */
  static OnnxTensor floats(INDArray matrix, int from, int to) {
    int width = matrix.columns();
    return floats(own(matrix).position(from * width).limit(to * width), to - from, width);
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
    return floats(FloatBuffer.wrap(values), shape);
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
    memory.clean();
  }

  /** What a session holds outside of the heap. */
  private record Memory(OrtSession session, Map<String, OnnxTensor> weights) implements Runnable {
    @Override
    public void run() {
      try {
        session.close();
      } catch (OrtException e) {
        throw failed(e);
      } finally {
        Session.close(weights);
      }
    }
  }
}
