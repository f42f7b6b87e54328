package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
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
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.item.TreeFiles;
import org.medvilam.converters.labelled.LabelTree;
import org.medvilam.converters.labelled.LabelledPicture;
import org.medvilam.converters.labelled.OpenedPicture;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.SplitLists;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.converters.yolo.YoloFile;
import org.medvilam.converters.yolo.YoloNames;
import org.medvilam.converters.yolo.YoloRegions;
import org.medvilam.records.Rejection;
import org.medvilam.records.store.Store;

/**
 * Any pictures with YOLO label files.
 *
 * <p>A line of five numbers is a class and a box, one of seven and more a class and an outline, all
 * fractions of the upright picture. Four points may be an outline or a turned box: they are an
 * outline where some line of the tree has another number of points, and are rejected otherwise. As
 * Ultralytics has it, a picture whose label file is empty, or is not there while its neighbours
 * have theirs, shows nothing.
 */
public final class Yolo implements GenericDataset {
  private static final String NAME = "yolo";
  private static final String EXPECTED =
      "label files (NAME.txt with lines of a class and fractions, beside names of the classes)";

  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          NAME,
          "Pictures with YOLO label files",
          List.of(
              "images/     NAME.jpg, NAME.png, ..., or in any other folder",
              "labels/     NAME.txt: a line 'class cx cy width height' or 'class x1 y1 x2 y2 x3 y3 ...' per thing",
              "data.yaml   names: the classes; or obj.names, classes.txt, labels.txt",
              "train.txt   the pictures of a part, also val.txt, test.txt (optional)"),
          "image",
          "train.txt, val.txt and test.txt, or folders of these names; otherwise 7 : 1 : 2 by hash of the image");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) throws IOException {
    if (!PathNames.extension(path).equals("txt") || isOther(path)) {
      return null;
    }
    try {
      return YoloFile.read(root, path).looksRight() ? "lines of a class and fractions" : null;
    } catch (ItemException e) {
      return null;
    }
  }

  private static boolean isOther(String path) {
    return SplitLists.isList(path) || YoloNames.isNames(path);
  }

  @Override
  public boolean isUnmistakable(List<String> files) {
    return files.stream().anyMatch(YoloNames::isNames);
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "yolo has no label file that carries picture sizes; leave --labels-only out");
    }
    Settings anyNames = new Settings(false, settings.label(), null, settings.zeroBased());
    LayoutCheck check = LabelTree.check(this, input, anyNames, EXPECTED);
    if (check.problem() != null) {
      return check;
    }
    String problem = names(input, settings, TreeFiles.of(input)).problem();
    return problem == null ? check : LayoutCheck.problem(problem);
  }

  private static YoloNames names(Store root, Settings settings, List<String> files)
      throws IOException {
    String named = settings.annotations();
    if (named == null) {
      return YoloNames.find(root, files);
    }
    if (!files.contains(named)) {
      return new YoloNames(
          List.of(), "Expected names of the classes in %s, found no such file.".formatted(named));
    }
    return YoloNames.find(root, List.of(named));
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    LabelTree tree = LabelTree.ofEachPicture(this, source);
    YoloNames names = names(source.root(), source.settings(), tree.files());
    if (names.problem() != null) {
      throw new ListingException(source.root().uri(), names.problem());
    }
    List<String> labels = tree.labels().stream().filter(p -> !isOther(p)).toList();
    boolean outlines = hasOutlines(source.root(), labels);
    SplitLists splits =
        SplitLists.read(source.root(), tree.files().stream().filter(SplitLists::isList).toList());
    Set<String> labelled = new HashSet<>();
    for (String path : labels) {
      PictureIndex.Found found = tree.alike(PathNames.name(PathNames.stem(path)), path);
      try {
        YoloFile file = YoloFile.read(source.root(), path);
        List<Shape> shapes = file.shapes(names.names(), outlines);
        LabelledPicture picture = LabelledPicture.of(path, null, found, shapes);
        labelled.add(picture.picture());
        item(picture, splits, sink);
      } catch (ItemException e) {
        labelled.add(found.path());
        sink.reject(
            new Rejection(NAME, Rejection.Scope.ITEM, e.source(), e.reason(), e.getMessage()));
      }
    }
    for (String path : tree.unlabelled(labelled)) {
      item(
          LabelledPicture.of(path, null, new PictureIndex.Found(path, null), List.of()),
          splits,
          sink);
    }
    splits.rejectUnused(NAME, "the picture", sink);
  }

  private static boolean hasOutlines(Store root, List<String> labels) throws IOException {
    for (String path : labels) {
      if (hasOutlines(root, path)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether a file has an outline; one that the listing will reject has none. */
  private static boolean hasOutlines(Store root, String path) throws IOException {
    try {
      return YoloFile.read(root, path).hasOutlines();
    } catch (ItemException e) {
      return false;
    }
  }

  private static void item(LabelledPicture picture, SplitLists splits, ItemSink sink)
      throws IOException {
    SplitLists.Listed listed = splits.find(picture.picture());
    sink.item(picture.withProblem(listed.problem()).item(NAME, listed.split()));
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return OpenedPicture.of(source, item).convert(INFO, YoloRegions::of);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return YoloPhantom.draw(request);
  }
}
