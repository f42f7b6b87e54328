package org.medvilam.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The tensors of a directory in Hugging Face's layout: one {@code model.safetensors}, or several
 * files with {@code model.safetensors.index.json}, whose {@code weight_map} names the file of each
 * tensor. Files are mapped when their first tensor is asked for.
 */
public final class TensorFiles implements AutoCloseable {
  private static final String INDEX = CheckpointFiles.WEIGHTS + ".index.json";

  private final Path directory;
  private final Map<String, String> fileOf = new LinkedHashMap<>();
  private final Map<String, Safetensors> open = new LinkedHashMap<>();

  private TensorFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens a directory.
   *
   * @throws CheckpointException if it holds no such tensors, or its index names a file that is
   *     outside or missing
   */
  public static TensorFiles open(Path directory) throws IOException {
    TensorFiles files = new TensorFiles(directory);
    Path index = directory.resolve(INDEX);
    if (Files.isRegularFile(index)) {
      JsonNode map =
          CheckpointFiles.parseCard(index.toString(), Files.readAllBytes(index)).path("weight_map");
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        files.fileOf.put(entry.getKey(), checked(index, entry.getValue().asText()));
      }
    } else if (Files.isRegularFile(directory.resolve(CheckpointFiles.WEIGHTS))) {
      for (String name : files.file(CheckpointFiles.WEIGHTS).names()) {
        files.fileOf.put(name, CheckpointFiles.WEIGHTS);
      }
    } else {
      throw new CheckpointException(
          "%s holds no weights: expected %s or %s; other forms must be saved as safetensors first."
              .formatted(directory, CheckpointFiles.WEIGHTS, INDEX));
    }
    return files;
  }

  private static String checked(Path index, String file) {
    if (!Path.of(file).equals(Path.of(file).getFileName()) || file.startsWith(".")) {
      throw new CheckpointException("%s names a file outside of its directory.".formatted(index));
    }
    if (!Files.isRegularFile(index.resolveSibling(file))) {
      throw new CheckpointException(
          "%s names the file %s, which is not there; copy the whole model.".formatted(index, file));
    }
    return file;
  }

  private Safetensors file(String name) throws IOException {
    Safetensors file = open.get(name);
    if (file == null) {
      file = Safetensors.open(directory.resolve(name));
      open.put(name, file);
    }
    return file;
  }

  /** Returns whether there is a tensor of that name. */
  public boolean has(String name) {
    return fileOf.containsKey(name);
  }

  /** Returns a tensor, to be read. */
  private Safetensors fileOf(String name) {
    String file = fileOf.get(name);
    if (file == null) {
      throw new CheckpointException(directory + " lacks the tensor " + name + ".");
    }
    try {
      return file(file);
    } catch (IOException e) {
      throw new CheckpointException(
          directory.resolve(file) + " could not be read: " + e.getMessage(), e);
    }
  }

  /**
   * Returns a tensor to compute with, row-major. One that is used as it is stored lies in its file,
   * which must not change; it cannot be written to, and stays when this is closed.
   *
   * @param halves whether half precision is kept; otherwise it becomes single precision
   * @param stored the shape it has in the file
   * @param shape the shape it is given, of as many values
   * @throws CheckpointException if it is missing or has another shape
   */
  public INDArray tensor(String name, boolean halves, long[] stored, long... shape) {
    return fileOf(name).tensor(name, halves, stored, shape);
  }

  /** Returns the CRC-32C of a tensor's bytes. */
  public long checksum(String name) {
    return fileOf(name).checksum(name);
  }

  @Override
  public void close() throws IOException {
    for (Safetensors file : open.values()) {
      file.close();
    }
  }
}
