package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.VolumeContract;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomSpace;
import org.medvilam.converters.phantom.PhantomVolumes;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.VoxelType;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.store.LocalStore;

final class AdniHippocampusTest extends VolumeContract {
  private static final AdniHippocampus ADNI = new AdniHippocampus();
  private static final String ID = "ADNI_002_S_0295_13722";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return ADNI;
  }

  @Override
  protected String expectedInMessage() {
    return "Labels_100_NIFTI/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("HarP");
  }

  private static void write(Path root, String path, PhantomSpace space) throws IOException {
    new PhantomVolumes(new PhantomFiles(root))
        .nifti(
            path,
            space.volume(VoxelType.FLOAT32, PhantomSpace.grid("LPS", space, new Vector3(1, 1, 1))));
  }

  private static PhantomSpace mask(double x, double value) {
    return new PhantomSpace(24, 14, 10)
        .ellipsoid(new Vector3(x, 6, 5), new Vector3(2.5, 2.5, 2.5), value);
  }

  @Test
  void shiftedMasksAreMasks() throws IOException {
    Path root = folder.resolve("shifted");
    write(root, "100/" + ID + "_extra.nii", mask(5, 200));
    write(root, "Labels_100_NIFTI/" + ID + "_L.nii", mask(17, 1).plus(26896.988));
    write(root, "Labels_100_NIFTI/" + ID + "_R.nii", mask(5, 1));
    Item item = list(source(root)).item(ID);
    assertThat(item.group()).isEqualTo("patient:002_S_0295");
    Conversion conversion = ADNI.convert(source(root), item);
    assertThat(conversion.rejections()).isEmpty();
    assertThat(conversion.samples().get(0).findings())
        .extracting(f -> f.label() + " " + f.regions().get(0))
        .containsExactly(
            "left hippocampus " + new Box3d(15, 4, 3, 20, 9, 8),
            "right hippocampus " + new Box3d(3, 4, 3, 8, 9, 8));
  }

  @Test
  void masksOfOneOrManyValuesAreNamed() throws IOException {
    Path root = folder.resolve("values");
    write(root, "35/" + ID + ".nii", mask(5, 200));
    write(root, "Labels_35_NIFTI/" + ID + "_L.nii", mask(17, 0));
    write(root, "Labels_35_NIFTI/" + ID + "_R.nii", mask(5, 0.25));
    Conversion conversion = ADNI.convert(source(root), list(source(root)).item(ID));
    assertThat(conversion.rejections())
        .extracting(r -> r.scope() + " " + r.reason())
        .containsExactly("ANNOTATION empty-mask", "ANNOTATION not-a-mask");
  }

  @Test
  void repackedMasksHoldBothSides() throws IOException {
    Path root = folder.resolve("repacked");
    write(root, "Images/" + ID + ".nii", mask(5, 200));
    write(
        root,
        "Labels/" + ID + ".nii",
        mask(17, 1).ellipsoid(new Vector3(5, 6, 5), new Vector3(2.5, 2.5, 2.5), 2));
    Conversion conversion = ADNI.convert(source(root), list(source(root)).item(ID));
    assertThat(conversion.samples().get(0).findings())
        .extracting(f -> f.label() + " " + f.regions().get(0))
        .containsExactly(
            "left hippocampus " + new Box3d(15, 4, 3, 20, 9, 8),
            "right hippocampus " + new Box3d(3, 4, 3, 8, 9, 8));
  }

  @Test
  void masksByDiagnosisHoldBothSidesAsOne() throws IOException {
    Path root = folder.resolve("diagnosis");
    write(root, "samples/mci/029_S_4279.nii.gz", mask(5, 200));
    PhantomSpace both = mask(17, 1).ellipsoid(new Vector3(5, 6, 5), new Vector3(2.5, 2.5, 2.5), 1);
    write(root, "masks/all/029_S_4279.nii.gz", both);
    new PhantomFiles(root).text("samples/ad/029_S_4280.nii.gz", "?");
    assertThat(ADNI.check(LocalStore.of(root), Settings.standard()))
        .isEqualTo(LayoutCheck.rootAt(""));
    Listed listed = list(source(root));
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactly("ITEM samples/ad/029_S_4280.nii.gz missing-mask");
    Item item = listed.item("029_S_4279");
    assertThat(item.group()).isEqualTo("patient:029_S_4279");
    Conversion conversion = ADNI.convert(source(root), item);
    assertThat(conversion.samples().get(0).findings())
        .extracting(f -> f.label() + " " + f.regions().get(0))
        .containsExactly("hippocampus " + new Box3d(3, 4, 3, 20, 9, 8));
  }

  @Test
  void everyOtherFileIsRejectedByName() throws IOException {
    Path root = folder.resolve("odd");
    PhantomFiles files = new PhantomFiles(root);
    for (String name :
        new String[] {
          "100/ADNI_002_S_0295_1.mnc",
          "Labels_100_NIFTI/ADNI_002_S_0295_1_L.nii",
          "Labels_100_NIFTI/ADNI_002_S_0295_1_R.nii",
          "100/ADNI_002_S_0295_2.nii",
          "Labels_100_NIFTI/ADNI_002_S_0295_3_L.nii",
          "100/ADNI_002_S_0295_4.mnc",
          "100/ADNI_002_S_0295_4.nii",
          "Labels_100_NIFTI/ADNI_002_S_0295_4_L.nii",
          "100/notes.txt",
          "Labels_100_NIFTI/ADNI_002_S_0295_5.nii",
          "100/ADNI_002_S_0295_6.nii",
          "100/ADNI_002_S_0295_6.nii.gz",
          "Labels_100_NIFTI/ADNI_002_S_0295_6_L.nii"
        }) {
      files.text(name, "?");
    }
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("ADNI_002_S_0295_4");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM 100/ADNI_002_S_0295_1.mnc unsupported-format",
            "ANNOTATION Labels_100_NIFTI/ADNI_002_S_0295_1_L.nii unsupported-format",
            "ANNOTATION Labels_100_NIFTI/ADNI_002_S_0295_1_R.nii unsupported-format",
            "ITEM 100/ADNI_002_S_0295_2.nii missing-mask",
            "ANNOTATION Labels_100_NIFTI/ADNI_002_S_0295_3_L.nii missing-image",
            "ITEM 100/notes.txt unexpected-file",
            "ITEM Labels_100_NIFTI/ADNI_002_S_0295_5.nii unexpected-file",
            "ITEM 100/ADNI_002_S_0295_6.nii shared-name",
            "ITEM 100/ADNI_002_S_0295_6.nii.gz shared-name",
            "ANNOTATION Labels_100_NIFTI/ADNI_002_S_0295_6_L.nii shared-name");
  }
}
