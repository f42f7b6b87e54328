package org.medvilam.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVPrinter;

/** The steps of a run as a table and as a file for TensorBoard, in one directory. */
final class TrainingLog implements AutoCloseable {
  private final CSVPrinter table;
  private final EventFile events;

  /** Opens the log and writes the steps already done; files of an earlier run are replaced. */
  TrainingLog(Path directory, History history) throws IOException {
    Files.createDirectories(directory);
    table = history.open(directory.resolve(History.FILE));
    try {
      events = new EventFile(directory.resolve(EventFile.FILE));
      for (History.Row row : history.rows()) {
        events.add(row);
      }
    } catch (IOException e) {
      table.close();
      throw e;
    }
  }

  void add(History.Row row) throws IOException {
    History.print(table, row);
    table.flush();
    events.add(row);
  }

  @Override
  public void close() throws IOException {
    try {
      table.close();
    } finally {
      events.close();
    }
  }
}
