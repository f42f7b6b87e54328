package org.medvilam.converters.dataset;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.Table;
import org.medvilam.converters.kaggle.RleColumns;
import org.medvilam.converters.labelled.GatheredShapes;
import org.medvilam.converters.labelled.LabelTree;
import org.medvilam.converters.labelled.OpenedPicture;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.ShapeNumbers;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.geometry.Region;
import org.medvilam.records.geometry.RunLength;
import org.medvilam.records.store.Store;

/**
 * Any pictures with a table of run lengths, as competitions of Kaggle have it.
 *
 * <p>A row is a finding. Its run lengths are pairs of start and length, 1-based and column by
 * column; files that run row by row look the same and cannot be told apart, so they must be turned
 * before. An empty cell, {@code nan} and {@code -1} say that there is nothing. The label is that of
 * its column, of the end of {@code ImageId_ClassId}, or the user's.
 */
public final class KaggleRle implements GenericDataset {
  private static final String NAME = "kaggle-rle";
  private static final String EXPECTED =
      "a table of run lengths (CSV with a column such as ImageId and one such as EncodedPixels)";
  private static final Set<String> NOTHING = Set.of("", "-1", "nan", "NaN");

  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          NAME,
          "Pictures with a table of run lengths",
          List.of(
              "train.csv   ImageId, EncodedPixels, and ClassId where there are several labels",
              "train/      the pictures, in folders of any name; names in the table may lack the extension"),
          "image",
          "by the words train, val and test in folders or the name of the table; otherwise 7 : 1 : 2 by hash of the image");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) throws IOException {
    if (!PathNames.extension(path).equals("csv")) {
      return null;
    }
    try (Table table = Table.open(root, path, List.of())) {
      RleColumns columns = RleColumns.of(table.header());
      return columns == null
          ? null
          : "columns %s and %s".formatted(columns.picture(), columns.runs());
    } catch (ListingException | UncheckedIOException e) {
      return null;
    }
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    return LabelTree.check(this, input, settings, EXPECTED);
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    LabelTree tree = LabelTree.of(this, source);
    for (String path : tree.labels()) {
      try (Table table = Table.open(source.root(), path, List.of());
          GatheredShapes gathered = new GatheredShapes(source.scratch())) {
        RleColumns columns = RleColumns.of(table.header());
        if (columns == null) {
          throw new ListingException(path, "expected " + EXPECTED);
        }
        for (Table.Row row = table.next(); row != null; row = table.next()) {
          add(row, columns, source.settings().label(), path, gathered, sink);
        }
        gathered.forEach(
            (name, entries) ->
                sink.item(
                    GatheredShapes.picture(path, tree.alike(name, path), entries)
                        .item(NAME, Optional.empty())));
      }
    }
  }

  private static void add(
      Table.Row row,
      RleColumns columns,
      String standard,
      String path,
      GatheredShapes gathered,
      ItemSink sink)
      throws IOException {
    String name = row.get(columns.picture());
    String label = columns.label() == null ? standard : row.get(columns.label());
    int end = name.lastIndexOf('_');
    if (columns.pair() && end > 0) {
      label = name.substring(end + 1);
      name = name.substring(0, end);
    }
    String problem = row.problem();
    if (problem == null && name.isEmpty()) {
      problem = "expected the name of a picture, found none";
    }
    if (problem != null) {
      String where = new Source(path, row.position()).toString();
      sink.reject(new Rejection(NAME, Rejection.Scope.ITEM, where, "bad-row", problem));
      return;
    }
    String runs = row.get(columns.runs());
    Shape shape =
        NOTHING.contains(runs) ? null : Shape.of(row.position(), label, "run lengths", runs);
    gathered.add(
        name,
        new GatheredShapes.Entry(
            shape, row.position(), size(row, columns.width()), size(row, columns.height())));
  }

  private static int size(Table.Row row, @Nullable String column) {
    return column == null ? 0 : ShapeNumbers.size(TextNode.valueOf(row.get(column)));
  }

  private static List<Region> regions(
      Shape shape, int width, int height, Consumer<GeometryException> parts) {
    return List.of(
        new MaskRegion(RunLength.fromKaggle(shape.value().asText(), width, height), false));
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return OpenedPicture.of(source, item).convert(INFO, KaggleRle::regions);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return KaggleRlePhantom.draw(request);
  }
}
