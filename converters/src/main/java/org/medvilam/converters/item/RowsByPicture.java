package org.medvilam.converters.item;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;

/**
 * What the rows of a table say of pictures, one row a picture.
 *
 * <p>Every row ends with its picture or in a rejection. Memory: the rows.
 *
 * @param <T> what a row says; equal values make equal rows
 */
public final class RowsByPicture<T> {
  private final String dataset;
  private final ItemSink sink;
  private final Map<String, Row<T>> rows = new TreeMap<>();

  /**
   * What a row says of its picture.
   *
   * @param source where the row stands
   * @param value what it says, or null where there is a problem
   * @param problem why it cannot be used, as a rejection of the picture, or null
   */
  public record Row<T>(Source source, @Nullable T value, @Nullable Rejection problem) {}

  /**
   * Starts without any.
   *
   * @param dataset the dataset's name
   * @param sink takes rows that belong to no picture
   */
  public RowsByPicture(String dataset, ItemSink sink) {
    this.dataset = dataset;
    this.sink = sink;
  }

  /** Adds a row; one that repeats or contradicts an earlier one is rejected by name. */
  public void add(String id, Source source, T value) throws IOException {
    Row<T> earlier = rows.putIfAbsent(id, new Row<>(source, value, null));
    if (earlier == null) {
      return;
    }
    boolean same = value.equals(earlier.value);
    String reason = same ? "duplicate-row" : "conflicting-rows";
    String detail =
        "expected one row of %s, found %s in %s and %s"
            .formatted(id, same ? "the same" : "different ones", earlier.source, source);
    sink.reject(reject(source, reason, detail));
    if (!same) {
      rows.put(id, new Row<>(earlier.source, null, reject(earlier.source, reason, detail)));
    }
  }

  /**
   * Adds a row that cannot be used.
   *
   * @param id the picture it names, if it names one
   * @param reason short stable key; the picture is to be rejected with it, or else the row itself
   * @param detail what was expected and what was found
   */
  public void addBroken(String id, Source source, String reason, String detail) throws IOException {
    Rejection problem = reject(source, reason, detail);
    if (rows.putIfAbsent(id, new Row<>(source, null, problem)) != null) {
      sink.reject(problem);
    }
  }

  /**
   * Takes the row of a picture; where there is none, the problem says so.
   *
   * @param table path of the table, for messages
   */
  public Row<T> take(MaskedPictures.Pair pair, String table) {
    Row<T> row = rows.remove(pair.id());
    if (row != null) {
      return row;
    }
    Source where = new Source(pair.image(), null);
    String detail = "expected a row of %s in %s, found none".formatted(pair.id(), table);
    return new Row<>(where, null, reject(where, "missing-row", detail));
  }

  /**
   * Takes the row of a picture; where there is none of use, picture and mask are rejected.
   *
   * @param table path of the table, for messages
   */
  public Optional<Row<T>> takeOrReject(MaskedPictures.Pair pair, String table) throws IOException {
    Row<T> row = take(pair, table);
    if (row.problem != null) {
      Rejection.Scope scope = Rejection.Scope.ANNOTATION;
      String reason = row.problem.reason();
      sink.reject(row.problem);
      sink.reject(new Rejection(dataset, scope, pair.mask(), reason, row.problem.detail()));
    }
    return row.problem == null ? Optional.of(row) : Optional.empty();
  }

  /**
   * Rejects the rows that nobody took.
   *
   * @param pictures ids of pictures that are there but were rejected for another reason
   */
  public void rejectRest(Set<String> pictures) throws IOException {
    rows.keySet().removeAll(pictures);
    for (Map.Entry<String, Row<T>> rest : rows.entrySet()) {
      Row<T> row = rest.getValue();
      String detail = "expected a picture of %s, found none".formatted(rest.getKey());
      sink.reject(row.problem == null ? reject(row.source, "missing-image", detail) : row.problem);
    }
    rows.clear();
  }

  private Rejection reject(Source source, String reason, String detail) {
    return new Rejection(dataset, Rejection.Scope.ITEM, source.toString(), reason, detail);
  }
}
