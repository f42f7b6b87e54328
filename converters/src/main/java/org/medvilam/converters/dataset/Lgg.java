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
import org.medvilam.converters.item.FolderNames;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemSink;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.store.Store;

/**
 * LGG: brain MR slices of lower-grade gliomas, in the form of slice pairs ({@link LggSlices}).
 *
 * <p>The same patients are handed out as volumes, too (BraTS-TCGA-LGG); such a tree is recognised
 * and named. A patient has the same group in both forms, and so falls on the same side of the
 * split.
 */
public final class Lgg implements Dataset {
  static final String FOLDER = "kaggle_3m";
  static final String LABEL = "lower-grade glioma";

  /** The zip file of the slices holds their tree twice; the first that is there is read. */
  private static final List<String> ROOTS = List.of("", FOLDER, "lgg-mri-segmentation/" + FOLDER);

  private static final Pattern VOLUMES =
      Pattern.compile("TCGA-[A-Z0-9]{2}-[A-Z0-9]{4}|.*TCGA_LGG_NIfTI.*");

  static final DatasetInfo INFO =
      new DatasetInfo(
          "lgg",
          1,
          "LGG: brain MRI segmentation of lower-grade gliomas",
          "Buda, Saha, Mazurowski: Association of genomic subtypes of lower-grade gliomas with"
              + " shape features automatically extracted by a deep learning algorithm. Computers in"
              + " Biology and Medicine 109, 218-225 (2019); pictures: TCGA-LGG, The Cancer Imaging"
              + " Archive",
          "CC BY-NC-SA 4.0, unconfirmed; its Kaggle page has the owners' terms",
          "mri",
          Set.of(Task.CLASSIFICATION, Task.LOCALIZATION, Task.SEGMENTATION),
          DatasetInfo.Tier.FINETUNE,
          List.of(
              "kaggle_3m/  (also below lgg-mri-segmentation/; data.csv may be absent)",
              "  TCGA_CS_4941_19960909/",
              "    TCGA_CS_4941_19960909_1.tif, TCGA_CS_4941_19960909_1_mask.tif, ..."),
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
    for (String prefix : ROOTS) {
      if (LggSlices.areIn(input.below(prefix))) {
        return LayoutCheck.rootAt(prefix);
      }
    }
    boolean volumes =
        FolderNames.of(input, "").stream().anyMatch(e -> VOLUMES.matcher(e.name()).matches());
    return LayoutCheck.problem(
        ("Expected folders such as TCGA_CS_4941_19960909/ with slices as TIFF under %s, or under"
                + " kaggle_3m/ in it; %s. %s")
            .formatted(
                input.uri(),
                FolderNames.found(FolderNames.of(input, "")),
                volumes
                    ? "This is the form of NIfTI volumes, which is not read; take the slices."
                    : "Name the folder that holds them."));
  }

  @Override
  public void items(DatasetSource source, ItemSink sink) throws IOException {
    LggSlices.items(source.root(), sink);
  }

  @Override
  public Conversion convert(DatasetSource source, Item item) throws IOException {
    return LggSlices.convert(source.root(), item);
  }

  @Override
  public PhantomTruth draw(PhantomRequest request) throws IOException {
    return LggPhantom.draw(request);
  }

  /**
   * Returns the group of a patient.
   *
   * @param institution the owners' code, e.g. {@code CS}
   * @param patient the owners' number, e.g. {@code 4941}
   */
  static String group(String institution, String patient) {
    return "patient:TCGA_" + institution + "_" + patient;
  }

  /** Returns the split of a group. */
  static Split split(String group) {
    return Split.ofGroup(INFO.name(), group);
  }
}
