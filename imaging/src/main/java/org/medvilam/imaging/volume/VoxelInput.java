package org.medvilam.imaging.volume;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.store.Store;

/**
 * The voxels of a file in the order of the disk.
 *
 * <p>Decoding goes no further than the header declares, but for {@link #SLACK} bytes: compressed
 * data is read to its end, so that its checksum is compared. What is longer by no more is
 * tolerated, as nibabel, MetaIO and Teem do; raw data may be longer by any amount, as it costs
 * nothing.
 */
final class VoxelInput implements AutoCloseable {
  /** Decoded bytes that may follow the voxels in compressed data. */
  static final long SLACK = 1 << 20;

  /** Bytes that may be stepped over to reach the voxels. */
  static final long MAX_SKIP = 64 << 20;

  private static final int BUFFER = 1 << 16;

  private final Store store;
  private final VolumeFile file;
  private final byte[] scratch = new byte[BUFFER];
  private int next;
  private long left;
  private @Nullable Part part;

  /** A file and its decoder. */
  private record Part(StoredFile stored, InputStream voxels) {}

  /** Opens the first file at its first voxel. */
  VoxelInput(Store store, VolumeFile file) throws IOException {
    this.store = store;
    this.file = file;
    try {
      turn();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Checks that the first file is long enough to hold what the header declares, without decoding:
   * memory is then asked for in vain only where the data is broken.
   */
  static void checkLength(Store store, VolumeFile file) throws IOException {
    VoxelData data = file.data();
    String path = data.files().get(0);
    try (StoredFile stored = StoredFile.open(store, path)) {
      long found = length(stored, Long.MAX_VALUE) - data.fileSkip();
      long expected = data.encoding().leastStored(file.partBytes(), file.info().type());
      if (found < expected) {
        throw UnreadableVolumeException.truncated(
            path, "expected at least %d bytes of voxels, found %d".formatted(expected, found));
      }
    }
  }

  /** Reads voxels. */
  void read(byte[] to) throws IOException {
    int done = 0;
    while (done < to.length) {
      int length = (int) Math.min(to.length - done, available());
      decode(to, done, length);
      done += length;
      left -= length;
    }
  }

  /** Steps over voxels. */
  void skip(long bytes) throws IOException {
    long togo = bytes;
    while (togo > 0) {
      long length = Math.min(togo, available());
      step(current(), length);
      togo -= length;
      left -= length;
    }
  }

  /** Reads on to the end of the file, once all voxels are read. */
  void finish() throws IOException {
    if (left == 0 && file.data().encoding().isCompressed()) {
      Part at = current();
      try {
        long more = 0;
        for (int n = at.voxels.read(scratch); n >= 0; n = at.voxels.read(scratch)) {
          more += n;
          if (more > SLACK) {
            throw tooLong();
          }
        }
      } catch (IOException | RuntimeException e) {
        throw translated(at, e);
      }
    }
  }

  private long available() throws IOException {
    if (left == 0) {
      turn();
    }
    return left;
  }

  /** Goes on to the next file. */
  private void turn() throws IOException {
    if (part != null) {
      finish();
    }
    close();
    String path = file.data().files().get(next++);
    long skip = file.data().byteSkip();
    part = open(path);
    if (skip < 0) {
      long length = decodedLength(part);
      long expected = file.partBytes() - skip - 1;
      if (length < expected) {
        throw UnreadableVolumeException.truncated(
            path, "expected %d bytes before the end, found %d".formatted(expected, length));
      }
      close();
      part = open(path);
      skip = length - expected;
    }
    step(part, skip);
    left = file.partBytes();
  }

  private Part open(String path) throws IOException {
    StoredFile stored = StoredFile.open(store, path);
    BufferedInputStream in = new BufferedInputStream(stored, BUFFER);
    try {
      in.skipNBytes(file.data().fileSkip());
      for (long line = 0; line < file.data().lineSkip(); line++) {
        skipLine(in);
      }
      return new Part(stored, file.data().encoding().decode(in, file.info().type()));
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw stored.trouble(e);
    }
  }

  private static void skipLine(InputStream in) throws IOException {
    int c = in.read();
    while (c != '\n') {
      if (c < 0) {
        throw new EOFException("lines");
      }
      c = in.read();
    }
  }

  private long decodedLength(Part at) throws IOException {
    boolean compressed = file.data().encoding().isCompressed();
    long most = compressed ? file.partBytes() + MAX_SKIP : Long.MAX_VALUE;
    try {
      long length = length(at.voxels, most);
      if (length >= most) {
        throw tooLong();
      }
      return length;
    } catch (IOException | RuntimeException e) {
      throw translated(at, e);
    }
  }

  /** Steps over a stream to its end or beyond {@code most} bytes, and returns how many it had. */
  private static long length(InputStream in, long most) throws IOException {
    long length = 0;
    while (length < most) {
      long some = in.skip(1 << 30);
      if (some == 0 && in.read() < 0) {
        return length;
      }
      length += Math.max(1, some);
    }
    return length;
  }

  private void step(Part at, long bytes) throws IOException {
    try {
      if (file.data().encoding() == Encoding.RAW) {
        at.voxels.skipNBytes(bytes);
        return;
      }
      for (long togo = bytes; togo > 0; ) {
        int some = at.voxels.read(scratch, 0, (int) Math.min(togo, scratch.length));
        if (some < 0) {
          throw new EOFException();
        }
        togo -= some;
      }
    } catch (IOException | RuntimeException e) {
      throw translated(at, e);
    }
  }

  private void decode(byte[] to, int offset, int length) throws IOException {
    Part at = current();
    try {
      if (at.voxels.readNBytes(to, offset, length) < length) {
        throw new EOFException();
      }
    } catch (IOException | RuntimeException e) {
      throw translated(at, e);
    }
  }

  /** Broken files make decoders throw nearly anything. */
  private static UnreadableVolumeException translated(Part at, Exception thrown)
      throws IOException {
    return thrown instanceof UnreadableVolumeException known ? known : at.stored.trouble(thrown);
  }

  private UnreadableVolumeException tooLong() {
    return UnreadableVolumeException.tooLarge(
        file.path(),
        "expected %d bytes of voxels as the header declares, found data that goes on and on"
            .formatted(file.partBytes()));
  }

  private Part current() {
    if (part == null) {
      throw new IllegalStateException("closed");
    }
    return part;
  }

  @Override
  public void close() throws IOException {
    if (part != null) {
      part.voxels.close();
      part = null;
    }
  }
}
