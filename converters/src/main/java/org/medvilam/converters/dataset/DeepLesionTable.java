package org.medvilam.converters.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.medvilam.converters.item.ListingException;
import org.medvilam.records.store.Store;

/** Streams DeepLesion's table, row by row. */
final class DeepLesionTable {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private DeepLesionTable() {}

  /** Takes rows. */
  interface Rows {
    /** Takes a row, whether it can be used or not. */
    void row(DeepLesionRow row) throws IOException;
  }

  /**
   * Reads the table.
   *
   * @throws ListingException if a column is missing, or the file breaks off inside a quoted cell
   */
  static void read(Store root, String path, Rows rows) throws IOException {
    try (BufferedReader text =
            new BufferedReader(new InputStreamReader(root.read(path), StandardCharsets.UTF_8));
        CSVParser csv = CSVFormat.DEFAULT.parse(text)) {
      Iterator<CSVRecord> records = csv.iterator();
      if (!hasNext(records, csv, path)) {
        throw new ListingException(path, "expected a header, found an empty file");
      }
      CSVRecord header = records.next();
      Map<String, Integer> columns = columns(header, path);
      while (hasNext(records, csv, path)) {
        rows.row(row(records.next(), columns, header.size()));
      }
    }
  }

  private static boolean hasNext(Iterator<CSVRecord> records, CSVParser csv, String path)
      throws ListingException {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw new ListingException(
          path,
          "expected a whole table, found a break near line %d: %s; if the file is cut, fetch it again"
              .formatted(csv.getCurrentLineNumber(), e.getCause().getMessage()),
          e);
    }
  }

  private static Map<String, Integer> columns(CSVRecord header, String path)
      throws ListingException {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).replace(BYTE_ORDER_MARK, "").strip();
      if (columns.put(name, i) != null && DeepLesionRow.COLUMNS.contains(name)) {
        throw new ListingException(path, "expected the column " + name + " once, found it twice");
      }
    }
    List<String> missing =
        DeepLesionRow.COLUMNS.stream().filter(c -> !columns.containsKey(c)).toList();
    if (!missing.isEmpty()) {
      throw new ListingException(
          path,
          "expected the column %s, found the header %s"
              .formatted(String.join(", ", missing), String.join(",", header)));
    }
    return columns;
  }

  private static DeepLesionRow row(CSVRecord row, Map<String, Integer> columns, int width) {
    long number = row.getRecordNumber();
    if (row.size() == width) {
      return DeepLesionRow.of(number, column -> row.get(columns.get(column)));
    }
    int name = columns.get("File_name");
    return DeepLesionRow.broken(
        name < row.size() ? row.get(name).strip() : "",
        number,
        "wrong-columns",
        "expected %d columns, found %d".formatted(width, row.size()));
  }
}
