package org.medvilam.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A safetensors file opened for reading: eight bytes of header length (little endian), a JSON
 * header of names, types, shapes and offsets, then the data.
 *
 * <p>Files are mapped, one tensor at a time. A tensor that is used as it is stored takes no memory
 * but the pages of its file, which must not change as long as it is used.
 */
public final class Safetensors implements AutoCloseable {
  private static final int LENGTH_BYTES = 8;
  private static final long LARGEST_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 18;

  private final String origin;
  private final Region region;
  private final AutoCloseable resource;
  private final Map<String, Entry> entries;

  private Safetensors(String origin, Region region, long size, AutoCloseable resource)
      throws IOException {
    this.origin = origin;
    this.region = region;
    this.resource = resource;
    if (size < LENGTH_BYTES) {
      throw new CheckpointException(origin + " is cut short: it has only " + size + " bytes.");
    }
    long header = read(0, LENGTH_BYTES).getLong();
    if (header < 2 || header > LARGEST_HEADER || header > size - LENGTH_BYTES) {
      throw new CheckpointException(
          origin
              + " is not a whole safetensors file: its header should have "
              + header
              + " bytes and the file has "
              + size
              + ".");
    }
    entries = entries(read(LENGTH_BYTES, (int) header), LENGTH_BYTES + header, size);
  }

  /**
   * Opens a file.
   *
   * @throws CheckpointException if it is missing, cut short or no safetensors file
   */
  public static Safetensors open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException("There is no file " + file + ".");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new Safetensors(file.toString(), new FileRegion(channel), channel.size(), channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads the content of a file held in memory; {@code origin} names it in messages. */
  public static Safetensors of(String origin, byte[] content) {
    try {
      Region region = (into, from) -> into.put(content, Math.toIntExact(from), into.remaining());
      return new Safetensors(origin, region, content.length, () -> {});
    } catch (IOException e) {
      throw new CheckpointException(origin + " could not be read: " + e.getMessage(), e);
    }
  }

  private ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    region.read(bytes, from);
    return bytes.flip();
  }

  private Map<String, Entry> entries(ByteBuffer header, long dataStart, long size) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(StandardCharsets.UTF_8.decode(header).toString());
    } catch (IOException e) {
      throw new CheckpointException(origin + " has a header that is not JSON.", e);
    }
    Map<String, Entry> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        found.put(field.getKey(), entry(field.getKey(), field.getValue(), dataStart, size));
      }
    }
    return found;
  }

  private Entry entry(String name, JsonNode node, long dataStart, long size) {
    String written = node.path("dtype").asText();
    StoredType type = StoredType.of(written);
    long[] shape = new long[node.path("shape").size()];
    long count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").path(i).asLong(-1);
      count *= shape[i];
    }
    long from = dataStart + node.path("data_offsets").path(0).asLong(-1);
    long to = dataStart + node.path("data_offsets").path(1).asLong(-1);
    if (to > size) {
      throw new CheckpointException(
          String.format(
              "%s is cut short: %s should end at byte %d and the file has %d.",
              origin, name, to, size));
    }
    if (from < dataStart || to < from || type != null && to - from != count * type.bytes()) {
      throw new CheckpointException(
          String.format("%s gives %s a size that does not fit its shape.", origin, name));
    }
    return new Entry(written, type, shape, from, to - from);
  }

  /** Returns the names of the tensors, in the order of the header. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** Returns where the tensors come from, for messages. */
  public String origin() {
    return origin;
  }

  /** Returns the CRC-32C of a tensor's bytes; the tensor must be there. */
  long checksum(String name) {
    Entry entry = entries.get(name);
    CRC32C sum = new CRC32C();
    inChunks(entry, sum::update);
    return sum.getValue();
  }

  /** Hands on the bytes of a tensor, some at a time, without mapping them. */
  private void inChunks(Entry entry, Consumer<ByteBuffer> user) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (long at = 0; at < entry.length; at += CHUNK) {
        chunk.clear().limit((int) Math.min(CHUNK, entry.length - at));
        region.read(chunk, entry.from + at);
        user.accept(chunk.flip());
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private CheckpointException unreadable(IOException e) {
    return new CheckpointException(origin + " could not be read: " + e.getMessage(), e);
  }

  /**
   * Reads a tensor, row-major, as single precision.
   *
   * @throws CheckpointException if it is missing or has another shape
   */
  public float[] read(String name, long... shape) {
    Entry entry = checked(name, shape);
    float[] values = new float[Math.toIntExact(entry.length / entry.type.bytes())];
    FloatBuffer into = FloatBuffer.wrap(values);
    inChunks(entry, chunk -> entry.type.read(chunk, into));
    return values;
  }

  /**
   * Returns a tensor to compute with, row-major: in single precision, or as it is stored. One that
   * is used as it is stored lies in the file, where that can be; it cannot be written to, and stays
   * when this is closed.
   *
   * @param halves whether half precision is kept
   * @param stored the shape it has in the file
   * @param shape the shape it is given
   * @throws CheckpointException if it is missing or has another shape
   */
  INDArray tensor(String name, boolean halves, long[] stored, long... shape) {
    Entry entry = checked(name, stored);
    boolean kept = entry.type == StoredType.F32 || halves;
    if (kept
        && region instanceof FileRegion file
        && MappedTensor.possible(entry.from, entry.length, entry.type)) {
      try {
        return MappedTensor.of(file.map(entry.from, entry.length), entry.type, shape);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    if (!MappedTensor.onCpu()) {
      return Nd4j.create(read(name, stored), shape, 'c');
    }
    INDArray single = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    FloatBuffer into = single.data().asNioFloat();
    inChunks(entry, chunk -> entry.type.read(chunk, into));
    return single;
  }

  private Entry checked(String name, long... shape) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new CheckpointException(origin + " lacks the tensor " + name + ".");
    }
    if (entry.type == null) {
      throw new CheckpointException(
          String.format(
              "%s stores %s as %s; only F32, F16 and BF16 can be read.",
              origin, name, entry.written));
    }
    if (!Arrays.equals(entry.shape, shape)) {
      throw new CheckpointException(
          String.format(
              "%s holds %s with shape %s, but %s was expected.",
              origin, name, Arrays.toString(entry.shape), Arrays.toString(shape)));
    }
    return entry;
  }

  @Override
  public void close() throws IOException {
    try {
      resource.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @FunctionalInterface
  private interface Region {
    /** Fills the buffer with bytes. */
    void read(ByteBuffer into, long from) throws IOException;
  }

  private record FileRegion(FileChannel channel) implements Region {
    MappedByteBuffer map(long from, long length) throws IOException {
      return channel.map(FileChannel.MapMode.READ_ONLY, from, length);
    }

    @Override
    public void read(ByteBuffer into, long from) throws IOException {
      for (long at = from; into.hasRemaining(); ) {
        int read = channel.read(into, at);
        if (read < 0) {
          throw new EOFException("the file ends at byte " + at);
        }
        at += read;
      }
    }
  }

  private static final class Entry {
    private final String written;
    private final @Nullable StoredType type;
    private final long[] shape;
    private final long from;
    private final long length;

    Entry(String written, @Nullable StoredType type, long[] shape, long from, long length) {
      this.written = written;
      this.type = type;
      this.shape = shape;
      this.from = from;
      this.length = length;
    }
  }
}
