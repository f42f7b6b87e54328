package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.RowsByPicture;
import org.medvilam.converters.item.Table;
import org.medvilam.records.Source;
import org.medvilam.records.store.Store;

/**
 * The table of HAM10000, in the forms that its owners hand out: seven columns or eight, separated
 * by commas or, from Dataverse, by tabs.
 *
 * <p>Copies that others saved again under the same name differ in ways that nothing tells: classes
 * spelled out, rows of made-up pictures, other columns. They are refused by their header and first
 * row.
 */
final class Ham10000Table {
  static final List<String> COLUMNS =
      List.of("lesion_id", "image_id", "dx", "dx_type", "age", "sex", "localization");
  static final String NAME = "HAM10000_metadata";

  private static final String ORIGIN = "dataset";
  private static final Pattern LESION = Pattern.compile("HAM_\\d{7}");
  private static final Pattern IMAGE = Pattern.compile("ISIC_\\d{7}");
  private static final List<String> NAMES = List.of(NAME + ".csv", NAME + ".tab", NAME);

  private Ham10000Table() {}

  /** What a row says of its picture: owners' id of the lesion, owners' code of the class. */
  record Row(String lesion, String dx) {}

  /** Why a row cannot be used: a short stable key, and what was expected and found. */
  private record Problem(String reason, String detail) {}

  /** Returns the path of the table, where there is one. */
  static Optional<String> find(Store root) throws IOException {
    for (String name : NAMES) {
      if (root.exists(name) && !root.isFolder(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Returns the first difference from the owners' table, in words. */
  static Optional<String> difference(Store root, String path) throws IOException {
    try (Table table = open(root, path)) {
      Table.Row first = table.next();
      if (first == null) {
        return Optional.of("expected rows after the header, found none");
      }
      return problem(first).map(Problem::detail);
    } catch (ListingException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Table open(Store root, String path) throws IOException {
    Table table = Table.open(root, path, ",\t", COLUMNS);
    List<String> more = new ArrayList<>(table.header());
    more.removeAll(COLUMNS);
    more.remove(ORIGIN);
    if (!more.isEmpty()) {
      table.close();
      throw new ListingException(
          path,
          "expected the columns %s and at most %s, found '%s' besides"
              .formatted(String.join(", ", COLUMNS), ORIGIN, String.join("', '", more)));
    }
    return table;
  }

  /** Reads the table. */
  static RowsByPicture<Row> read(String dataset, Store root, String path, ItemSink sink)
      throws IOException {
    RowsByPicture<Row> rows = new RowsByPicture<>(dataset, sink);
    try (Table table = open(root, path)) {
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        Source where = new Source(path, row.position());
        String id = row.get("image_id");
        Optional<Problem> problem = problem(row);
        if (problem.isEmpty()) {
          rows.add(id, where, new Row(row.get("lesion_id"), row.get("dx")));
        } else {
          rows.addBroken(id, where, problem.get().reason(), problem.get().detail());
        }
      }
    }
    return rows;
  }

  private static Optional<Problem> problem(Table.Row row) {
    if (row.problem() != null) {
      return Optional.of(new Problem("wrong-columns", row.problem()));
    }
    if (!IMAGE.matcher(row.get("image_id")).matches()) {
      return problem(row, "image_id", "bad-image-id", "an id such as ISIC_0027419");
    }
    if (!LESION.matcher(row.get("lesion_id")).matches()) {
      return problem(row, "lesion_id", "bad-lesion-id", "an id such as HAM_0000118");
    }
    return Ham10000.CLASSES.containsKey(row.get("dx"))
        ? Optional.empty()
        : problem(
            row, "dx", "unknown-class", "one of " + String.join(", ", Ham10000.CLASSES.keySet()));
  }

  private static Optional<Problem> problem(
      Table.Row row, String column, String reason, String expected) {
    return Optional.of(
        new Problem(
            reason, "expected %s in %s, found '%s'".formatted(expected, column, row.get(column))));
  }
}
