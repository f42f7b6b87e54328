package org.medvilam.converters.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.dataset.RsnaPneumoniaRow.Problem;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.converters.item.Table;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.StoreEntry;

/**
 * Gathers the rows of both tables by picture.
 *
 * <p>Both have a row per box, so that rows are laid side by side, never multiplied: all boxes of a
 * picture come from the one table, its class from the other, where it stands as often as there are
 * boxes. Memory: the names of the pictures; rows are sorted on disk.
 */
final class RsnaPneumoniaListing {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final String CLASS = "class";
  private static final char TAB = '\t';

  private final DatasetSource source;
  private final ItemSink sink;
  private final Set<String> pictures = new TreeSet<>();

  private RsnaPneumoniaListing(DatasetSource source, ItemSink sink) {
    this.source = source;
    this.sink = sink;
  }

  /** A row of the table of classes. */
  record ClassRow(long number, String nativeClass, @Nullable Problem problem) {
    Source source() {
      return new Source(RsnaPneumonia.CLASSES, "row " + number);
    }
  }

  /** What both tables say of one picture. */
  private record Gathered(String id, List<RsnaPneumoniaRow> rows, List<ClassRow> classes) {
    Gathered(String id) {
      this(id, new ArrayList<>(), new ArrayList<>());
    }

    void add(String kind, String json) throws IOException {
      if (kind.equals(CLASS)) {
        classes.add(RecordJson.mapper().readValue(json, ClassRow.class));
      } else {
        rows.add(RecordJson.mapper().readValue(json, RsnaPneumoniaRow.class));
      }
    }

    Source source() {
      if (rows.isEmpty()) {
        return classes.get(0).source();
      }
      return new Source(
          RsnaPneumonia.LABELS,
          rows.stream().map(RsnaPneumoniaRow::position).collect(Collectors.joining("; ")));
    }
  }

  static void read(DatasetSource source, ItemSink sink) throws IOException {
    RsnaPneumoniaListing listing = new RsnaPneumoniaListing(source, sink);
    listing.pictures();
    try (SortedLines lines = source.scratch().create()) {
      listing.labels(lines);
      listing.classes(lines);
      listing.gather(lines);
    }
    for (String id : listing.pictures) {
      String path = RsnaPneumonia.image(id);
      String detail = "expected a row of %s in %s, found none".formatted(id, RsnaPneumonia.LABELS);
      listing.reject(Rejection.Scope.ITEM, path, new Problem("missing-row", detail));
    }
  }

  private void pictures() throws IOException {
    for (StoreEntry entry : FolderNames.of(source.root(), RsnaPneumonia.IMAGES)) {
      String id = FolderNames.stem(entry.name());
      if (entry.folder() || !isId(id) || !entry.name().equals(id + RsnaPneumonia.EXTENSION)) {
        String detail = "expected names such as %s, found another".formatted(example());
        String path = RsnaPneumonia.IMAGES + "/" + entry.name();
        reject(Rejection.Scope.ITEM, path, new Problem("unexpected-file", detail));
      } else {
        pictures.add(id);
      }
    }
  }

  private static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  private static String example() {
    return "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9" + RsnaPneumonia.EXTENSION;
  }

  private void labels(SortedLines lines) throws IOException {
    List<String> columns = new ArrayList<>(RsnaPneumoniaRow.BOX);
    columns.add(RsnaPneumoniaRow.ID);
    columns.add(RsnaPneumoniaRow.TARGET);
    try (Table table = Table.open(source.root(), RsnaPneumonia.LABELS, columns)) {
      for (Table.Row cells = table.next(); cells != null; cells = table.next()) {
        add(lines, "box", cells, RsnaPneumonia.LABELS, RsnaPneumoniaRow.of(cells));
      }
    }
  }

  private void classes(SortedLines lines) throws IOException {
    List<String> columns = List.of(RsnaPneumoniaRow.ID, CLASS);
    try (Table table = Table.open(source.root(), RsnaPneumonia.CLASSES, columns)) {
      for (Table.Row cells = table.next(); cells != null; cells = table.next()) {
        add(lines, CLASS, cells, RsnaPneumonia.CLASSES, classRow(cells));
      }
    }
  }

  private static ClassRow classRow(Table.Row cells) {
    String name = cells.get(CLASS);
    Problem problem = null;
    if (cells.problem() != null) {
      problem = new Problem("wrong-columns", cells.problem());
    } else if (!RsnaPneumonia.LABELS_OF_CLASSES.containsKey(name)) {
      String known = String.join(", ", RsnaPneumonia.LABELS_OF_CLASSES.keySet());
      problem =
          new Problem("unknown-class", "expected one of %s, found '%s'".formatted(known, name));
    }
    return new ClassRow(cells.number(), name, problem);
  }

  private void add(SortedLines lines, String kind, Table.Row cells, String table, Object row)
      throws IOException {
    String id = cells.get(RsnaPneumoniaRow.ID);
    if (isId(id)) {
      String number = "%012d".formatted(cells.number());
      lines.add(id + TAB + kind + TAB + number + TAB + RecordJson.mapper().writeValueAsString(row));
    } else {
      Rejection.Scope scope =
          kind.equals(CLASS) ? Rejection.Scope.ITEM : Rejection.Scope.ANNOTATION;
      String detail = "expected a %s as in %s, found '%s'";
      reject(
          scope,
          new Source(table, cells.position()).toString(),
          new Problem("bad-image-id", detail.formatted(RsnaPneumoniaRow.ID, example(), id)));
    }
  }

  private void gather(SortedLines lines) throws IOException {
    Gathered picture = null;
    try (BufferedReader in = lines.sorted()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] parts = line.split(String.valueOf(TAB), 4);
        if (picture == null || !picture.id().equals(parts[0])) {
          list(picture);
          picture = new Gathered(parts[0]);
        }
        picture.add(parts[1], parts[3]);
      }
    }
    list(picture);
  }

  private void list(@Nullable Gathered picture) throws IOException {
    if (picture == null) {
      return;
    }
    pictures.remove(picture.id());
    Problem problem = problem(picture);
    if (problem == null) {
      sink.item(item(picture));
      return;
    }
    reject(Rejection.Scope.ITEM, picture.source().toString(), problem);
    for (RsnaPneumoniaRow row : picture.rows()) {
      reject(
          Rejection.Scope.ANNOTATION,
          new Source(RsnaPneumonia.LABELS, row.position()).toString(),
          row.problem() == null ? problem : row.problem());
    }
  }

  /** Returns why nothing can be said of a picture, or null. */
  private static @Nullable Problem problem(Gathered picture) {
    List<RsnaPneumoniaRow> usable =
        picture.rows().stream().filter(r -> r.problem() == null).toList();
    if (picture.rows().isEmpty() || picture.classes().isEmpty()) {
      String table = picture.rows().isEmpty() ? RsnaPneumonia.LABELS : RsnaPneumonia.CLASSES;
      String detail = "expected a row of %s in %s, found none".formatted(picture.id(), table);
      return new Problem("missing-row", detail);
    }
    for (ClassRow row : picture.classes()) {
      if (row.problem() != null) {
        String detail = row.source() + ": " + row.problem().detail();
        return new Problem(row.problem().reason(), detail);
      }
    }
    return usable.isEmpty() ? picture.rows().get(0).problem() : conflict(usable, picture);
  }

  /** A picture has one class, which is that of lung opacities where it has boxes. */
  private static @Nullable Problem conflict(List<RsnaPneumoniaRow> usable, Gathered picture) {
    List<String> classes =
        picture.classes().stream().map(ClassRow::nativeClass).distinct().toList();
    boolean opacity = classes.get(0).equals(RsnaPneumonia.OPACITY);
    if (classes.size() == 1 && usable.stream().allMatch(r -> r.opacity() == opacity)) {
      return null;
    }
    String detail =
        "expected one class of a picture, %s where it has boxes, found '%s' and Target %s"
            .formatted(
                RsnaPneumonia.OPACITY,
                String.join("', '", classes),
                usable.stream()
                    .map(r -> r.opacity() ? "1" : "0")
                    .distinct()
                    .collect(Collectors.joining(", ")));
    return new Problem("conflicting-rows", detail);
  }

  private static Item item(Gathered picture) {
    List<RsnaPneumoniaRow> rows = new ArrayList<>();
    for (RsnaPneumoniaRow row : picture.rows()) {
      rows.add(
          row.problem() != null
              ? row
              : rows.stream()
                  .filter(r -> r.problem() == null && r.same(row))
                  .findFirst()
                  .map(row::repeating)
                  .orElse(row));
    }
    String group = "image:" + picture.id();
    return Item.of(
        picture.id(),
        Split.ofGroup(RsnaPneumonia.NAME, group),
        group,
        rows.size(),
        picture.source(),
        new RsnaPneumonia.Picture(
            RsnaPneumonia.image(picture.id()), picture.classes().get(0).nativeClass(), rows));
  }

  private void reject(Rejection.Scope scope, String where, Problem problem) throws IOException {
    sink.reject(
        new Rejection(RsnaPneumonia.NAME, scope, where, problem.reason(), problem.detail()));
  }
}
