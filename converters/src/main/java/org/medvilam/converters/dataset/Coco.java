package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.GenericDataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.coco.CocoFiles;
import org.medvilam.converters.coco.CocoFindings;
import org.medvilam.converters.coco.CocoImage;
import org.medvilam.converters.coco.CocoListing;
import org.medvilam.converters.coco.CocoPictures;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.PictureCheck;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.store.Store;

/**
 * Any pictures with COCO label files.
 *
 * <p>An annotation is a finding; its label is its category in lower case. An image without
 * annotations shows nothing. With {@code --labels-only} sizes come from the label file, pictures
 * need not be there, and their paths are a guess: {@code images/} and the file name.
 */
public final class Coco implements GenericDataset {
  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          "coco",
          "Pictures with COCO label files",
          List.of(
              "annotations/  instances_train.json, instances_val.json, ... or any COCO *.json",
              "images/       the file_name of each image; or images/train/, train/, ...",
              "(or a COCO *.json beside its pictures, in the root or up to two folders down)"),
          "image",
          "by the words train, val and test in the label file's name or folder; otherwise 7 : 1 : 2"
              + " by hash of the image");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) throws IOException {
    return CocoFiles.isCoco(root, path) ? "lists of images and annotations" : null;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    CocoFiles files = CocoFiles.find(input, settings.annotations());
    return files.problem() == null ? LayoutCheck.rootAt("") : LayoutCheck.problem(files.problem());
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    String named = source.settings().annotations();
    CocoFiles files = CocoFiles.find(source.root(), named);
    if (files.problem() != null) {
      throw new ListingException(named == null ? "*.json" : named, files.problem());
    }
    for (String path : files.paths()) {
      CocoListing.read(INFO.name(), source, path, sink, image -> sink.item(item(image)));
    }
  }

  private static Item item(CocoImage image) {
    String group = "image:" + image.fileName();
    Split split =
        CocoPictures.split(image.labels()).orElseGet(() -> Split.ofGroup(INFO.name(), group));
    int annotations = image.annotations().size();
    return Item.of(image.fileName(), split, group, annotations, image.source(), image);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    CocoImage image = item.payload(CocoImage.class);
    String uri = picture(source, image);
    CocoFindings found = CocoFindings.of(INFO.name(), image, c -> c.toLowerCase(Locale.ROOT));
    Sample sample =
        new Sample(
            INFO.name(),
            Media.image(item.mediaId(), uri, image.width(), image.height()),
            item.split(),
            INFO.modality(),
            item.group(),
            item.source(),
            image.annotations().isEmpty()
                ? List.of(new ImageLabel(ImageLabel.NO_FINDING, ImageLabel.NO_FINDING))
                : found.labels(),
            found.findings());
    return new Conversion(List.of(sample), found.rejections());
  }

  private static String picture(DatasetSource source, CocoImage image) throws IOException {
    if (source.settings().labelsOnly()) {
      return CocoPictures.guess(image);
    }
    String path = CocoPictures.find(source.root(), image);
    PictureCheck.sameSize(source.root(), path, image.width(), image.height());
    return path;
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return CocoPhantom.draw(request);
  }
}
