package org.medvilam.converters.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PictureCheck;
import org.medvilam.converters.item.RootSearch;
import org.medvilam.converters.item.SortedLines;
import org.medvilam.converters.item.Table;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Finding;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.store.Store;

/**
 * DeepLesion: 16-bit CT slices with lesion boxes in one table.
 *
 * <p>Boxes are 1-based in the table; one is taken off all four numbers, as the owners do, and no
 * half pixel. They reach 5 pixels past the measured ends of the lesion. Rows that the owners mark
 * as possibly noisy are left out, by name. A row is named by its record number; the header is 1.
 */
public final class DeepLesion implements Dataset {
  static final String TABLE = "DL_info.csv";
  static final String IMAGES = "Images_png";

  private static final String LABEL = "lesion";
  private static final char TAB = '\t';

  private static final DatasetInfo INFO =
      new DatasetInfo(
          "deeplesion",
          1,
          "DeepLesion",
          "Yan, Wang, Lu, Summers: DeepLesion: automated mining of large-scale lesion annotations"
              + " and universal lesion detection with deep learning. J Med Imaging 5(3), 036501"
              + " (2018)",
          "free to download with attribution (NIH Clinical Center)",
          "ct",
          Set.of(Task.LOCALIZATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "DL_info.csv",
              "Images_png/",
              "  000001_01_01/  109.png (slice 109 of patient 1, study 1, series 1), ..."),
          "patient",
          "the owners' column Train_Val_Test",
          DatasetInfo.HeldOut.TEST,
          List.of(),
          0);

  /** A picture and the rows that speak of it, in order of the table. */
  record Slice(String image, List<DeepLesionRow> rows) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    List<String> prefixes = RootSearch.inputOrChildren(input, folder -> folder.exists(TABLE));
    if (prefixes.size() != 1) {
      String found = RootSearch.found(input, prefixes, "it");
      return LayoutCheck.problem(
          "Expected DL_info.csv (with Images_png/ beside it) under %s, or in one folder of it; %s. Name the folder that holds both."
              .formatted(input.uri(), found));
    }
    return LayoutCheck.rootAt(prefixes.get(0));
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    try (SortedLines lines = source.scratch().create();
        Table table = Table.open(source.root(), TABLE, DeepLesionRow.COLUMNS)) {
      for (Table.Row cells = table.next(); cells != null; cells = table.next()) {
        DeepLesionRow row = DeepLesionRow.of(cells);
        if (DeepLesionRow.isFileName(row.fileName())) {
          String number = "%012d".formatted(row.number());
          String json = RecordJson.mapper().writeValueAsString(row);
          lines.add(row.fileName() + TAB + number + TAB + json);
        } else {
          sink.reject(
              reject(
                  Rejection.Scope.ANNOTATION,
                  row,
                  "bad-file-name",
                  "expected a File_name such as 000001_01_01_109.png, found '%s'"
                      .formatted(row.fileName())));
        }
      }
      gather(lines, sink);
    }
  }

  private static void gather(SortedLines lines, ItemSink sink) throws IOException {
    List<DeepLesionRow> rows = new ArrayList<>();
    try (BufferedReader in = lines.sorted()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String json = line.substring(line.lastIndexOf(TAB) + 1);
        DeepLesionRow row = RecordJson.mapper().readValue(json, DeepLesionRow.class);
        if (!rows.isEmpty() && !rows.get(0).fileName().equals(row.fileName())) {
          list(rows, sink);
          rows.clear();
        }
        rows.add(row);
      }
    }
    if (!rows.isEmpty()) {
      list(rows, sink);
    }
  }

  private static void list(List<DeepLesionRow> rows, ItemSink sink) throws IOException {
    List<DeepLesionRow.Picture> pictures =
        rows.stream().filter(r -> r.problem() == null).map(DeepLesionRow::picture).toList();
    List<String> keys = pictures.stream().map(DeepLesionRow.Picture::key).distinct().toList();
    if (keys.size() == 1) {
      sink.item(item(rows, pictures.get(0)));
      return;
    }
    String reason = keys.isEmpty() ? rows.get(0).problem().reason() : "conflicting-rows";
    String detail =
        keys.isEmpty()
            ? "expected a row that can be read, found none: " + rows.get(0).problem().detail()
            : "expected rows that agree, found " + String.join("; ", keys);
    sink.reject(reject(Rejection.Scope.ITEM, source(rows).toString(), reason, detail));
    for (DeepLesionRow row : rows) {
      DeepLesionRow.Problem own = row.problem();
      sink.reject(
          own == null
              ? reject(Rejection.Scope.ANNOTATION, row, reason, detail)
              : reject(Rejection.Scope.ANNOTATION, row, own.reason(), own.detail()));
    }
  }

  private static Item item(List<DeepLesionRow> rows, DeepLesionRow.Picture picture) {
    String id = FolderNames.stem(rows.get(0).fileName());
    int last = id.lastIndexOf('_');
    String image = IMAGES + "/" + id.substring(0, last) + "/" + id.substring(last + 1) + ".png";
    String group = "patient:" + picture.patient();
    return Item.of(
        id, picture.split(), group, rows.size(), source(rows), new Slice(image, List.copyOf(rows)));
  }

  private static Source source(List<DeepLesionRow> rows) {
    String positions = rows.stream().map(DeepLesionRow::position).collect(Collectors.joining("; "));
    return new Source(TABLE, positions);
  }

  private static Rejection reject(
      Rejection.Scope scope, DeepLesionRow row, String reason, String detail) {
    return reject(scope, new Source(TABLE, row.position()).toString(), reason, detail);
  }

  private static Rejection reject(
      Rejection.Scope scope, String source, String reason, String detail) {
    return new Rejection(INFO.name(), scope, source, reason, detail);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Slice slice = item.payload(Slice.class);
    List<Finding> findings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    DeepLesionRow.Picture picture = null;
    for (DeepLesionRow row : slice.rows()) {
      if (row.problem() == null) {
        picture = picture == null ? row.picture() : picture;
      }
      DeepLesionRow.Problem problem = row.unusable();
      if (problem == null) {
        List<Double> b = row.box();
        Box box = new Box(b.get(0) - 1, b.get(1) - 1, b.get(2) - 1, b.get(3) - 1);
        Source where = new Source(TABLE, row.position());
        findings.add(Finding.of(LABEL, row.type(), box, where));
      } else {
        rejections.add(reject(Rejection.Scope.ANNOTATION, row, problem.reason(), problem.detail()));
      }
    }
    if (findings.isEmpty() || picture == null) {
      Rejection first = rejections.get(0);
      throw new ItemException(
          item.source().toString(),
          first.reason(),
          "expected a usable row of %s, found none: %s".formatted(item.mediaId(), first.detail()));
    }
    if (!source.settings().labelsOnly()) {
      PictureCheck.sameSize(source.root(), slice.image(), picture.width(), picture.height());
    }
    Media media =
        Media.image(item.mediaId(), slice.image(), picture.width(), picture.height())
            .withSpacingMm(picture.spacingMm())
            .withWindow(picture.storedLow(), picture.storedHigh())
            .withSlice(picture.slice(), "axial");
    Sample sample =
        new Sample(
            INFO.name(),
            media,
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            List.of(),
            findings);
    return new Conversion(List.of(sample), rejections);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return DeepLesionPhantom.draw(request);
  }
}
