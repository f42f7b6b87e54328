package org.medvilam.imaging.volume;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.medvilam.records.store.LocalStore;

/** Files of volumes made in code, below a folder. */
final class Written {
  private final Path root;

  Written(Path root) {
    this.root = root;
  }

  LocalStore store() {
    return LocalStore.of(root);
  }

  /** Writes a file and returns its path. */
  String bytes(String path, byte[]... parts) {
    try (OutputStream out = store().write(path)) {
      for (byte[] part : parts) {
        out.write(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  String text(String path, String text) {
    return bytes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  void delete(String path) {
    try {
      Files.delete(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Volume read(String path) {
    try {
      return Volumes.read(store(), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  VolumeInfo probe(String path) {
    try {
      return Volumes.probe(store(), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the reason why a volume cannot be read, or nothing where it can. */
  String reason(String path) {
    try {
      read(path);
      return "";
    } catch (UnreadableVolumeException e) {
      return e.reason();
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns 0, 1, 2, ... as bytes. */
  static byte[] counting(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  /** Returns 0, 1, 2, ... as voxels. */
  static byte[] counting(int count, VoxelType type, ByteOrder order) {
    ByteBuffer voxels = ByteBuffer.allocate(count * type.bytes()).order(order);
    for (int i = 0; i < count; i++) {
      type.put(voxels, i, i);
    }
    return voxels.array();
  }

  /** Wraps a stream into one that compresses. */
  private interface Compressor {
    OutputStream wrap(OutputStream out) throws IOException;
  }

  static byte[] gzip(byte[] bytes) {
    return compressed(bytes, GZIPOutputStream::new);
  }

  static byte[] zlib(byte[] bytes) {
    return compressed(bytes, DeflaterOutputStream::new);
  }

  static byte[] bzip2(byte[] bytes) {
    return compressed(bytes, BZip2CompressorOutputStream::new);
  }

  private static byte[] compressed(byte[] bytes, Compressor compressor) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = compressor.wrap(out)) {
      packed.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] joined(byte[] a, byte[] b) {
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }

  /** Returns a MetaImage header of a grid, ready for the line of the data file. */
  static String metaImage(VolumeGrid grid, String elementType) {
    StringBuilder matrix = new StringBuilder();
    for (Vector3 step : new Vector3[] {grid.di(), grid.dj(), grid.dk()}) {
      Vector3 unit = step.times(1 / step.length());
      matrix.append(" %s %s %s".formatted(unit.x(), unit.y(), unit.z()));
    }
    Vector3 origin = grid.origin();
    return """
        ObjectType = Image
        NDims = 3
        BinaryData = True
        BinaryDataByteOrderMSB = False
        TransformMatrix =%s
        Offset = %s %s %s
        ElementSpacing = %s %s %s
        DimSize = %d %d %d
        ElementType = %s
        """
        .formatted(
            matrix,
            origin.x(),
            origin.y(),
            origin.z(),
            grid.spacing().get(0),
            grid.spacing().get(1),
            grid.spacing().get(2),
            grid.ni(),
            grid.nj(),
            grid.nk(),
            elementType);
  }

  /** Returns an NRRD header of a grid in a space, ready for the empty line. */
  static String nrrd(VolumeGrid grid, String type, String space) {
    int x = space.contains("right") ? -1 : 1;
    int y = space.contains("anterior") ? -1 : 1;
    StringBuilder vectors = new StringBuilder();
    for (Vector3 v : new Vector3[] {grid.di(), grid.dj(), grid.dk()}) {
      vectors.append(" (%s,%s,%s)".formatted(x * v.x(), y * v.y(), v.z()));
    }
    return """
        NRRD0004
        # a comment
        type: %s
        dimension: 3
        space: %s
        sizes: %d %d %d
        space directions:%s
        kinds: domain domain domain
        endian: little
        space origin: (%s,%s,%s)
        """
        .formatted(
            type,
            space,
            grid.ni(),
            grid.nj(),
            grid.nk(),
            vectors,
            x * grid.origin().x(),
            y * grid.origin().y(),
            grid.origin().z());
  }
}
