package org.medvilam.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medvilam.trainer.checkpoint.CheckpointException;
import org.medvilam.trainer.checkpoint.CheckpointFiles;
import org.medvilam.trainer.checkpoint.Safetensors;
import org.medvilam.trainer.checkpoint.SafetensorsWriter;
import org.medvilam.trainer.checkpoint.StoredType;
import org.medvilam.trainer.nn.AdamW;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The tensors of a training that is not over, kept in single precision so that no bit is lost. */
final class StateTensors {
  private StateTensors() {}

  /** Writes what training changes, and the optimiser's moments. */
  static void write(Path directory, Map<String, INDArray> values, AdamW optimiser, ObjectNode sums)
      throws IOException {
    write(directory, CheckpointFiles.WEIGHTS, values, sums);
    write(directory, CheckpointFiles.OPTIMISER, optimiser.state(), sums);
  }

  /** Takes up what training changes, and the optimiser after so many updates. */
  static void restore(Path directory, Map<String, INDArray> values, AdamW optimiser, int updates)
      throws IOException {
    read(directory.resolve(CheckpointFiles.WEIGHTS), values)
        .forEach((name, kept) -> values.get(name).assign(kept));
    optimiser.restore(
        read(directory.resolve(CheckpointFiles.OPTIMISER), optimiser.state()), updates);
  }

  /**
   * Writes a file of tensors.
   *
   * @param directory the state's directory
   * @param file the file's name
   * @param sums receives the file's SHA-256, for the card
   */
  static void write(Path directory, String file, Map<String, INDArray> tensors, ObjectNode sums)
      throws IOException {
    Path path = directory.resolve(file);
    SafetensorsWriter.write(path, tensors, StoredType.F32);
    sums.put(file, CheckpointFiles.sha256(path));
  }

  /**
   * Reads tensors back.
   *
   * @param like the names and shapes expected
   * @throws CheckpointException if one is missing or has another shape
   */
  static Map<String, INDArray> read(Path file, Map<String, INDArray> like) throws IOException {
    Map<String, INDArray> read = new LinkedHashMap<>();
    try (Safetensors tensors = Safetensors.open(file)) {
      like.forEach(
          (name, own) -> {
            long[] shape = own.shape();
            read.put(name, Nd4j.create(tensors.read(name, shape), shape, 'c'));
          });
    }
    return read;
  }
}
