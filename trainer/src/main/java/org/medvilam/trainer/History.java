package org.medvilam.trainer;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.medvilam.trainer.checkpoint.CheckpointException;

/** What every step of a run gave, and which projection was the best on the validation examples. */
final class History {
  /** The table in a checkpoint: a row for each step. */
  static final String FILE = "history.csv";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader("step", "loss", "rate", "gradient_norm", "validation_loss", "seconds")
          .setRecordSeparator('\n')
          .get();

  private final List<Row> rows = new ArrayList<>();

  /**
   * A step.
   *
   * @param step its number, the first is 1
   * @param loss the loss before the update, in nats an answer token
   * @param rate the learning rate
   * @param gradientNorm the gradient's norm before clipping
   * @param validationLoss the validation loss after the update, or NaN where none was computed
   * @param seconds the time since the run began, without the time a broken-off run lay idle
   */
  record Row(
      int step,
      double loss,
      double rate,
      double gradientNorm,
      double validationLoss,
      double seconds) {}

  void add(Row row) {
    rows.add(row);
  }

  int steps() {
    return rows.size();
  }

  List<Row> rows() {
    return Collections.unmodifiableList(rows);
  }

  List<Double> losses() {
    return rows.stream().map(Row::loss).toList();
  }

  /** Returns the time of training so far, in seconds. */
  double seconds() {
    return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).seconds();
  }

  /** Returns the first step with the least validation loss, or 0 where none was validated. */
  int bestStep() {
    Row best = null;
    for (Row row : rows) {
      if (!Double.isNaN(row.validationLoss)
          && (best == null || row.validationLoss < best.validationLoss)) {
        best = row;
      }
    }
    return best == null ? 0 : best.step;
  }

  /** Returns how many validations came after the best one. */
  int validationsSinceBest() {
    int best = bestStep();
    return (int)
        rows.stream().filter(r -> r.step > best && !Double.isNaN(r.validationLoss)).count();
  }

  /** Opens a table that grows; the rows so far are written at once. */
  CSVPrinter open(Path file) throws IOException {
    CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), FORMAT);
    for (Row row : rows) {
      print(printer, row);
    }
    printer.flush();
    return printer;
  }

  static void print(CSVPrinter printer, Row row) throws IOException {
    printer.printRecord(
        row.step,
        row.loss,
        row.rate,
        row.gradientNorm,
        Double.isNaN(row.validationLoss) ? "" : row.validationLoss,
        row.seconds);
  }

  /**
   * Reads the table back, to the same bits.
   *
   * @throws CheckpointException if it is missing or no such table
   */
  static History read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException("There is no file " + file + ".");
    }
    History history = new History();
    try (Reader in = Files.newBufferedReader(file);
        CSVParser parser = CSVParser.parse(in, FORMAT.builder().setSkipHeaderRecord(true).get())) {
      for (CSVRecord line : parser) {
        history.add(row(line));
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new CheckpointException(file + " is not a table of training steps.", e);
    }
    return history;
  }

  private static Row row(CSVRecord line) {
    String validation = line.get("validation_loss");
    return new Row(
        Integer.parseInt(line.get("step")),
        Double.parseDouble(line.get("loss")),
        Double.parseDouble(line.get("rate")),
        Double.parseDouble(line.get("gradient_norm")),
        validation.isEmpty() ? Double.NaN : Double.parseDouble(validation),
        Double.parseDouble(line.get("seconds")));
  }
}
