package org.medvilam.trainer.checkpoint;

import java.nio.ByteBuffer;

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

  int bytes() {
    return bytes;
  }

  float read(ByteBuffer data) {
    return switch (this) {
      case F32 -> data.getFloat();
      case F16 -> halfToFloat(data.getShort());
      case BF16 -> Float.intBitsToFloat(data.getShort() << 16);
    };
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
