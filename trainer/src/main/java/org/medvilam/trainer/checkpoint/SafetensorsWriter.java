package org.medvilam.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes safetensors files; a file appears under its name only when it is whole. */
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 16;

  private SafetensorsWriter() {}

  /**
   * Writes tensors in the order of the map.
   *
   * @param file the file, replaced if it exists
   * @param tensors row-major tensors by name
   * @param type how numbers are stored
   */
  public static void write(Path file, Map<String, INDArray> tensors, StoredType type)
      throws IOException {
    byte[] header = header(tensors, type);
    Path half = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel out =
        FileChannel.open(
            half,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      writeAll(out, length.putLong(header.length).flip());
      writeAll(out, ByteBuffer.wrap(header));
      for (INDArray tensor : tensors.values()) {
        writeTensor(out, tensor, type);
      }
      out.force(true);
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] header(Map<String, INDArray> tensors, StoredType type) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    long at = 0;
    for (Map.Entry<String, INDArray> tensor : tensors.entrySet()) {
      ObjectNode node = root.putObject(tensor.getKey());
      node.put("dtype", type.name());
      node.set("shape", mapper.valueToTree(tensor.getValue().shape()));
      long end = at + tensor.getValue().length() * type.bytes();
      node.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    String json = mapper.writeValueAsString(root);
    return (json + " ".repeat((8 - json.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }

  private static void writeTensor(FileChannel out, INDArray tensor, StoredType type)
      throws IOException {
    float[] values = tensor.dup('c').data().asFloat();
    for (int from = 0; from < values.length; from += CHUNK) {
      int to = Math.min(values.length, from + CHUNK);
      ByteBuffer data =
          ByteBuffer.allocate((to - from) * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = from; i < to; i++) {
        type.write(data, values[i]);
      }
      writeAll(out, data.flip());
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      out.write(data);
    }
  }
}
