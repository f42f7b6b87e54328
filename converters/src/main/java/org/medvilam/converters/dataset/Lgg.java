package org.medvilam.converters.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetInfo;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.item.RootSearch;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * LGG: brain MR of lower-grade gliomas, in one of two forms: pairs of slices ({@link LggSlices})
 * and volumes ({@link LggVolumes}).
 *
 * <p>A run reads one of them. Many patients are in both; a patient has the same group in both
 * forms, and so falls on the same side of the split. Dates of examinations stand in names of files
 * and folders; they are no part of ids and groups.
 */
public final class Lgg implements Dataset {
  static final String FOLDER = "kaggle_3m";
  static final String LABEL = "lower-grade glioma";

  /** The zip file of the slices holds their tree twice; the first that is there is read. */
  private static final List<String> ROOTS = List.of("", FOLDER, "lgg-mri-segmentation/" + FOLDER);

  static final DatasetInfo INFO =
      new DatasetInfo(
          "lgg",
          2,
          "LGG: brain MRI segmentation of lower-grade gliomas",
          "Buda, Saha, Mazurowski: Association of genomic subtypes of lower-grade gliomas with"
              + " shape features automatically extracted by a deep learning algorithm. Computers in"
              + " Biology and Medicine 109, 218-225 (2019); volumes: Bakas et al.: Advancing The"
              + " Cancer Genome Atlas glioma MRI collections with expert segmentation labels and"
              + " radiomic features. Scientific Data 4, 170117 (2017); pictures: TCGA-LGG, The"
              + " Cancer Imaging Archive",
          "slices: CC BY-NC-SA 4.0, unconfirmed; the owners' pages have the terms of both forms",
          "mri",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "kaggle_3m/  (also below lgg-mri-segmentation/; data.csv may be absent)",
              "  TCGA_CS_4941_19960909/",
              "    TCGA_CS_4941_19960909_1.tif, TCGA_CS_4941_19960909_1_mask.tif, ...",
              "or Pre-operative_TCGA_LGG_NIfTI_and_Segmentations/",
              "  TCGA-CS-4942/",
              "    TCGA-CS-4942_1997.02.22_flair.nii.gz  (t1, t1Gd and t2 may be absent)",
              "    TCGA-CS-4942_1997.02.22_GlistrBoost_ManuallyCorrected.nii.gz",
              "    TCGA-CS-4942_1997.02.22_GlistrBoost.nii.gz  (read where the other is absent)"),
          "patient",
          "none by the owners: 7 : 1 : 2 by hash of the patient",
          DatasetInfo.HeldOut.TEST,
          List.of(),
          3929);

  @Override
  public DatasetInfo info() {
    return INFO;
  }

  @Override
  public LayoutCheck check(Store input, Settings settings) throws IOException {
    if (settings.labelsOnly()) {
      return LayoutCheck.problem(
          "lgg has no label file that carries picture sizes; its masks and pictures are needed, so"
              + " leave --labels-only out");
    }
    List<String> roots = new ArrayList<>(LggVolumes.roots(input));
    for (String prefix : ROOTS) {
      if (LggSlices.areIn(input.below(prefix))) {
        roots.add(prefix);
        break;
      }
    }
    if (roots.size() != 1) {
      String found =
          roots.size() > 1 && roots.contains("")
              ? "found several of them"
              : RootSearch.found(input, roots, "them");
      return LayoutCheck.problem(
          ("Expected folders such as TCGA_CS_4941_19960909/ with slices as TIFF under %s, or under"
                  + " kaggle_3m/ in it, or folders such as TCGA-CS-4942/ with volumes as NIfTI; %s."
                  + " Name the folder that holds one of them.")
              .formatted(input.uri(), found));
    }
    return LayoutCheck.rootAt(roots.get(0));
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    if (LggSlices.areIn(source.root())) {
      LggSlices.items(source.root(), sink);
    } else {
      LggVolumes.items(source.root(), sink);
    }
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return LggVolumes.isOne(item)
        ? LggVolumes.convert(source.root(), item)
        : LggSlices.convert(source.root(), item);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return LggPhantom.draw(request);
  }

  /**
   * Returns the group of a patient, the same in both forms.
   *
   * @param patient the owners' name, {@code TCGA_CS_4941} or {@code TCGA-CS-4941}
   */
  static String group(String patient) {
    return "patient:" + patient.replace('-', '_');
  }

  /** Returns the split of a group. */
  static Split split(String group) {
    return Split.ofGroup(INFO.name(), group);
  }
}
