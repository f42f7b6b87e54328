package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DerivedPicture;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.ItemVolumes;
import org.medvilam.imaging.volume.GreyRange;
import org.medvilam.imaging.volume.SliceAxis;
import org.medvilam.imaging.volume.Volume;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskOutlines;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.store.Store;

/**
 * Turns a volume with labelled voxels into samples: the volume, and each of its axial slices that
 * shows a label.
 *
 * <p>Both stand in orientation LPS, so that the slice axis follows from the header and not from the
 * order on disk. A part is a 3D box of the volume and a mask of each slice in which a component has
 * at least {@link MaskOutlines#DEFAULT_MIN_COMPONENT} pixels; smaller ones would be left out of
 * records anyway. Slices are 8-bit pictures within the {@link GreyRange} of their volume. In
 * memory: the volume, one volume of labels at a time, and the slices as pictures.
 */
final class LabelledVolumeReader {
  private final DatasetInfo info;
  private final Store root;
  private final Item item;
  private final LabelledVolume files;
  private final List<Finding> findings = new ArrayList<>();
  private final SortedMap<Integer, List<Finding>> bySlice = new TreeMap<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final boolean labelled;
  private int negatives;

  private LabelledVolumeReader(DatasetInfo info, Store root, Item item, boolean labelled) {
    this.info = info;
    this.root = root;
    this.item = item;
    this.files = item.payload(LabelledVolume.class);
    this.labelled = labelled;
  }

  /**
   * Converts an item whose payload is a {@link LabelledVolume}.
   *
   * @param labelled whether volume and slices carry the names of their parts as labels; a part
   *     without voxels is then known not to be there, and else an empty mask
   * @throws ItemException {@code empty-mask} if no part of a labelled volume has voxels
   */
  static Conversion read(DatasetInfo info, Store root, Item item, boolean labelled)
      throws IOException {
    return new LabelledVolumeReader(info, root, item, labelled).conversion();
  }

  private Conversion conversion() throws IOException {
    VolumeGrid grid = ItemVolumes.probe(root, files.image()).grid();
    for (LabelledVolume.LabelFile file : files.labels()) {
      add(file, grid);
    }
    if (labelled && findings.isEmpty()) {
      String detail = "expected voxels of at least one label, found none";
      throw new ItemException(item.source().toString(), "empty-mask", detail);
    }
    Volume image = ItemVolumes.read(root, files.image());
    GreyRange range = GreyRange.of(image);
    Media volume = VolumeMedia.volume(item.mediaId(), files.image(), grid);
    List<Sample> samples = new ArrayList<>();
    List<DerivedPicture> pictures = new ArrayList<>();
    samples.add(sample(volume, findings));
    bySlice.forEach(
        (k, shown) -> {
          Media slice = VolumeMedia.axial(info.name(), item.mediaId(), grid, k);
          byte[] png = image.slice(SliceAxis.AXIAL, k).grey(range.low(), range.high()).toPng();
          pictures.add(new DerivedPicture(slice.uri(), png));
          samples.add(sample(slice, shown));
        });
    return new Conversion(samples, rejections, negatives, pictures);
  }

  private Sample sample(Media media, List<Finding> shown) {
    List<ImageLabel> labels =
        labelled
            ? shown.stream()
                .map(f -> new ImageLabel(f.label(), f.nativeLabel()))
                .distinct()
                .toList()
            : List.of();
    return new Sample(
        info.name(),
        media,
        item.split(),
        info.modality(),
        item.group(),
        item.source(),
        labels,
        shown);
  }

  private void add(LabelledVolume.LabelFile file, VolumeGrid grid) throws IOException {
    Volume labels = ItemVolumes.read(root, file.path());
    VolumeMedia.checkSamePlace(file.path(), labels.grid(), grid);
    LabelValues values = LabelValues.of(labels);
    if (values.tooMany()) {
      throw new ItemException(
          file.path(),
          "not-labels",
          "expected at most %d different values of labels, found more".formatted(LabelValues.MOST));
    }
    Set<Integer> known =
        file.parts().stream().flatMap(p -> p.values().stream()).collect(Collectors.toSet());
    if (!known.isEmpty()) {
      values
          .others(known)
          .forEach(
              (value, voxels) ->
                  reject(
                      Rejection.Scope.PART,
                      file.path(),
                      "unknown-label",
                      "expected 0 or one of %s, found %s in %d voxels"
                          .formatted(known.stream().sorted().toList(), value, voxels)));
    }
    for (LabelledVolume.Part part : file.parts()) {
      add(file.path(), part, labels, values);
    }
  }

  private void add(String path, LabelledVolume.Part part, Volume labels, LabelValues values) {
    if (part.values().isEmpty() && !values.areTwo()) {
      reject(
          Rejection.Scope.ANNOTATION,
          path,
          values.isOne() ? "empty-mask" : "not-a-mask",
          "expected two values one apart, found " + values.words());
      return;
    }
    DoublePredicate inside =
        part.values().isEmpty()
            ? v -> v > values.least() + 0.5
            : v -> part.values().stream().anyMatch(l -> LabelValues.is(v, l));
    Box3d box = labels.canonical().box(inside).orElse(null);
    if (box == null && labelled) {
      negatives++;
      return;
    }
    if (box == null) {
      String detail = "expected voxels of %s, found none".formatted(part.nativeLabel());
      reject(Rejection.Scope.ANNOTATION, path, "empty-mask", detail);
      return;
    }
    Source where = new Source(path, null);
    findings.add(Finding.of(part.label(), part.nativeLabel(), box, where));
    for (int k = (int) box.z1(); k < box.z2(); k++) {
      Mask mask = labels.slice(SliceAxis.AXIAL, k).mask(inside);
      if (!MaskOutlines.trace(mask, MaskOutlines.DEFAULT_MIN_COMPONENT).outlines().isEmpty()) {
        MaskRegion region = new MaskRegion(mask, part.instances());
        bySlice
            .computeIfAbsent(k, slice -> new ArrayList<>())
            .add(Finding.of(part.label(), part.nativeLabel(), region, where));
      }
    }
  }

  private void reject(Rejection.Scope scope, String path, String reason, String detail) {
    rejections.add(new Rejection(info.name(), scope, path, reason, detail));
  }
}
