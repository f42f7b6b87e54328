package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.VolumeContract;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomPainter;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.converters.phantom.PhantomSpace;
import org.medvilam.converters.phantom.PhantomTruth;
import org.medvilam.converters.phantom.PhantomVolumes;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.VoxelType;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Sample;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

/** LGG in its form of volumes; {@link LggTest} tests the form of slices, which the phantom has. */
final class LggVolumesTest extends VolumeContract {
  private static final Lgg LGG = new Lgg();
  private static final String ID = "TCGA-CS-4942";
  private static final String FILE = ID + "_1997.02.22_";

  @TempDir Path folder;

  /**
   * Draws tumours of shells: oedema around a core, and in every other one enhancing tissue in the
   * core. Labels are fractions in one order of axes, and every third case was not corrected.
   */
  @Override
  protected PhantomTruth draw(PhantomRequest request) throws IOException {
    Map<String, List<PhantomTruth.Drawn>> truth = new HashMap<>();
    for (int n = 0; n < request.images(); n++) {
      String id = "TCGA-%s-%d".formatted(List.of("CS", "DU", "HT").get(n % 3), 4900 + n);
      SplittableRandom random = PhantomPainter.random(request.seed(), id);
      Vector3 centre = new Vector3(22 + random.nextInt(6), 24 + random.nextInt(6), 12);
      PhantomSpace labels =
          new PhantomSpace(48, 56, 24)
              .ellipsoid(centre, new Vector3(12, 11, 7), 2)
              .ellipsoid(centre, new Vector3(7, 7, 4.5), 1);
      if (n % 2 == 1) {
        labels.ellipsoid(centre, new Vector3(4, 4, 2.5), 4);
      }
      truth.put(id, List.of());
      labels.map(v -> v > 0 ? 1 : 0).drawn(id, 1, "lower-grade glioma", truth);
      labels.drawn(id, 1, "non-enhancing tumour core", truth);
      labels.drawn(id, 2, "peritumoural oedema", truth);
      labels.drawn(id, 4, "enhancing tumour", truth);
      String stem = LggVolumes.FOLDER + "/" + id + "/" + id + "_1997.02.%02d_".formatted(n + 1);
      for (String sequence : List.of("flair", "t1", "t1Gd", "t2")) {
        PhantomSpace brain = labels.map(v -> 100 + 40 * v + random.nextInt(20));
        write(request.output(), stem + sequence, brain, VoxelType.INT16, n);
      }
      VoxelType type = n % 2 == 0 ? VoxelType.UINT8 : VoxelType.FLOAT32;
      write(request.output(), stem + "GlistrBoost", labels, type, n);
      if (n % 3 != 2) {
        write(request.output(), stem + "GlistrBoost_ManuallyCorrected", labels, type, n);
      }
    }
    return new PhantomTruth(truth);
  }

  private static void write(Path root, String path, PhantomSpace space, VoxelType type, int order)
      throws IOException {
    String letters = order % 2 == 0 ? "LPS" : "RAS";
    new PhantomVolumes(new PhantomFiles(root))
        .nifti(
            path + ".nii.gz",
            space.volume(type, PhantomSpace.grid(letters, space, new Vector3(1, 1, 1))));
  }

  private static PhantomSpace cube(double x, double value) {
    return new PhantomSpace(24, 14, 10)
        .ellipsoid(new Vector3(x, 6, 5), new Vector3(2.5, 2.5, 2.5), value);
  }

  private Path tree(String name, PhantomSpace labels) throws IOException {
    Path root = folder.resolve(name);
    write(root, ID + "/" + FILE + "flair", cube(5, 200), VoxelType.INT16, 0);
    write(root, ID + "/" + FILE + "GlistrBoost", labels, VoxelType.FLOAT32, 1);
    return root;
  }

  private static LayoutCheck check(Path root) throws IOException {
    return LGG.check(LocalStore.of(root), Settings.standard());
  }

  @Override
  protected Dataset dataset() {
    return LGG;
  }

  @Override
  protected String expectedInMessage() {
    return "TCGA-CS-4942/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("tumours");
  }

  @Test
  void tumourIsAllLabelsAndAbsentPartsAreNoRejections() throws IOException {
    PhantomSpace labels = cube(5, 2).ellipsoid(new Vector3(9, 6, 5), new Vector3(1.5, 2.5, 2.5), 4);
    Path root = tree("parts", labels);
    Item item = list(source(root)).item(ID);
    assertThat(item.annotations()).isEqualTo(4);
    Conversion conversion = LGG.convert(source(root), item);
    assertThat(conversion.rejections()).isEmpty();
    assertThat(conversion.negatives()).isEqualTo(1);
    Sample volume = conversion.samples().get(0);
    assertThat(volume.media().orientation()).isEqualTo("LPS");
    assertThat(volume.findings())
        .extracting(f -> f.label() + " " + f.regions().get(0))
        .containsExactly(
            "lower-grade glioma " + new Box3d(3, 4, 3, 11, 9, 8),
            "peritumoural oedema " + new Box3d(3, 4, 3, 8, 9, 8),
            "enhancing tumour " + new Box3d(8, 4, 3, 11, 9, 8));
    assertThat(volume.labels())
        .containsExactly(
            new ImageLabel("lower-grade glioma", "whole tumour"),
            new ImageLabel("peritumoural oedema", "ED"),
            new ImageLabel("enhancing tumour", "ET"));
    assertThat(conversion.samples().stream().skip(1))
        .extracting(s -> s.media().slice())
        .isNotEmpty()
        .isSorted();
  }

  @Test
  void slicesAreLabelledByWhatTheyShow() throws IOException {
    PhantomSpace labels =
        cube(5, 2).ellipsoid(new Vector3(15, 6, 8), new Vector3(2.5, 2.5, 0.5), 1);
    Path root = tree("slices", labels);
    Conversion conversion = LGG.convert(source(root), list(source(root)).item(ID));
    Map<Integer, List<String>> shown = new HashMap<>();
    conversion.samples().stream()
        .skip(1)
        .forEach(
            s -> shown.put(s.media().slice(), s.labels().stream().map(ImageLabel::label).toList()));
    assertThat(shown.get(5)).containsExactly("lower-grade glioma", "peritumoural oedema");
    assertThat(shown.get(8)).containsExactly("lower-grade glioma", "non-enhancing tumour core");
  }

  @Test
  void labelsCorrectedByHandComeFirst() throws IOException {
    Path root = tree("corrected", cube(5, 2));
    Item byProgram = list(source(root)).item(ID);
    assertThat(byProgram.source().file()).endsWith("_GlistrBoost.nii.gz");
    String corrected = ID + "/" + FILE + "GlistrBoost_ManuallyCorrected";
    write(root, corrected, cube(15, 2), VoxelType.UINT8, 0);
    Item byHand = list(source(root)).item(ID);
    assertThat(byHand.source().file()).isEqualTo(corrected + ".nii.gz");
    assertThat(LGG.convert(source(root), byHand).samples().get(0).findings().get(0).regions())
        .containsExactly(new Box3d(13, 4, 3, 18, 9, 8));
  }

  @Test
  void otherLabelsAreNamed() throws IOException {
    Path root = tree("three", cube(5, 2).ellipsoid(new Vector3(15, 6, 5), new Vector3(1, 1, 1), 3));
    Conversion conversion = LGG.convert(source(root), list(source(root)).item(ID));
    assertThat(conversion.rejections())
        .extracting(r -> r.scope() + " " + r.reason() + " " + r.detail())
        .containsExactly(
            "PART unknown-label expected 0 or one of [1, 2, 4], found 3.0 in 7 voxels");
  }

  @Test
  void labelsWithoutAnyTumourAreRejected() throws IOException {
    Path root = tree("none", cube(5, 0));
    Item item = list(source(root)).item(ID);
    ItemException e =
        catchThrowableOfType(ItemException.class, () -> LGG.convert(source(root), item));
    assertThat(e.reason()).isEqualTo("empty-mask");
  }

  @Test
  void datesStandInPathsAlone() throws IOException {
    Path root = tree("dates", cube(5, 2));
    Item item = list(source(root)).item(ID);
    Conversion conversion = LGG.convert(source(root), item);
    List<String> names = new ArrayList<>(List.of(item.mediaId(), item.group()));
    conversion.pictures().forEach(p -> names.add(p.path()));
    Instructor instructor = new Instructor(InstructionOptions.standard(), "lgg/2");
    for (Sample sample : conversion.samples()) {
      names.add(sample.media().id());
      instructor.instruct(sample).records().stream().map(InstructionRecord::id).forEach(names::add);
    }
    assertThat(names).contains("images/lgg/" + ID + "/axial/5.png");
    assertThat(names).noneMatch(n -> n.contains("1997"));
  }

  @Test
  void patientHasTheSameGroupInBothForms() throws IOException {
    Item volume = list(source(tree("volume", cube(5, 2)))).item(ID);
    Path slices = folder.resolve("slices-of-it");
    PhantomFiles files = new PhantomFiles(slices.resolve("TCGA_CS_4942_19970222"));
    files.text("TCGA_CS_4942_19970222_7.tif", "not looked at while listing");
    files.text("TCGA_CS_4942_19970222_7_mask.tif", "not looked at while listing");
    Item slice = list(source(slices)).item("TCGA_CS_4942_7");
    assertThat(volume.group()).isEqualTo(slice.group()).isEqualTo("patient:TCGA_CS_4942");
    assertThat(volume.split()).isEqualTo(slice.split());
  }

  @Test
  void everyOtherFileIsRejectedByName() throws IOException {
    Path root = folder.resolve("odd");
    PhantomFiles files = new PhantomFiles(root);
    for (String name :
        List.of(
            "TCGA-CS-0001/TCGA-CS-0001_1997.02.22_flair.nii.gz",
            "TCGA-CS-0001/TCGA-CS-0001_1997.02.22_t1.nii.gz",
            "TCGA-CS-0002/TCGA-CS-0002_1997.02.22_t1.nii.gz",
            "TCGA-CS-0002/TCGA-CS-0002_1997.02.22_GlistrBoost.nii.gz",
            "TCGA-CS-0003/TCGA-CS-0003_1997.02.22_flair.nii.gz",
            "TCGA-CS-0003/TCGA-CS-0003_1998.02.22_flair.nii.gz",
            "TCGA-CS-0003/TCGA-CS-0003_1997.02.22_GlistrBoost.nii.gz",
            "TCGA-CS-0004/TCGA-CS-0005_1997.02.22_flair.nii.gz",
            "TCGA-CS-0006/TCGA-CS-0006_1997.02.22_t3.nii.gz",
            "BraTS2017TestingData/TCGA-CS-0007/TCGA-CS-0007_1997.02.22_flair.nii.gz",
            "BraTS2017TestingData/TCGA-CS-0008/TCGA-CS-0008_1997.02.22_flair.nii.gz",
            "BraTS2017TestingData/TCGA-CS-0008/TCGA-CS-0008_1997.02.22_GlistrBoost.nii.gz",
            "notes.txt",
            "more/TCGA-CS-0009/TCGA-CS-0009_1997.02.22_flair.nii.gz")) {
      files.text(name, "?");
    }
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("TCGA-CS-0008");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source().replaceAll(".*/", "") + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM TCGA-CS-0001_1997.02.22_flair.nii.gz missing-mask",
            "ITEM TCGA-CS-0002_1997.02.22_t1.nii.gz missing-image",
            "ANNOTATION TCGA-CS-0002_1997.02.22_GlistrBoost.nii.gz missing-image",
            "ITEM TCGA-CS-0003_1997.02.22_flair.nii.gz shared-name",
            "ITEM TCGA-CS-0003_1998.02.22_flair.nii.gz shared-name",
            "ANNOTATION TCGA-CS-0003_1997.02.22_GlistrBoost.nii.gz shared-name",
            "ITEM TCGA-CS-0005_1997.02.22_flair.nii.gz unexpected-file",
            "ITEM TCGA-CS-0006_1997.02.22_t3.nii.gz unexpected-file",
            "ITEM TCGA-CS-0007_1997.02.22_flair.nii.gz missing-mask",
            "ITEM notes.txt unexpected-file",
            "ITEM more unexpected-file");
    assertThat(listed.rejections()).noneMatch(r -> r.detail().contains("1997"));
  }

  @Test
  void doubledTreeIsReadOnce() throws IOException {
    Path input = tree("twice/" + LggVolumes.FOLDER, cube(5, 2)).getParent();
    Path outer = input.resolve(LggVolumes.FOLDER);
    assertThat(check(input)).isEqualTo(LayoutCheck.rootAt(LggVolumes.FOLDER));
    copy(outer.resolve(ID), outer.resolve(LggVolumes.FOLDER).resolve(ID));
    Files.move(outer.resolve(ID), folder.resolve("away"));
    assertThat(check(input))
        .isEqualTo(LayoutCheck.rootAt(LggVolumes.FOLDER + "/" + LggVolumes.FOLDER));
    assertThat(LGG.check(LocalStore.of(input), Settings.standard().withLabelsOnly()).problem())
        .contains("--labels-only");
  }

  @Test
  void bothFormsAreOneTooMany() throws IOException {
    Path input = tree("both/" + LggVolumes.FOLDER, cube(5, 2)).getParent();
    new PhantomFiles(input).text("kaggle_3m/TCGA_CS_4941_19960909/x.tif", "?");
    assertThat(check(input).problem())
        .contains("found them in " + LggVolumes.FOLDER + "/, kaggle_3m/");
  }
}
