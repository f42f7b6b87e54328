package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.WrittenPath;
import org.medvilam.converters.labelled.JsonGlance;
import org.medvilam.converters.labelled.LabelTree;
import org.medvilam.converters.labelled.LabelledPicture;
import org.medvilam.converters.labelled.OpenedPicture;
import org.medvilam.converters.labelme.LabelmeFile;
import org.medvilam.converters.labelme.LabelmeRegions;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Rejection;
import org.medvilam.records.store.Store;

/**
 * Any pictures with a LabelMe label file (JSON) each.
 *
 * <p>Polygons, rectangles, circles and masks are findings; lines, points and turned rectangles are
 * rejected by name. A flag that is set is a label of the picture, and a file without shapes and
 * flags says that its picture shows nothing.
 */
public final class Labelme implements GenericDataset {
  private static final String NAME = "labelme";
  private static final String EXPECTED = "LabelMe label files (JSON with shapes and imagePath)";

  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          NAME,
          "Pictures with LabelMe label files",
          List.of(
              "NAME.json   beside its picture or in any other folder; imagePath names the picture",
              "NAME.jpg    the picture, or NAME.png, ..."),
          "image",
          "folders named train, val and test; otherwise 7 : 1 : 2 by hash of the image");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) throws IOException {
    JsonGlance glance = JsonGlance.of(root, path);
    boolean shapes = !glance.list() && glance.has("shapes");
    if (shapes && (glance.hasInside("points") || glance.has("imagePath"))) {
      return "fields shapes and " + (glance.has("imagePath") ? "imagePath" : "points");
    }
    return shapes && glance.has("imageData") ? "fields shapes and imageData" : null;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    return LabelTree.checkOfEachPicture(this, input, settings, EXPECTED);
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    LabelTree tree = LabelTree.ofEachPicture(this, source);
    Set<String> labelled = new HashSet<>();
    for (String path : tree.labels()) {
      try {
        LabelmeFile file = LabelmeFile.read(source.root(), path);
        PictureIndex.Found found = picture(file.imagePath(), path, tree);
        labelled.add(found.path());
        sink.item(
            LabelledPicture.of(path, null, found, file.shapes())
                .sized(file.width(), file.height())
                .tagged(file.flags())
                .item(NAME, Optional.empty()));
      } catch (ItemException e) {
        labelled.add(tree.alike(PathNames.name(PathNames.stem(path)), path).path());
        sink.reject(
            new Rejection(NAME, Rejection.Scope.ITEM, e.source(), e.reason(), e.getMessage()));
      }
    }
    tree.rejectUnlabelled(NAME, labelled, sink);
  }

  /** A written path is relative to the label file, and may climb as long as it stays inside. */
  private static PictureIndex.Found picture(String written, String labels, LabelTree tree) {
    if (WrittenPath.tidy(written).isEmpty()) {
      return tree.alike(PathNames.name(PathNames.stem(labels)), labels);
    }
    String inside = WrittenPath.resolved(PathNames.folder(labels), written);
    PictureIndex.Found found = tree.named(inside == null ? written : inside, labels);
    return found.problem() != null && inside != null
        ? tree.alike(PathNames.name(inside), labels)
        : found;
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return OpenedPicture.of(source, item).convert(INFO, LabelmeRegions::of);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return LabelmePhantom.draw(request);
  }
}
