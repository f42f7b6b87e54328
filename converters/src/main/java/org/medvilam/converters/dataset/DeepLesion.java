package org.medvilam.converters.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
import org.medvilam.converters.item.SortedLines;
import org.medvilam.converters.item.Table;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Task;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.EllipseCurve;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.store.Store;

/**
 * DeepLesion: 16-bit CT slices with lesion boxes and RECIST diameters in one table.
 *
 * <p>Coordinates are 1-based in the table; one is taken off every number, as the owners do, and no
 * half pixel. Boxes reach 5 pixels past the measured ends of the lesion. The outline of a lesion
 * are the owners' quarter ellipses between the ends of its two diameters; where these are not quite
 * square to each other, the owners' quarters miss an end, and these run through all four. Of a
 * lesion that lies aslant the outline may reach past the box. A lesion whose diameters do not meet
 * keeps its box, and its outline is rejected by name. Rows that the owners mark as possibly noisy
 * are left out, by name. A row is named by its record number; the header is 1.
 *
 * <p>Every lesion is located as {@code lesion}, in all parts: the owners told the types of the
 * validation and test parts alone, and shots of the training part must answer the questions of the
 * test part. The type is the native label, and where all types of a slice are known they are its
 * labels.
 *
 * <p>A stored value is Hounsfield units plus 32768; the window of a slice is the owners', in stored
 * values. The context of a slice are the slices numbered one less and one more, where they belong
 * to the range that the owners hand out around it and are there: a folder may hold several ranges
 * with gaps between them, so the next file may be centimetres away. With label files alone the
 * range is all that is asked. Cost of an item: one picture header, a look whether two files are
 * there, and the 720 vertices of each outline.
 */
public final class DeepLesion implements Dataset {
  static final String TABLE = "DL_info.csv";
  static final String IMAGES = "Images_png";

  private static final String LABEL = "lesion";
  private static final char TAB = '\t';

  private static final DatasetInfo INFO =
      new DatasetInfo(
          "deeplesion",
          2,
          "DeepLesion",
          "Yan, Wang, Lu, Summers: DeepLesion: automated mining of large-scale lesion annotations"
              + " and universal lesion detection with deep learning. J Med Imaging 5(3), 036501"
              + " (2018)",
          "free to download with attribution (NIH Clinical Center)",
          "ct",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
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
    return LayoutCheck.oneRoot(
        input,
        folder -> folder.exists(TABLE),
        "it",
        "Expected DL_info.csv (with Images_png/ beside it) under %s, or in one folder of it; %s. Name the folder that holds both.");
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
    List<@Nullable ImageLabel> labels = new ArrayList<>();
    DeepLesionRow.Picture picture = null;
    for (DeepLesionRow row : slice.rows()) {
      if (row.problem() == null) {
        picture = picture == null ? row.picture() : picture;
      }
      DeepLesionRow.Problem problem = row.unusable();
      if (problem == null) {
        findings.add(finding(row, rejections));
        labels.add(row.typedLabel() == null ? null : new ImageLabel(row.typedLabel(), row.type()));
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
    Sample sample =
        new Sample(
            INFO.name(),
            media(source, item.mediaId(), slice.image(), picture),
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            labels.contains(null) ? List.of() : labels.stream().distinct().toList(),
            findings);
    return new Conversion(List.of(sample), rejections);
  }

  private static Media media(
      DatasetSource source, String id, String image, DeepLesionRow.Picture picture)
      throws IOException {
    Media media =
        Media.image(id, image, picture.width(), picture.height())
            .withSpacingMm(picture.spacingMm())
            .withWindow(picture.storedLow(), picture.storedHigh())
            .withSlice(picture.slice(), "axial");
    List<String> context = context(source, image, picture);
    return context.size() > 1 ? media.withContext(context) : media;
  }

  private static Finding finding(DeepLesionRow row, List<Rejection> rejections) {
    List<Double> b = row.box();
    Box box = new Box(b.get(0) - 1, b.get(1) - 1, b.get(2) - 1, b.get(3) - 1);
    List<Region> regions = new ArrayList<>(List.of(box));
    try {
      Ring outline = EllipseCurve.ofRecist(end(row, 0), end(row, 1), end(row, 2), end(row, 3));
      regions.add(Polygon.of(outline));
    } catch (GeometryException e) {
      rejections.add(reject(Rejection.Scope.PART, row, e.reason(), e.getMessage()));
    }
    return new Finding(LABEL, row.type(), regions, new Source(TABLE, row.position()));
  }

  private static Point end(DeepLesionRow row, int index) {
    List<Double> cross = row.cross();
    return new Point(cross.get(2 * index) - 1, cross.get(2 * index + 1) - 1);
  }

  /** Returns the slice and those on both sides of it, in order. */
  private static List<String> context(
      DatasetSource source, String image, DeepLesionRow.Picture picture) throws IOException {
    String folder = image.substring(0, image.lastIndexOf('/') + 1);
    int key = Integer.parseInt(FolderNames.stem(image.substring(folder.length())));
    List<String> context = new ArrayList<>(List.of(image));
    for (int k : new int[] {key - 1, key + 1}) {
      String path = String.format(Locale.ROOT, "%s%03d.png", folder, k);
      boolean there = source.settings().labelsOnly() || source.root().exists(path);
      if (k >= picture.first() && k <= picture.last() && there) {
        context.add(k < key ? 0 : context.size(), path);
      }
    }
    return context;
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return DeepLesionPhantom.draw(request);
  }
}
