package org.medvilam.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A safetensors file opened for reading: eight bytes of header length (little endian), a JSON
 * header of names, types, shapes and offsets, then the data.
 *
 * <p>Files are mapped, one tensor at a time, so a tensor costs no more memory than itself.
 */
public final class Safetensors implements AutoCloseable {
  private static final int LENGTH_BYTES = 8;
  private static final long LARGEST_HEADER = 100_000_000;

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
    long header = region.at(0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (header < 2 || header > LARGEST_HEADER || header > size - LENGTH_BYTES) {
      throw new CheckpointException(
          origin
              + " is not a whole safetensors file: its header should have "
              + header
              + " bytes and the file has "
              + size
              + ".");
    }
    entries = entries(region.at(LENGTH_BYTES, header), LENGTH_BYTES + header, size);
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
      Region region = (from, length) -> channel.map(FileChannel.MapMode.READ_ONLY, from, length);
      return new Safetensors(file.toString(), region, channel.size(), channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads the content of a file held in memory; {@code origin} names it in messages. */
  public static Safetensors of(String origin, byte[] content) {
    Region region =
        (from, length) ->
            ByteBuffer.wrap(content, Math.toIntExact(from), Math.toIntExact(length)).slice();
    try {
      return new Safetensors(origin, region, content.length, () -> {});
    } catch (IOException e) {
      throw new CheckpointException(origin + " could not be read: " + e.getMessage(), e);
    }
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
    StoredType type =
        Arrays.stream(StoredType.values())
            .filter(t -> t.name().equals(node.path("dtype").asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    new CheckpointException(
                        String.format(
                            "%s stores %s as %s; only F32, F16 and BF16 can be read.",
                            origin, name, node.path("dtype").asText())));
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
    if (from < dataStart || to - from != count * type.bytes()) {
      throw new CheckpointException(
          String.format("%s gives %s a size that does not fit its shape.", origin, name));
    }
    return new Entry(type, shape, from, to - from);
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
    CRC32C sum = new CRC32C();
    sum.update(data(entries.get(name)));
    return sum.getValue();
  }

  private ByteBuffer data(Entry entry) {
    try {
      return region.at(entry.from, entry.length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new CheckpointException(origin + " could not be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a tensor, row-major, as single precision.
   *
   * @throws CheckpointException if it is missing or has another shape
   */
  public float[] read(String name, long... shape) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new CheckpointException(origin + " lacks the tensor " + name + ".");
    }
    if (!Arrays.equals(entry.shape, shape)) {
      throw new CheckpointException(
          String.format(
              "%s holds %s with shape %s, but %s was expected.",
              origin, name, Arrays.toString(entry.shape), Arrays.toString(shape)));
    }
    float[] values = new float[Math.toIntExact(entry.length / entry.type.bytes())];
    ByteBuffer data = data(entry);
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.type.read(data);
    }
    return values;
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
    ByteBuffer at(long from, long length) throws IOException;
  }

  private static final class Entry {
    private final StoredType type;
    private final long[] shape;
    private final long from;
    private final long length;

    Entry(StoredType type, long[] shape, long from, long length) {
      this.type = type;
      this.shape = shape;
      this.from = from;
      this.length = length;
    }
  }
}
