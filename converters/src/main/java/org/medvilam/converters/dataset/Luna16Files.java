package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.item.Table;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;

/**
 * The scans of LUNA16 and the rows that speak of them.
 *
 * <p>Every scan ends in an item or in a rejection; every row in its scan's item or in a rejection;
 * every series of {@code seriesuids.csv} in a scan or in a rejection. A subset that is not there is
 * rejected too and says what is lost with it. {@code candidates.csv} holds what detectors found and
 * is not read. Memory: the rows, some 36,000.
 */
final class Luna16Files {
  static final String SERIES = "seriesuids.csv";
  static final String EVALUATION = "evaluationScript/annotations";

  private static final int SUBSETS = 10;
  private static final String SUBSET = "subset";
  private static final String DELIMITERS = ",;\t";
  private static final Pattern UID = Pattern.compile("[0-9]+(?:\\.[0-9]+)+");
  private static final Pattern FILE = Pattern.compile("(.+)\\.(mhd|raw|zraw)");
  private static final String SERIES_COLUMN = "seriesuid";

  private final Store root;
  private final ItemSink sink;
  private final Map<String, List<Luna16Row>> rows = new TreeMap<>();
  private final Map<String, Source> series = new TreeMap<>();
  private final Map<String, List<String>> scans = new TreeMap<>();
  private final List<String> absent = new ArrayList<>();

  Luna16Files(Store root, ItemSink sink) {
    this.root = root;
    this.sink = sink;
  }

  /** Tells whether a folder holds the table and a subset. */
  static boolean areIn(Store folder) throws IOException {
    if (find(folder, Luna16Row.TABLE).isEmpty()) {
      return false;
    }
    for (int n = 0; n < SUBSETS; n++) {
      if (folder.isFolder(SUBSET + n)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the path of a table: beside the subsets, or where the owners' scorer has it. */
  private static Optional<String> find(Store root, String name) throws IOException {
    for (String path : List.of(name, PathNames.join(EVALUATION, name))) {
      if (root.exists(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  void list() throws IOException {
    readRows(Luna16Row.TABLE);
    readRows(Luna16Row.EXCLUDED);
    boolean listed = readSeries();
    for (int n = 0; n < SUBSETS; n++) {
      addSubset(n);
    }
    for (Map.Entry<String, List<String>> scan : scans.entrySet()) {
      boolean known = series.remove(scan.getKey()) != null || !listed;
      List<Luna16Row> own = rows.remove(scan.getKey());
      list(scan.getKey(), scan.getValue(), known, own == null ? List.of() : own);
    }
    rejectRest();
  }

  private void readRows(String name) throws IOException {
    String path = find(root, name).orElse(null);
    if (path == null) {
      return;
    }
    try (Table table = Table.open(root, path, DELIMITERS, List.of())) {
      List<String> columns = Luna16Row.columns(table, path);
      for (Table.Row cells = table.next(); cells != null; cells = table.next()) {
        String uid = cells.get(columns.get(0));
        Luna16Row row = Luna16Row.of(path, cells, columns);
        if (UID.matcher(uid).matches()) {
          rows.computeIfAbsent(uid, id -> new ArrayList<>()).add(row);
        } else {
          sink.reject(row.rejection(badId(uid)));
        }
      }
    }
  }

  private static Problem badId(String uid) {
    return new Problem(
        "bad-series-id", "expected a series UID, numbers with dots, found '%s'".formatted(uid));
  }

  /** Reads the list of series, which has no header, and tells whether there is one. */
  private boolean readSeries() throws IOException {
    String path = find(root, SERIES).orElse(null);
    if (path == null) {
      return false;
    }
    try (Table table =
        Table.openHeaderless(root, path, List.of(SERIES_COLUMN), SERIES_COLUMN::equalsIgnoreCase)) {
      for (Table.Row row = table.next(); row != null; row = table.next()) {
        String uid = row.get(SERIES_COLUMN);
        Source where = new Source(path, row.position());
        if (!UID.matcher(uid).matches()) {
          rejectItem(where.toString(), badId(uid));
          continue;
        }
        Source earlier = series.putIfAbsent(uid, where);
        if (earlier != null) {
          String detail = "expected a series once, found it in %s too".formatted(earlier);
          rejectItem(where.toString(), new Problem("duplicate-row", detail));
        }
      }
    }
    return true;
  }

  private void addSubset(int n) throws IOException {
    String folder = SUBSET + n;
    if (!root.isFolder(folder)) {
      absent.add(folder + "/");
      String detail =
          "expected the folder, found none; its scans are missing from the %s part, and rows of them are rejected"
              .formatted(split(n).key());
      rejectItem(folder + "/", new Problem("missing-subset", detail));
      return;
    }
    List<String> voxels = new ArrayList<>();
    for (StoreEntry file : FolderNames.of(root, folder)) {
      String path = PathNames.join(folder, file.name());
      Matcher name = FILE.matcher(file.name());
      if (file.folder() || !name.matches() || !UID.matcher(name.group(1)).matches()) {
        String detail = "expected names such as <seriesuid>.mhd, found another name";
        rejectItem(path, new Problem("unexpected-file", detail));
      } else if (name.group(2).equals("mhd")) {
        scans.computeIfAbsent(name.group(1), uid -> new ArrayList<>()).add(path);
      } else {
        voxels.add(path);
      }
    }
    for (String path : voxels) {
      String header = PathNames.stem(path) + ".mhd";
      if (!root.exists(header)) {
        String detail = "expected the header %s beside it, found none".formatted(header);
        rejectItem(path, new Problem("missing-header", detail));
      }
    }
  }

  private static Split split(int subset) {
    return subset < 7 ? Split.TRAIN : subset == 7 ? Split.VALIDATION : Split.TEST;
  }

  private void list(String uid, List<String> paths, boolean known, List<Luna16Row> own)
      throws IOException {
    if (paths.size() == 1 && known) {
      String path = paths.get(0);
      Split split = split(path.charAt(SUBSET.length()) - '0');
      Luna16.Scan scan = new Luna16.Scan(path, Luna16Row.compared(own));
      sink.item(Item.of(uid, split, "study:" + uid, own.size(), new Source(path, null), scan));
      return;
    }
    Problem problem =
        known
            ? new Problem(
                "duplicate-scan", "expected a scan once, found " + String.join(", ", paths))
            : new Problem(
                "unknown-series", "expected a series of %s, found another".formatted(SERIES));
    for (String path : paths) {
      rejectItem(path, problem);
    }
    reject(own, problem);
  }

  /** Rejects rows and series without a scan. */
  private void rejectRest() throws IOException {
    Problem problem =
        absent.isEmpty()
            ? new Problem("missing-image", "expected a scan of the series, found none")
            : new Problem(
                "missing-subset",
                "expected a scan of the series, found none; it may be in %s, not there"
                    .formatted(String.join(", ", absent)));
    for (List<Luna16Row> rest : rows.values()) {
      reject(rest, problem);
    }
    for (Source rest : series.values()) {
      rejectItem(rest.toString(), problem);
    }
  }

  private void reject(List<Luna16Row> lost, Problem problem) throws IOException {
    for (Luna16Row row : lost) {
      sink.reject(row.rejection(row.problem() == null ? problem : row.problem()));
    }
  }

  private void rejectItem(String source, Problem problem) throws IOException {
    sink.reject(
        new Rejection(
            Luna16.INFO.name(), Rejection.Scope.ITEM, source, problem.reason(), problem.detail()));
  }
}
