package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.labelled.GatheredShapes;
import org.medvilam.converters.labelled.LabelTree;
import org.medvilam.converters.labelled.LabelledPicture;
import org.medvilam.converters.labelled.OpenedPicture;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.converters.via.ViaFile;
import org.medvilam.converters.via.ViaRegions;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.store.Store;

/**
 * Any pictures with label files of the VGG Image Annotator.
 *
 * <p>Rectangles, circles, ellipses and polygons are findings; lines and points are rejected by
 * name. The label is the one region attribute that is set, or that of the name label, class, name,
 * category, type or object. A picture without regions shows nothing. Attributes of files are not
 * read.
 */
public final class Via implements GenericDataset {
  private static final String NAME = "via";
  private static final String EXPECTED =
      "label files of the VGG Image Annotator (JSON with filename and regions, or CSV)";

  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          NAME,
          "Pictures with label files of the VGG Image Annotator",
          List.of(
              "NAME.json   a project, or exported annotations; or NAME.csv",
              "images/     the pictures by their filename, in folders of any name"),
          "image",
          "by the words train, val and test in folders or the name of the label file; otherwise 7 : 1 : 2 by hash of the image");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) throws IOException {
    return ViaFile.claim(root, path);
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    return LabelTree.check(this, input, settings, EXPECTED);
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    LabelTree tree = LabelTree.of(this, source);
    for (String path : tree.labels()) {
      try (GatheredShapes gathered = new GatheredShapes(source.scratch())) {
        ViaFile.read(
            source.root(),
            path,
            (filename, shape, position) -> add(filename, shape, position, path, gathered, sink));
        gathered.forEach(
            (name, entries) ->
                sink.item(
                    picture(path, tree.named(name, path), entries).item(NAME, Optional.empty())));
      }
    }
  }

  private static void add(
      String filename,
      @Nullable Shape shape,
      String position,
      String path,
      GatheredShapes gathered,
      ItemSink sink)
      throws IOException {
    if (filename.isBlank()) {
      String where = new Source(path, position).toString();
      String detail = "expected a filename, found none";
      sink.reject(new Rejection(NAME, Rejection.Scope.ITEM, where, "missing-file-name", detail));
      return;
    }
    gathered.add(filename, new GatheredShapes.Entry(shape, position, 0, 0));
  }

  /** Entries without a region only name their picture. */
  private static LabelledPicture picture(
      String path, PictureIndex.Found found, List<GatheredShapes.Entry> entries) {
    return GatheredShapes.picture(path, found, entries).withNegatives(0);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return OpenedPicture.of(source, item).convert(INFO, ViaRegions::of);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return ViaPhantom.draw(request);
  }
}
