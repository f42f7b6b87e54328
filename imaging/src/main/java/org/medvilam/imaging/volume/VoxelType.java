package org.medvilam.imaging.volume;

import java.nio.ByteBuffer;

/** How a voxel is stored. */
public enum VoxelType {
  /** Signed byte. */
  INT8(1),
  /** Unsigned byte. */
  UINT8(1),
  /** Signed integer of 16 bits. */
  INT16(2),
  /** Unsigned integer of 16 bits. */
  UINT16(2),
  /** Signed integer of 32 bits. */
  INT32(4),
  /** Unsigned integer of 32 bits. */
  UINT32(4),
  /** Signed integer of 64 bits. */
  INT64(8),
  /** Unsigned integer of 64 bits. */
  UINT64(8),
  /** IEEE number of 32 bits. */
  FLOAT32(4),
  /** IEEE number of 64 bits. */
  FLOAT64(8);

  private final int bytes;

  VoxelType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the number of bytes of a voxel. */
  public int bytes() {
    return bytes;
  }

  /** Tells whether voxels are integers. */
  public boolean isInteger() {
    return this != FLOAT32 && this != FLOAT64;
  }

  /**
   * Returns the voxel at a position of a buffer, in the buffer's byte order.
   *
   * <p>Exact but for integers of 64 bits beyond 2^53; see {@link #getLong}.
   *
   * @param index position in voxels, not bytes
   */
  public double get(ByteBuffer voxels, int index) {
    return switch (this) {
      case INT8 -> voxels.get(index);
      case UINT8 -> voxels.get(index) & 0xff;
      case INT16 -> voxels.getShort(2 * index);
      case UINT16 -> voxels.getShort(2 * index) & 0xffff;
      case INT32 -> voxels.getInt(4 * index);
      case UINT32 -> voxels.getInt(4 * index) & 0xffffffffL;
      case INT64 -> voxels.getLong(8 * index);
      case UINT64 -> unsigned(voxels.getLong(8 * index));
      case FLOAT32 -> voxels.getFloat(4 * index);
      case FLOAT64 -> voxels.getDouble(8 * index);
    };
  }

  /** Halves the number, so that it fits, keeping the last bit for rounding. */
  private static double unsigned(long bits) {
    return bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
  }

  /**
   * Returns the integer at a position of a buffer, in the buffer's byte order; unsigned integers of
   * 64 bits by their bits.
   *
   * @param index position in voxels, not bytes
   * @throws UnsupportedOperationException if voxels are no integers
   */
  public long getLong(ByteBuffer voxels, int index) {
    return switch (this) {
      case INT64, UINT64 -> voxels.getLong(8 * index);
      case FLOAT32, FLOAT64 ->
          throw new UnsupportedOperationException("voxels must be integers, but were: " + this);
      default -> (long) get(voxels, index);
    };
  }

  /**
   * Stores a voxel at a position of a buffer, in the buffer's byte order; fractions and what is out
   * of range are cut off as Java's casts do.
   *
   * @param index position in voxels, not bytes
   */
  public void put(ByteBuffer voxels, int index, double value) {
    switch (this) {
      case INT8, UINT8 -> voxels.put(index, (byte) value);
      case INT16, UINT16 -> voxels.putShort(2 * index, (short) value);
      case INT32, UINT32 -> voxels.putInt(4 * index, (int) (long) value);
      case INT64, UINT64 -> voxels.putLong(8 * index, (long) value);
      case FLOAT32 -> voxels.putFloat(4 * index, (float) value);
      case FLOAT64 -> voxels.putDouble(8 * index, value);
    }
  }
}
