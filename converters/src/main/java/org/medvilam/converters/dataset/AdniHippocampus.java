package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * Hippocampi of ADNI, drawn by hand to the harmonised protocol (HarP): MR volumes and NIfTI masks.
 *
 * <p>The release has a mask per side; re-packed copies have one file with 1 for left and 2 for
 * right, or, sorted by diagnosis, one mask of both sides. Some masks were shifted to the values
 * 26896.988 and 26897.988, so what lies above the least value is inside. The release's volumes are
 * MINC files, which are rejected by name where no NIfTI file of the same scan lies beside them. The
 * slice axis follows from the header.
 */
public final class AdniHippocampus implements Dataset {
  static final DatasetInfo INFO =
      new DatasetInfo(
          "adni-hippocampus",
          1,
          "ADNI hippocampus, harmonised protocol (HarP)",
          "Boccardi et al.: Training labels for hippocampal segmentation based on the EADC-ADNI"
              + " harmonized hippocampal protocol. Alzheimer's & Dementia 11(2), 175-183 (2015);"
              + " pictures: ADNI",
          "ADNI data use agreement; not to be passed on",
          "mri",
          Set.of(Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "100/, 35/  ADNI_002_S_0295_13722.nii, ... (MINC files turned into NIfTI)",
              "Labels_100_NIFTI/, Labels_35_NIFTI/",
              "  ADNI_002_S_0295_13722_L.nii, ADNI_002_S_0295_13722_R.nii, ...",
              "or Images/ and Labels/ with a file each: 0 background, 1 left, 2 right",
              "or samples/cn/, samples/mci/, samples/ad/ and masks/all/ with a file each"),
          "patient",
          "none by the owners: 7 : 1 : 2 by hash of the patient",
          DatasetInfo.HeldOut.TEST,
          List.of(),
          135);

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "adni-hippocampus needs its volumes for the slices, so leave --labels-only out");
    }
    return LayoutCheck.oneRoot(
        input,
        folder -> AdniFiles.layout(folder).isPresent(),
        "them",
        "Expected Labels_100_NIFTI/ beside 100/ (or Labels_35_NIFTI/ beside 35/), Labels/ beside Images/, or masks/all/ beside samples/, under %s, or in one folder of it; %s. Name the folder that holds them.");
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    Optional<AdniFiles.Layout> layout = AdniFiles.layout(source.root());
    new AdniFiles(source.root(), layout.orElseThrow(), sink).list();
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return LabelledVolumeReader.read(INFO, source.root(), item, false);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return HippocampusPhantom.adni(request);
  }

  /** Returns the split of a group. */
  static Split split(String group) {
    return Split.ofGroup(INFO.name(), group);
  }
}
