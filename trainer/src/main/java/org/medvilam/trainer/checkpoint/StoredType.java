package org.medvilam.trainer.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** The number formats this project stores. */
public enum StoredType {
  /** Single precision. */
  F32(4),
  /** Half precision (IEEE 754 binary16). */
  F16(2),
  /** The upper half of single precision. */
  BF16(2);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the type of that name, or null where it is none of these. */
  static @Nullable StoredType of(String name) {
    for (StoredType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return null;
  }

  int bytes() {
    return bytes;
  }

  /** Returns the tensor library's name of it. */
  DataType dataType() {
    return switch (this) {
      case F32 -> DataType.FLOAT;
      case F16 -> DataType.FLOAT16;
      case BF16 -> DataType.BFLOAT16;
    };
  }

  /** Reads numbers up to the limit of the data, in its order of bytes. */
  void read(ByteBuffer data, FloatBuffer into) {
    if (this == F32) {
      into.put(data.asFloatBuffer());
      return;
    }
    short[] halves = new short[data.remaining() / bytes];
    data.asShortBuffer().get(halves);
    float[] values = new float[halves.length];
    if (this == F16) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Halves.VALUES[halves[i] & 0xFFFF];
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.intBitsToFloat(halves[i] << 16);
      }
    }
    into.put(values);
  }

  /** The value of each half, by its bits. */
  private static final class Halves {
    private static final float[] VALUES = new float[1 << 16];

    static {
      for (int bits = 0; bits < VALUES.length; bits++) {
        VALUES[bits] = halfToFloat((short) bits);
      }
    }
  }

  void write(ByteBuffer data, float value) {
    switch (this) {
      case F32 -> data.putFloat(value);
      case F16 -> data.putShort(floatToHalf(value));
      case BF16 -> data.putShort(floatToBrain(value));
    }
  }

  private static float halfToFloat(short half) {
    int bits = half & 0xFFFF;
    int exponent = bits >>> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size;
    if (exponent == 0) {
      size = fraction * 0x1p-24f;
    } else if (exponent == 31) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      size = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
    }
    return bits >>> 15 == 0 ? size : -size;
  }

  /** Rounds to the nearest half, ties to even; too large becomes infinite. */
  private static short floatToHalf(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float size = Math.abs(value);
    int half;
    if (Float.isNaN(value)) {
      half = 0x7E00;
    } else if (size >= 65520f) {
      half = 0x7C00;
    } else if (size < 0x1p-14f) {
      half = (int) Math.rint(size * 0x1p24);
    } else {
      int magnitude = bits & 0x7FFFFFFF;
      int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
      half = (rounded >>> 13) - (112 << 10);
    }
    return (short) (sign | half);
  }

  private static short floatToBrain(float value) {
    if (Float.isNaN(value)) {
      return 0x7FC0;
    }
    int bits = Float.floatToIntBits(value);
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }
}
