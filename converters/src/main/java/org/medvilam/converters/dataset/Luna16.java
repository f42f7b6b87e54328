package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.DerivedPicture;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.ItemVolumes;
import org.medvilam.converters.item.Problem;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.imaging.volume.SliceAxis;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Media;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * LUNA16: chest CT scans with lung nodules as points of the world and diameters.
 *
 * <p>Points are millimetres in LPS; origin, spacing and TransformMatrix of the scan lead to voxel
 * indices, and the centre of voxel i lies at i + 0.5 of the edge frame. In the scan a nodule is the
 * cube of its diameter. Each axial slice that holds a nodule's point becomes a picture, which lists
 * every nodule that meets the slice ({@link Luna16Nodule} says how), so that no nodule in sight is
 * missing from an answer. Pictures have 8 bits, black at -1,200 and white at 600 Hounsfield units.
 *
 * <p>The owners count a nodule of 3 mm or more that at least three of four radiologists marked. So
 * a scan without a row is called {@value #NO_NODULE}, not free of findings: it may show smaller
 * ones, or ones that fewer marked. Those stand in {@code annotations_excluded.csv} and are rejected
 * by name. A scan whose rows cannot be read is called neither.
 *
 * <p>The owners have ten subsets for cross-validation and no test part; few-shot learning needs
 * fixed parts. Patients cannot be told from the release, so the series is the group, and the
 * subsets are all that keeps scans apart.
 */
public final class Luna16 implements Dataset {
  static final String LABEL = "lung nodule";
  static final String NO_NODULE = "no lung nodule";
  static final String NATIVE_LABEL = "nodule";

  /** Hounsfield units shown as black and as white, as usual for this dataset. */
  private static final double LOW = -1200;

  private static final double HIGH = 600;

  static final DatasetInfo INFO =
      new DatasetInfo(
          "luna16",
          1,
          "LUNA16: lung nodule analysis 2016",
          "Setio et al.: Validation, comparison, and combination of algorithms for automatic"
              + " detection of pulmonary nodules in computed tomography images: the LUNA16"
              + " challenge. Medical Image Analysis 42, 1-13 (2017); pictures: LIDC-IDRI",
          "CC BY 4.0; LIDC-IDRI: CC BY 3.0",
          "ct",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "annotations.csv  seriesuid, coordX, coordY, coordZ, diameter_mm",
              "subset0/ ... subset9/  (or some of them)",
              "  1.3.6.1.4.1.14519.5.2.1.6279.6001.<number>.mhd and .raw, ...",
              "annotations_excluded.csv, seriesuids.csv  (or none), beside annotations.csv",
              "  or in evaluationScript/annotations/"),
          "study",
          "ours, by the owners' subsets, which they mean for tenfold cross-validation:"
              + " 0-6 train, 7 validation, 8-9 test",
          DatasetInfo.HeldOut.TEST,
          List.of("lidc-idri"),
          888);

  /**
   * A scan and what the tables say of it, as an item's payload.
   *
   * @param image path of the header
   * @param rows rows of both tables
   */
  record Scan(String image, List<Luna16Row> rows) {}

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "luna16 needs its scans for places and slices, so leave --labels-only out");
    }
    return LayoutCheck.oneRoot(
        input,
        Luna16Files::areIn,
        "them",
        "Expected annotations.csv and subset0/ to subset9/, or some of them, under %s, or in one folder of it; %s. Unpack the owners' archives and name the folder that holds them.");
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    new Luna16Files(source.root(), sink).list();
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    Scan scan = item.payload(Scan.class);
    VolumeGrid grid = ItemVolumes.probe(source.root(), scan.image()).grid();
    List<Rejection> rejections = new ArrayList<>();
    List<Luna16Nodule> nodules = nodules(scan, grid.canonical(), rejections);
    List<Finding> cubes = nodules.stream().map(Luna16Nodule::cube).toList();
    List<Sample> samples = new ArrayList<>();
    Media volume = VolumeMedia.volume(item.mediaId(), scan.image(), grid);
    samples.add(sample(item, volume, labels(scan, cubes), cubes));
    Map<Integer, Media> slices = new TreeMap<>();
    for (Luna16Nodule nodule : nodules) {
      int k = nodule.slice();
      slices.put(k, VolumeMedia.axial(INFO.name(), item.mediaId(), grid, k));
    }
    slices.forEach(
        (k, slice) -> {
          List<Finding> shown = nodules.stream().flatMap(n -> n.circle(k).stream()).toList();
          samples.add(sample(item, slice, List.of(), shown));
        });
    return new Conversion(samples, rejections, 0, pictures(source.root(), scan.image(), slices));
  }

  private static List<Luna16Nodule> nodules(Scan scan, VolumeGrid lps, List<Rejection> rejections) {
    List<Luna16Nodule> nodules = new ArrayList<>();
    for (Luna16Row row : scan.rows()) {
      Problem problem = row.problem() == null ? Luna16Nodule.problem(row, lps) : row.problem();
      if (problem == null) {
        nodules.add(Luna16Nodule.of(row, lps));
      } else {
        rejections.add(row.rejection(problem));
      }
    }
    return nodules;
  }

  /** Draws slices; a scan is read to its end even where none is wanted, so that a cut one shows. */
  private static List<DerivedPicture> pictures(Store root, String image, Map<Integer, Media> slices)
      throws IOException {
    List<DerivedPicture> pictures = new ArrayList<>();
    ItemVolumes.slices(
        root,
        image,
        SliceAxis.AXIAL,
        slices::containsKey,
        slice -> {
          String path = slices.get(slice.index()).uri();
          pictures.add(new DerivedPicture(path, slice.grey(LOW, HIGH).toPng()));
        });
    return pictures;
  }

  private static List<ImageLabel> labels(Scan scan, List<Finding> nodules) {
    if (!nodules.isEmpty()) {
      return List.of(new ImageLabel(LABEL, NATIVE_LABEL));
    }
    boolean negative = scan.rows().stream().allMatch(Luna16Row::excluded);
    return negative ? List.of(new ImageLabel(NO_NODULE, "no " + NATIVE_LABEL)) : List.of();
  }

  private static Sample sample(
      Item item, Media media, List<ImageLabel> labels, List<Finding> findings) {
    return new Sample(
        INFO.name(),
        media,
        item.split(),
        INFO.modality(),
        item.group(),
        item.source(),
        labels,
        findings);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return Luna16Phantom.draw(request);
  }
}
