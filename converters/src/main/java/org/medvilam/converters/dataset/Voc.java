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
import org.medvilam.converters.item.PathNames;
import org.medvilam.converters.item.PictureIndex;
import org.medvilam.converters.labelled.LabelTree;
import org.medvilam.converters.labelled.LabelledPicture;
import org.medvilam.converters.labelled.OpenedPicture;
import org.medvilam.converters.labelled.Shape;
import org.medvilam.converters.labelled.SplitLists;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.converters.voc.VocClaim;
import org.medvilam.converters.voc.VocFile;
import org.medvilam.converters.voc.VocRegions;
import org.medvilam.records.Rejection;
import org.medvilam.records.store.Store;

/**
 * Any pictures with a PASCAL VOC annotation file each.
 *
 * <p>An object is a finding: its {@code bndbox}, 1-based and inclusive as the VOC development kit
 * has it, and the {@code polygon} that some tools add. Tools that count from 0 are many: {@code
 * --zero-based} takes the numbers as they stand, and without it a corner below 1 is rejected with
 * that advice. An annotation file without objects says that its picture shows nothing. A size of 0
 * x 0, or none, is left to the picture. Pixels in {@code SegmentationObject/} are not read.
 */
public final class Voc implements GenericDataset {
  private static final String NAME = "voc";
  private static final String EXPECTED = "annotation files (XML with the element annotation)";

  private static final DatasetInfo INFO =
      DatasetInfo.ofAnyPictures(
          NAME,
          "Pictures with PASCAL VOC annotation files",
          List.of(
              "Annotations/     NAME.xml, or in any other folder",
              "JPEGImages/      NAME.jpg, NAME.png, ..., or in any other folder",
              "ImageSets/Main/  train.txt, val.txt, test.txt: a NAME per line (optional)"),
          "image",
          "ImageSets/Main/, or folders named train, val and test; otherwise 7 : 1 : 2 by hash of the"
              + " image");

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public @Nullable String claim(Store root, String path) throws IOException {
    return VocClaim.of(root, path);
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    return LabelTree.checkOfEachPicture(this, input, settings, EXPECTED);
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    LabelTree tree = LabelTree.ofEachPicture(this, source);
    List<String> lists = tree.files().stream().filter(Voc::isList).toList();
    SplitLists splits = SplitLists.read(source.root(), lists);
    Set<String> labelled = new HashSet<>();
    for (String path : tree.labels()) {
      SplitLists.Listed listed = splits.find(PathNames.stem(path));
      try {
        VocFile file = VocFile.readAny(source.root(), path);
        LabelledPicture picture = picture(file, tree).withProblem(listed.problem());
        labelled.add(picture.picture());
        sink.item(picture.item(NAME, listed.split()));
      } catch (ItemException e) {
        labelled.add(tree.alike(PathNames.name(PathNames.stem(path)), path).path());
        sink.reject(
            new Rejection(NAME, Rejection.Scope.ITEM, e.source(), e.reason(), e.getMessage()));
      }
    }
    splits.rejectUnused(NAME, "the annotation file", sink);
    tree.rejectUnlabelled(NAME, labelled, sink);
  }

  private static boolean isList(String path) {
    return SplitLists.isList(path) && PathNames.folder(path).endsWith("Main");
  }

  private static LabelledPicture picture(VocFile file, LabelTree tree) {
    PictureIndex.Found found = tree.alike(PathNames.name(PathNames.stem(file.path())), file.path());
    if (!file.filename().isEmpty()) {
      PictureIndex.Found named = tree.alike(file.filename(), file.path());
      found = named.problem() == null || found.problem() != null ? named : found;
    }
    List<Shape> shapes = file.objects().stream().map(VocRegions::shape).toList();
    return LabelledPicture.of(file.path(), null, found, shapes)
        .sized((int) file.width(), (int) file.height());
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return OpenedPicture.of(source, item)
        .convert(INFO, new VocRegions(source.settings().zeroBased()));
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return VocPhantom.draw(request);
  }
}
