package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.MaskedPictures;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * Task 4 of the Medical Segmentation Decathlon: MR volumes cut out around one hippocampus, the open
 * stand-in for {@code adni-hippocampus}.
 *
 * <p>Label 1 is the anterior part, 2 the posterior one; some label files store them as fractions.
 * Volumes of {@code imagesTs/} have no public labels and are not read. A volume is one patient, as
 * far as the release tells.
 */
public final class MsdHippocampus implements Dataset {
  static final String IMAGES = "imagesTr";
  static final String LABELS = "labelsTr";

  private static final Pattern NAME = Pattern.compile("(hippocampus_\\d{3})\\.nii(?:\\.gz)?");

  private static final DatasetInfo INFO =
      new DatasetInfo(
          "msd-hippocampus",
          1,
          "Medical Segmentation Decathlon, Task 4: hippocampus",
          "Antonelli et al.: The Medical Segmentation Decathlon. Nature Communications 13, 4128"
              + " (2022)",
          "CC BY-SA 4.0",
          "mri",
          Set.of(Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.EXTRA,
          List.of(
              "Task04_Hippocampus/  (or the folders below alone)",
              "  imagesTr/  hippocampus_001.nii.gz, ...",
              "  labelsTr/  hippocampus_001.nii.gz, ..."),
          "patient",
          "none with labels by the owners: 7 : 1 : 2 by hash of the patient",
          DatasetInfo.HeldOut.TEST,
          List.of(),
          260);

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "msd-hippocampus needs its volumes for the slices, so leave --labels-only out");
    }
    return LayoutCheck.oneRoot(
        input,
        folder -> folder.exists(IMAGES) && folder.exists(LABELS),
        "them",
        "Expected imagesTr/ and labelsTr/ under %s, or in one folder of it; %s. Name the folder that holds both.");
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    MaskedPictures volumes = new MaskedPictures(INFO.name(), source.root(), sink);
    String expected = "names such as hippocampus_001.nii.gz";
    volumes.add(IMAGES, NAME, null, expected);
    volumes.add(LABELS, null, NAME, expected);
    for (MaskedPictures.Pair pair : volumes.pairs()) {
      LabelledVolume files =
          new LabelledVolume(
              pair.image(),
              List.of(
                  new LabelledVolume.LabelFile(
                      pair.mask(),
                      List.of(
                          part("anterior hippocampus", "Anterior", 1),
                          part("posterior hippocampus", "Posterior", 2)))));
      String group = "patient:" + pair.id();
      Split split = Split.ofGroup(INFO.name(), group);
      Source where = new Source(pair.mask(), null);
      sink.item(Item.of(pair.id(), split, group, files.annotations(), where, files));
    }
  }

  private static LabelledVolume.Part part(String label, String nativeLabel, int value) {
    return new LabelledVolume.Part(label, nativeLabel, List.of(value), false);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return LabelledVolumeReader.read(INFO, source.root(), item, false);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return HippocampusPhantom.msd(request);
  }
}
