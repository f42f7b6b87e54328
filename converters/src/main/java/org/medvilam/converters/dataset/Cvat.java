package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.cvat.CvatFile;
import org.medvilam.converters.cvat.CvatRegions;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.SplitWord;
import org.medvilam.converters.labelled.GatheredShapes;
import org.medvilam.converters.labelled.LabelTree;
import org.medvilam.converters.labelled.LabelledPicture;
import org.medvilam.converters.labelled.OpenedPicture;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Rejection;
import org.medvilam.records.Source;
import org.medvilam.records.store.Store;

/**
 * Any pictures with a file of CVAT for images, or frames with one of CVAT for video.
 *
 * <p>Boxes, polygons, ellipses and masks are findings; turned boxes, lines, points, cuboids and
 * skeletons are rejected by name. Tags are labels of the picture, and an image without any child
 * shows nothing. Of a video, every shape of a track that is not {@code outside} is a finding of its
 * frame's picture {@code frame_000000.*}; the frames of one file are never split.
 */
public final class Cvat implements GenericDataset {
  private static final String NAME = "cvat";
  private static final String EXPECTED =
      "files of CVAT (XML with the element annotations and images or tracks)";

  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          NAME,
          "Pictures with files of CVAT",
          List.of(
              "annotations.xml   of CVAT for images 1.1 or CVAT for video 1.1; any name",
              "images/           the pictures by the name of each image, or frame_000000.png, ..."),
          "image; video: the file",
          "subset, or the words train, val and test in folders or the name of the file; otherwise 7 : 1 : 2 by hash of the image");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) throws IOException {
    return CvatFile.claim(root, path);
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    return LabelTree.check(this, input, settings, EXPECTED);
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    LabelTree tree = LabelTree.of(this, source);
    for (String path : tree.labels()) {
      try (GatheredShapes frames = new GatheredShapes(source.scratch())) {
        CvatFile.read(source.root(), path, new Listing(tree, path, frames, sink));
        frames.forEach(
            (frame, entries) ->
                sink.item(
                    GatheredShapes.picture(path, tree.alike(frame, path), entries)
                        .item(NAME, Optional.empty(), "video:" + path)));
      }
    }
  }

  /** Lists one file. */
  private record Listing(LabelTree tree, String path, GatheredShapes frames, ItemSink sink)
      implements CvatFile.Entries {
    @Override
    public void picture(CvatFile.Picture picture) throws IOException {
      if (picture.name().isEmpty()) {
        String where = new Source(path, picture.position()).toString();
        String detail = "expected the name of an image, found none";
        sink.reject(new Rejection(NAME, Rejection.Scope.ITEM, where, "missing-file-name", detail));
        return;
      }
      PictureIndex.Found found = tree.named(picture.subset() + "/" + picture.name(), path);
      if (picture.subset().isEmpty() || found.problem() != null) {
        found = tree.named(picture.name(), path);
      }
      sink.item(
          LabelledPicture.of(path, picture.position(), found, picture.shapes())
              .sized(picture.width(), picture.height())
              .tagged(picture.tags())
              .item(NAME, SplitWord.of(picture.subset()).map(SplitWord::split)));
    }

    @Override
    public void frame(int frame, Shape shape, int width, int height) throws IOException {
      String name = String.format(Locale.ROOT, "frame_%06d", frame);
      frames.add(name, new GatheredShapes.Entry(shape, shape.position(), width, height));
    }
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return OpenedPicture.of(source, item).convert(INFO, CvatRegions::of);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return CvatPhantom.draw(request);
  }
}
