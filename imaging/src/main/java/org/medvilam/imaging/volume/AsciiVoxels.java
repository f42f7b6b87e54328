package org.medvilam.imaging.volume;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decimal numbers as voxels, big-endian.
 *
 * <p>Numbers are apart by white space or commas, as Teem reads them. Integers must fit the type.
 */
final class AsciiVoxels extends InputStream {
  private static final int LONGEST = 64;

  private final InputStream text;
  private final VoxelType type;
  private final ByteBuffer voxel;

  AsciiVoxels(InputStream text, VoxelType type) {
    this.text = text;
    this.type = type;
    this.voxel = ByteBuffer.allocate(type.bytes());
    voxel.position(voxel.limit());
  }

  @Override
  public int read() throws IOException {
    return voxel.hasRemaining() || next() ? voxel.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int count = 0;
    while (count < length && (voxel.hasRemaining() || next())) {
      int some = Math.min(length - count, voxel.remaining());
      voxel.get(to, offset + count, some);
      count += some;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private boolean next() throws IOException {
    String word = word();
    if (word.isEmpty()) {
      return false;
    }
    try {
      store(word);
    } catch (NumberFormatException e) {
      throw new IOException("a word that is no number of type " + type, e);
    }
    voxel.rewind();
    return true;
  }

  private String word() throws IOException {
    int c = text.read();
    while (c >= 0 && separates(c)) {
      c = text.read();
    }
    StringBuilder word = new StringBuilder();
    while (c >= 0 && !separates(c)) {
      if (word.length() == LONGEST) {
        throw new IOException("a word of more than %d letters".formatted(LONGEST));
      }
      word.append((char) c);
      c = text.read();
    }
    return word.toString();
  }

  private static boolean separates(int c) {
    return c <= ' ' || c == ',';
  }

  private void store(String word) {
    if (type == VoxelType.UINT64) {
      voxel.putLong(0, Long.parseUnsignedLong(word));
    } else if (type == VoxelType.INT64) {
      voxel.putLong(0, Long.parseLong(word));
    } else if (type.isInteger()) {
      long value = Long.parseLong(word);
      type.put(voxel, 0, (double) value);
      if (type.getLong(voxel, 0) != value) {
        throw new NumberFormatException("out of range");
      }
    } else {
      type.put(voxel, 0, Numbers.real(word));
    }
  }
}
