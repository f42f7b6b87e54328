package org.medvilam.evaluation.prediction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.medvilam.records.codec.RecordJson;

/**
 * {@code predictions.jsonl}: one {@code {"id": "…", "answer": "…"}} per line, UTF-8.
 *
 * <p>Other fields are ignored and blank lines skipped.
 */
public final class PredictionFile {
  private static final ObjectReader READER = RecordJson.mapper().readerFor(Prediction.class);
  private static final ObjectWriter WRITER = RecordJson.mapper().writerFor(Prediction.class);

  private PredictionFile() {}

  /**
   * Reads a whole file, in its order.
   *
   * @throws IOException if the file cannot be read; a line that is no prediction is named
   */
  public static List<Prediction> read(Path file) throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int number = 1;
      for (String line = in.readLine(); line != null; line = in.readLine(), number++) {
        if (!line.isBlank()) {
          predictions.add(parse(line, file, number));
        }
      }
    }
    return List.copyOf(predictions);
  }

  /** Writes predictions in the given order, replacing the file. */
  public static void write(Path file, Iterable<Prediction> predictions) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Prediction prediction : predictions) {
        out.write(WRITER.writeValueAsString(prediction));
        out.write('\n');
      }
    }
  }

  private static Prediction parse(String line, Path file, int number) throws IOException {
    try {
      return READER.readValue(line);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s line %d: expected {\"id\": \"…\", \"answer\": \"…\"}, found: %s"
              .formatted(file, number, e.getOriginalMessage()),
          e);
    }
  }
}
