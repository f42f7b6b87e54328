package org.medvilam.trainer.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.javacpp.indexer.Bfloat16Indexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays that lie where a file is mapped; they keep the mapping as long as they live. */
final class MappedTensor {
  private MappedTensor() {}

  /**
   * Tells whether a part of a file can be computed with in place: the processor reads numbers as
   * they are written, from addresses that their size divides, and one mapping holds them.
   */
  static boolean possible(long from, long length, StoredType type) {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
        && from % type.bytes() == 0
        && length <= Integer.MAX_VALUE
        && onCpu();
  }

  /** Tells whether arrays lie in the machine's own memory, where Java can fill them. */
  static boolean onCpu() {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
  }

  static INDArray of(MappedByteBuffer mapped, StoredType type, long... shape) {
    ByteBuffer bytes = mapped.order(ByteOrder.LITTLE_ENDIAN);
    return Nd4j.create(data(bytes, type), shape, Nd4j.getStrides(shape, 'c'), 0, 'c');
  }

  private static DataBuffer data(ByteBuffer bytes, StoredType type) {
    long length = bytes.remaining() / type.bytes();
    if (type == StoredType.F32) {
      FloatPointer pointer = new FloatPointer(bytes.asFloatBuffer());
      return Nd4j.createBuffer(pointer, type.dataType(), length, FloatIndexer.create(pointer));
    }
    ShortPointer pointer = new ShortPointer(bytes.asShortBuffer());
    return Nd4j.createBuffer(
        pointer,
        type.dataType(),
        length,
        type == StoredType.F16 ? HalfIndexer.create(pointer) : Bfloat16Indexer.create(pointer));
  }
}
