package org.medvilam.converters.item;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.store.Store;

/**
 * A table of a label file, read row by row; cells are found by the name of their column.
 *
 * <p>A byte order mark is skipped, both kinds of line end are accepted, and the last row may lack
 * one. Columns that nobody asks for may be missing or stand twice. A row of another length than the
 * header is given out with its {@linkplain Row#problem problem}; a table that cannot be understood
 * as a whole ends the listing.
 *
 * <pre>{@code
 * try (Table table = Table.open(root, "metadata.csv", List.of("image_id", "dx"))) {
 *   for (Table.Row row = table.next(); row != null; row = table.next()) {
 *     String disease = row.get("dx");
 *   }
 * }
 * }</pre>
 */
public final class Table implements AutoCloseable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String COMMA = ",";
  private static final int SNIFFED = 1 << 12;

  private final String path;
  private final BufferedReader text;
  private final CSVParser csv;
  private final Iterator<CSVRecord> records;
  private final Map<String, Integer> columns = new HashMap<>();
  private List<String> header = List.of();
  private @Nullable CSVRecord first;

  private Table(String path, BufferedReader text, String delimiters) throws IOException {
    this.path = path;
    this.text = text;
    this.csv = CSVFormat.DEFAULT.builder().setDelimiter(sniff(text, delimiters)).get().parse(text);
    this.records = csv.iterator();
  }

  /** A row of a table. */
  public final class Row {
    private final CSVRecord cells;

    private Row(CSVRecord cells) {
      this.cells = cells;
    }

    /** Returns the position in the file, e.g. {@code row 17}; a header is row 1. */
    public String position() {
      return "row " + number();
    }

    /** Returns the number of the row; a header is 1. */
    public long number() {
      return cells.getRecordNumber();
    }

    /**
     * Returns a cell without blanks around it; empty where the row ends before it.
     *
     * @param column a column that was asked for, or one that {@link Table#has}
     */
    public String get(String column) {
      Integer at = columns.get(column);
      if (at == null) {
        throw new IllegalArgumentException(path + " has no column " + column);
      }
      return at < cells.size() ? cells.get(at).strip() : "";
    }

    /** Returns why the row cannot be trusted, in words, or null: it is shorter or longer. */
    public @Nullable String problem() {
      return cells.size() == header.size()
          ? null
          : "expected %d columns, found %d".formatted(header.size(), cells.size());
    }
  }

  /**
   * Opens a table of comma-separated values whose first row names the columns.
   *
   * @param columns columns that must be there, each once
   * @throws ListingException if one is not, or there is no header at all
   */
  public static Table open(Store root, String path, List<String> columns) throws IOException {
    return open(root, path, COMMA, columns);
  }

  /**
   * Opens a table whose first row names the columns.
   *
   * @param delimiters characters that may stand between cells; the commonest in the first row does
   * @param columns columns that must be there, each once
   * @throws ListingException if one is not, or there is no header at all
   */
  public static Table open(Store root, String path, String delimiters, List<String> columns)
      throws IOException {
    return opened(root, path, delimiters, table -> table.readHeader(columns));
  }

  /**
   * Opens a table of comma-separated values that has no header, unless somebody added one.
   *
   * @param columns names to give to the columns, from the left
   * @param isHeader tells from the first cell whether the first row is a header, to be skipped
   */
  public static Table openHeaderless(
      Store root, String path, List<String> columns, Predicate<String> isHeader)
      throws IOException {
    return opened(
        root,
        path,
        COMMA,
        table -> {
          table.header = List.copyOf(columns);
          IntStream.range(0, columns.size()).forEach(i -> table.columns.put(columns.get(i), i));
          if (table.hasNext()) {
            CSVRecord first = table.records.next();
            table.first = isHeader.test(first.get(0).strip()) ? null : first;
          }
        });
  }

  /** What is done with a table before it is given out. */
  private interface Start {
    void read(Table table) throws IOException;
  }

  private static Table opened(Store root, String path, String delimiters, Start start)
      throws IOException {
    BufferedReader text =
        new BufferedReader(new InputStreamReader(root.read(path), StandardCharsets.UTF_8));
    try {
      Table table = new Table(path, text, delimiters);
      start.read(table);
      return table;
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  /** Skips a byte order mark, and returns the delimiter that is commonest in the first row. */
  private static char sniff(BufferedReader text, String delimiters) throws IOException {
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    text.mark(SNIFFED);
    int[] counts = new int[delimiters.length()];
    for (int i = 0, c = text.read(); i < SNIFFED - 1 && c >= 0 && c != '\n'; i++, c = text.read()) {
      int known = delimiters.indexOf(c);
      if (known >= 0) {
        counts[known]++;
      }
    }
    text.reset();
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return delimiters.charAt(most);
  }

  private void readHeader(List<String> wanted) throws ListingException {
    if (!hasNext()) {
      throw new ListingException(path, "expected a header, found an empty file");
    }
    List<String> names = new ArrayList<>();
    for (String cell : records.next()) {
      String name = cell.strip();
      if (columns.put(name, names.size()) != null && wanted.contains(name)) {
        throw new ListingException(path, "expected the column " + name + " once, found it twice");
      }
      names.add(name);
    }
    header = List.copyOf(names);
    List<String> missing = wanted.stream().filter(c -> !columns.containsKey(c)).toList();
    if (!missing.isEmpty()) {
      throw new ListingException(
          path,
          "expected the column %s, found the header %s"
              .formatted(String.join(", ", missing), String.join(",", header)));
    }
  }

  private boolean hasNext() throws ListingException {
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

  /** Returns the names of the columns, from the left. */
  public List<String> header() {
    return header;
  }

  /** Tells whether there is a column of a name. */
  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /**
   * Returns the next row, or null after the last.
   *
   * @throws ListingException if the file breaks off inside a quoted cell
   */
  public @Nullable Row next() throws ListingException {
    if (first != null) {
      Row row = new Row(first);
      first = null;
      return row;
    }
    return hasNext() ? new Row(records.next()) : null;
  }

  @Override
  public void close() throws IOException {
    csv.close();
    text.close();
  }
}
