package org.medvilam.converters.labelled;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ItemPictures;
import org.medvilam.converters.item.PictureCheck;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.geometry.GeometryException;
import org.medvilam.records.geometry.Region;

/**
 * A labelled picture whose size is known: from the picture itself, upright, or from the label file
 * where label files alone are converted.
 *
 * @param item its item
 * @param labelled what label files say of it
 * @param width columns
 * @param height rows
 */
public record OpenedPicture(Item item, LabelledPicture labelled, int width, int height) {

  /**
   * Opens the picture of an item.
   *
   * @throws ItemException if the item cannot be converted: for the problem that its listing found,
   *     or for its picture; {@code size-mismatch} where the label file states another size
   */
  public static OpenedPicture of(DatasetSource source, Item item) throws IOException {
    LabelledPicture labelled = item.payload(LabelledPicture.class);
    String where = item.source().toString();
    if (labelled.problem() != null) {
      throw new ItemException(where, labelled.problem().reason(), labelled.problem().detail());
    }
    int width = labelled.width();
    int height = labelled.height();
    boolean stated = width > 0 && height > 0;
    if (!source.settings().labelsOnly()) {
      PictureInfo picture = ItemPictures.probe(source.root(), labelled.picture());
      if (stated) {
        PictureCheck.sameSize(picture, labelled.picture(), width, height);
      }
      return new OpenedPicture(item, labelled, picture.width(), picture.height());
    }
    if (!stated) {
      throw new ItemException(
          where, "missing-size", "expected the picture's size in the label file, found none");
    }
    return new OpenedPicture(item, labelled, width, height);
  }

  /**
   * Returns the sample of the picture: each shape ends in a finding or a rejection.
   *
   * <p>A label is the owners' name in lower case. The picture as a whole has the labels of all its
   * shapes, of those without a region too, since the thing is there; one without shapes and tags
   * shows nothing.
   *
   * @param info the dataset
   * @param regions reads the shapes of its format
   */
  public Conversion convert(DatasetInfo info, Regions regions) {
    List<Finding> findings = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    TreeMap<String, ImageLabel> seen = new TreeMap<>();
    for (String tag : labelled.tags()) {
      label(tag, seen);
    }
    for (Shape shape : labelled.shapes()) {
      String where = labelled.source(shape).toString();
      try {
        findings.add(
            finding(
                shape,
                seen,
                regions,
                p -> rejections.add(reject(info, Rejection.Scope.PART, where, p))));
      } catch (GeometryException e) {
        rejections.add(reject(info, Rejection.Scope.ANNOTATION, where, e));
      }
    }
    if (labelled.shapes().isEmpty() && labelled.tags().isEmpty()) {
      seen.put("", new ImageLabel(ImageLabel.NO_FINDING, ImageLabel.NO_FINDING));
    }
    Sample sample =
        new Sample(
            info.name(),
            media(),
            item.split(),
            info.modality(),
            item.group(),
            item.source(),
            List.copyOf(seen.values()),
            findings);
    return new Conversion(List.of(sample), rejections, labelled.negatives());
  }

  private Finding finding(
      Shape shape,
      TreeMap<String, ImageLabel> seen,
      Regions regions,
      Consumer<GeometryException> parts) {
    if (shape.label() != null) {
      label(shape.label(), seen);
    }
    if (shape.problem() != null) {
      throw new GeometryException(shape.problem().reason(), shape.problem().detail());
    }
    if (shape.label() == null || shape.label().isBlank()) {
      throw new GeometryException("missing-label", "expected a label, found none");
    }
    ImageLabel label = label(shape.label(), seen);
    List<Region> found = regions.of(shape, width, height, parts);
    return new Finding(label.label(), label.nativeLabel(), found, labelled.source(shape));
  }

  private Media media() {
    return Media.image(item.mediaId(), labelled.picture(), width, height);
  }

  private static ImageLabel label(String name, TreeMap<String, ImageLabel> seen) {
    ImageLabel label = new ImageLabel(name.strip().toLowerCase(Locale.ROOT), name.strip());
    if (!label.label().isEmpty()) {
      seen.putIfAbsent(label.label(), label);
    }
    return label;
  }

  private static Rejection reject(
      DatasetInfo info, Rejection.Scope scope, String where, GeometryException e) {
    return new Rejection(info.name(), scope, where, e.reason(), e.getMessage());
  }
}
