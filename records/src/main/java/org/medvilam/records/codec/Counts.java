package org.medvilam.records.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.Serializable;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Rejection;
import org.medvilam.records.Split;

/**
 * What went in and what became of it; counts of parts add up to counts of the whole.
 *
 * <p>Items: read = converted + rejected. Annotations: read = converted + negative + rejected + not
 * requested; negative ones, such as empty masks, say that there is nothing to find.
 */
@JsonPropertyOrder({"items", "annotations", "records", "rejections", "outlines", "pictures"})
public final class Counts implements Serializable {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final SortedMap<String, Long> items = new TreeMap<>();
  @JsonProperty private final SortedMap<String, Long> annotations = new TreeMap<>();
  @JsonProperty private final SortedMap<String, SortedMap<String, Long>> records = new TreeMap<>();

  @JsonProperty
  private final SortedMap<String, SortedMap<String, Long>> rejections = new TreeMap<>();

  @JsonProperty private final SortedMap<String, Long> outlines = new TreeMap<>();

  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private final SortedMap<String, Long> pictures = new TreeMap<>();

  /** Starts at zero. */
  public Counts() {
    for (String key : new String[] {"converted", "read", "rejected"}) {
      items.put(key, 0L);
      annotations.put(key, 0L);
    }
    items.put("without_records", 0L);
    items.put("with_rejections", 0L);
    annotations.put("negative", 0L);
    annotations.put("not_requested", 0L);
    for (String key : new String[] {"hole_pixels", "speck_pixels", "specks"}) {
      outlines.put(key, 0L);
    }
  }

  /** Counts items under {@code read}, {@code converted}, {@code rejected} or another key. */
  public void items(String key, long n) {
    items.merge(key, n, Long::sum);
  }

  /** Counts annotations, as {@link #items} does. */
  public void annotations(String key, long n) {
    annotations.merge(key, n, Long::sum);
  }

  /** Counts {@code specks}, {@code speck_pixels} or {@code hole_pixels}. */
  public void outlines(String key, long n) {
    outlines.merge(key, n, Long::sum);
  }

  /** Counts media by what became of their pictures: {@code embedded}, or why it is not. */
  public void pictures(String key, long n) {
    pictures.merge(key, n, Long::sum);
  }

  /** Counts a written record by split, task and label. */
  public void written(InstructionRecord r) {
    String split = Split.fileKey(r.split());
    count(records, "total", "records");
    count(records, "by_split", split);
    count(records, "by_task", r.task().key());
    count(records, "by_label", r.label());
    count(records, "by_split_task_label", split + "/" + r.task().key() + "/" + r.label());
  }

  /** Counts a rejection by scope and reason. */
  public void rejected(Rejection r) {
    count(rejections, "total", "rejections");
    count(rejections, "by_scope", r.scope().name().toLowerCase(Locale.ROOT));
    count(rejections, "by_reason", r.reason());
  }

  private static void count(
      SortedMap<String, SortedMap<String, Long>> into, String table, String key) {
    into.computeIfAbsent(table, k -> new TreeMap<>()).merge(key, 1L, Long::sum);
  }

  /** Adds another count to this one. */
  public void add(Counts other) {
    other.items.forEach(this::items);
    other.annotations.forEach(this::annotations);
    other.outlines.forEach(this::outlines);
    other.pictures.forEach(this::pictures);
    addTables(records, other.records);
    addTables(rejections, other.rejections);
  }

  private static void addTables(
      SortedMap<String, SortedMap<String, Long>> into,
      SortedMap<String, SortedMap<String, Long>> from) {
    from.forEach(
        (table, rows) ->
            rows.forEach(
                (key, n) ->
                    into.computeIfAbsent(table, k -> new TreeMap<>()).merge(key, n, Long::sum)));
  }

  /** Returns a count of items. */
  public long items(String key) {
    return items.getOrDefault(key, 0L);
  }

  /** Returns a count of annotations. */
  public long annotations(String key) {
    return annotations.getOrDefault(key, 0L);
  }

  /** Returns what became of the pictures of media; empty for formats without pictures. */
  public Map<String, Long> pictures() {
    return Collections.unmodifiableSortedMap(pictures);
  }

  /** Returns the number of records. */
  public long records() {
    return records("total").getOrDefault("records", 0L);
  }

  /** Returns the number of rejections of any scope. */
  public long rejections() {
    return rejections("total").getOrDefault("rejections", 0L);
  }

  /** Returns a table of records: {@code by_split}, {@code by_task} or {@code by_label}. */
  public Map<String, Long> records(String table) {
    return records.getOrDefault(table, new TreeMap<>());
  }

  /** Returns a table of rejections: {@code by_scope} or {@code by_reason}. */
  public Map<String, Long> rejections(String table) {
    return rejections.getOrDefault(table, new TreeMap<>());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Counts c
        && items.equals(c.items)
        && annotations.equals(c.annotations)
        && records.equals(c.records)
        && rejections.equals(c.rejections)
        && outlines.equals(c.outlines)
        && pictures.equals(c.pictures);
  }

  @Override
  public int hashCode() {
    return Objects.hash(items, annotations, records, rejections, outlines, pictures);
  }
}
