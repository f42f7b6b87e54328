package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.medvilam.records.store.LocalStore;

/** Real headers of datasets, and of files that come without expected values. */
final class DatasetSamplesTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-6);
  private static final String SERIES =
      "1.3.6.1.4.1.14519.5.2.1.6279.6001.105756658031515062000744821260";

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void nodulesOfLuna16LieAtTheirVoxels() throws IOException {
    Path folder = Samples.of("luna16/subset0");
    VolumeInfo info = Volumes.probe(LocalStore.of(folder), SERIES + ".mhd");
    assertThat(info.type()).isEqualTo(VoxelType.INT16);
    assertThat(info.grid().orientation()).isEqualTo("LPS");
    JsonNode nodules = json(folder.resolve(SERIES + ".expected.json")).get("nodules");
    assertThat(nodules).isNotEmpty();
    for (JsonNode nodule : nodules) {
      JsonNode row = nodule.get("row");
      Vector3 world =
          new Vector3(
              row.get("coordX").asDouble(),
              row.get("coordY").asDouble(),
              row.get("coordZ").asDouble());
      Vector3 index = info.grid().indexOf(world);
      JsonNode voxel = nodule.get("voxel_ijk");
      assertThat(index.x()).isCloseTo(voxel.get(0).asDouble(), EXACT);
      assertThat(index.y()).isCloseTo(voxel.get(1).asDouble(), EXACT);
      assertThat(index.z()).isCloseTo(voxel.get(2).asDouble(), EXACT);
      assertThat(info.grid().worldOf(index).minus(world).length()).isCloseTo(0, EXACT);
    }
  }

  @Test
  void scanOfLuna16WithoutItsVoxelsIsNamed() {
    Path folder = Samples.of("luna16/subset0");
    assertThat(new Written(folder).reason(SERIES + ".mhd")).isEqualTo("missing-file");
  }

  /** Two nodules and their boxes in another toolkit's voxels agree on one grid without flips. */
  @Test
  void nodulesOfLuna16AgreeWithBoxesInVoxels() throws IOException {
    JsonNode known = json(Samples.of("luna16").resolve("monai/consistency.expected.json"));
    JsonNode spacing = known.get("implied_spacing");
    JsonNode origin = known.get("implied_origin");
    VolumeGrid grid =
        new VolumeGrid(
            512,
            512,
            100,
            new Vector3(
                origin.get(0).asDouble(), origin.get(1).asDouble(), origin.get(2).asDouble()),
            new Vector3(spacing.get(0).asDouble(), 0, 0),
            new Vector3(0, spacing.get(1).asDouble(), 0),
            new Vector3(0, 0, spacing.get(2).asDouble()));
    for (int n = 0; n < 2; n++) {
      JsonNode world = known.get("annotations_csv_world").get(n);
      JsonNode box = known.get("monai_image_boxes_xyzxyz").get(n);
      Vector3 index =
          grid.indexOf(
              new Vector3(
                  world.get(0).asDouble(), world.get(1).asDouble(), world.get(2).asDouble()));
      double[] at = {index.x(), index.y(), index.z()};
      for (int axis = 0; axis < 3; axis++) {
        double centre = (box.get(axis).asDouble() + box.get(axis + 3).asDouble()) / 2;
        assertThat(at[axis]).isCloseTo(centre, Offset.offset(1e-4));
      }
    }
  }

  @Test
  void realPairsAndHeadersAreReadOrNamed() {
    Written niivue = new Written(Samples.of("containers/nifti/niivue"));
    Volume pair = niivue.read("ras.hdr");
    assertThat(pair.grid().orientation()).isEqualTo("RAS");
    assertThat(pair.grid().ni()).isEqualTo(62);
    assertThat(niivue.read("ras.img").value(31, 20, 17)).isEqualTo(pair.value(31, 20, 17));
    Written nibabel = new Written(Samples.of("containers/nifti/nibabel"));
    assertThat(nibabel.probe("nifti1.hdr").grid().ni()).isEqualTo(91);
    assertThat(nibabel.probe("nifti2.hdr").grid().nj()).isEqualTo(109);
    assertThat(nibabel.reason("nifti1.hdr")).isEqualTo("missing-file");
    assertThat(nibabel.reason("analyze.hdr")).isEqualTo("unsupported-volume");
    assertThat(nibabel.reason("row_major.dconn.nii")).isEqualTo("unsupported-volume");
  }

  /** One brain in thirteen orders of axes: each with its own half-voxel, but of one place. */
  @Test
  void brainInEveryOrderLiesInOnePlace() {
    Written files = new Written(Samples.of("containers/nifti/niivue/nifti_space"));
    Volume ras = files.read("RAS.nii.gz").canonical();
    for (String name : new String[] {"AIL", "ALI", "ASL", "IAR", "LAS", "LPI", "PIR", "SRP"}) {
      Volume turned = files.read(name + ".nii.gz");
      assertThat(turned.grid().orientation()).isEqualTo(name);
      VolumeGrid lps = turned.canonical().grid();
      assertThat(lps.ni()).isEqualTo(ras.grid().ni());
      assertThat(lps.nj()).isEqualTo(ras.grid().nj());
      assertThat(lps.nk()).isEqualTo(ras.grid().nk());
      assertThat(lps.origin().minus(ras.grid().origin()).length()).isLessThan(1e-3);
      int different = 0;
      for (int n = 0; n < 64 * 79 * 67; n++) {
        int i = n % 64;
        int j = n / 64 % 79;
        int k = n / 64 / 79;
        boolean same = turned.canonical().value(i, j, k) == ras.value(i, j, k);
        different += same ? 0 : 1;
      }
      assertThat(different).as(name).isZero();
    }
  }
}
