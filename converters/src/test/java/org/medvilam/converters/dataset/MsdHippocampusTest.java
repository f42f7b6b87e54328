package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DerivedPicture;
import org.medvilam.converters.Listed;
import org.medvilam.converters.VolumeContract;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomSpace;
import org.medvilam.converters.phantom.PhantomVolumes;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.VoxelType;
import org.medvilam.records.Finding;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Mask;
import org.medvilam.records.geometry.MaskRegion;

final class MsdHippocampusTest extends VolumeContract {
  private static final MsdHippocampus MSD = new MsdHippocampus();
  private static final String ID = "hippocampus_001";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return MSD;
  }

  @Override
  protected String expectedInMessage() {
    return "imagesTr/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("Task04_Hippocampus");
  }

  /** Writes one volume whose labels are the given space. */
  private Path tree(String name, PhantomSpace image, PhantomSpace labels, String order)
      throws IOException {
    Path root = folder.resolve(name);
    PhantomVolumes volumes = new PhantomVolumes(new PhantomFiles(root));
    Vector3 spacing = new Vector3(1, 2, 3);
    volumes.nifti(
        "imagesTr/" + ID + ".nii.gz",
        image.volume(VoxelType.INT16, PhantomSpace.grid("LPS", image, spacing)));
    volumes.nifti(
        "labelsTr/" + ID + ".nii.gz",
        labels.volume(VoxelType.FLOAT32, PhantomSpace.grid(order, labels, spacing)));
    return root;
  }

  private static PhantomSpace labels() {
    return new PhantomSpace(12, 14, 10)
        .ellipsoid(new Vector3(4, 4, 4), new Vector3(2.5, 2.5, 2.5), 1)
        .ellipsoid(new Vector3(8, 9, 6), new Vector3(2.5, 3.5, 2.5), 2);
  }

  @Test
  void orderOnDiskDoesNotShow() throws IOException {
    Path root = tree("order", labels().map(v -> 100 * v), labels(), "SAR");
    Conversion conversion = MSD.convert(source(root), list(source(root)).items().get(0));
    assertThat(conversion.rejections()).isEmpty();
    Sample volume = conversion.samples().get(0);
    Media media = volume.media();
    assertThat(media.type()).isEqualTo(MediaType.VOLUME);
    assertThat(media.orientation()).isEqualTo("LPS");
    assertThat(media.spacingMm()).containsExactly(1.0, 2.0, 3.0);
    assertThat(volume.findings())
        .extracting(f -> f.label() + " " + f.regions().get(0))
        .containsExactly(
            "anterior hippocampus " + new Box3d(2, 2, 2, 7, 7, 7),
            "posterior hippocampus " + new Box3d(6, 6, 4, 11, 13, 9));
    Sample slice = conversion.samples().get(1);
    assertThat(slice.media().id()).isEqualTo(ID + "/axial/3");
    assertThat(slice.media().uri()).isEqualTo("images/msd-hippocampus/" + ID + "/axial/3.png");
    assertThat(slice.media().derived()).isTrue();
    assertThat(slice.media().spacingMm()).containsExactly(1.0, 2.0);
  }

  @Test
  void slicesAreBrightWhereTheMaskIs() throws IOException {
    Path root = tree("bright", labels().map(v -> v > 0 ? 900 : 50), labels(), "RAS");
    Conversion conversion = MSD.convert(source(root), list(source(root)).items().get(0));
    Sample slice = conversion.samples().get(2);
    DerivedPicture picture = conversion.pictures().get(1);
    assertThat(slice.media().uri()).isEqualTo(picture.path());
    var shown = ImageIO.read(new ByteArrayInputStream(picture.png()));
    for (Finding finding : slice.findings()) {
      Mask mask = ((MaskRegion) finding.regions().get(0)).mask();
      for (int at = 0; at < mask.width() * mask.height(); at++) {
        int x = at % mask.width();
        int y = at / mask.width();
        if (mask.get(x, y)) {
          assertThat(shown.getRaster().getSample(x, y, 0)).isGreaterThan(250);
        }
      }
    }
    assertThat(shown.getRaster().getSample(0, 0, 0)).isLessThan(5);
  }

  @Test
  void unknownValuesAndEmptyPartsAreNamed() throws IOException {
    PhantomSpace odd = labels().map(v -> v == 2 ? 3 : v);
    Path root = tree("odd", odd, odd, "LPS");
    Conversion conversion = MSD.convert(source(root), list(source(root)).items().get(0));
    assertThat(conversion.rejections())
        .extracting(r -> r.scope() + " " + r.reason())
        .containsExactly("PART unknown-label", "ANNOTATION empty-mask");
    assertThat(conversion.rejections().get(0).detail()).contains("found 3.0 in ");
    assertThat(conversion.samples().get(0).findings()).hasSize(1);
  }

  @Test
  void labelsOfAnotherSizeOrPlaceAreRejected() throws IOException {
    assertThat(reason(tree("size", new PhantomSpace(12, 14, 9), labels(), "LPS")))
        .isEqualTo("size-mismatch");
    Path root = tree("place", labels(), labels(), "LPS");
    new PhantomVolumes(new PhantomFiles(root))
        .nifti(
            "labelsTr/" + ID + ".nii.gz",
            labels()
                .volume(
                    VoxelType.UINT8, PhantomSpace.grid("LPS", labels(), new Vector3(1.1, 2, 3))));
    assertThat(reason(root)).isEqualTo("place-mismatch");
    PhantomSpace picture = labels();
    int[] n = {0};
    assertThat(reason(tree("picture", picture, picture.map(v -> n[0]++ % 90), "LPS")))
        .isEqualTo("not-labels");
  }

  private String reason(Path root) throws IOException {
    Item item = list(source(root)).items().get(0);
    return catchThrowableOfType(ItemException.class, () -> MSD.convert(source(root), item))
        .reason();
  }

  @Test
  void volumesAndLabelsWithoutTheOtherAreNamed() throws IOException {
    Path root = tree("alone", labels(), labels(), "LPS");
    PhantomFiles files = new PhantomFiles(root);
    files.text("imagesTr/hippocampus_281.nii.gz", "?");
    files.text("labelsTr/hippocampus_010.nii.gz", "?");
    files.text("labelsTr/._hippocampus_001.nii.gz", "?");
    assertThat(list(source(root)).rejections())
        .extracting(Rejection::reason)
        .containsExactlyInAnyOrder("missing-mask", "missing-image");
  }

  @Test
  void realVolumesConvert() throws IOException {
    Path root = Samples.of("msd-task04-hippocampus");
    Listed listed = list(source(root));
    assertThat(listed.items()).hasSize(3);
    for (Item item : listed.items()) {
      Conversion conversion = MSD.convert(source(root), item);
      assertThat(conversion.rejections()).isEmpty();
      Path golden = root.resolve("labelsTr/" + item.mediaId() + ".nii.gz.expected.json");
      JsonNode expected = RecordJson.mapper().readTree(Files.readAllBytes(golden));
      assertThat(expected.get("axcodes").asText()).isEqualTo("RAS");
      JsonNode values = expected.get("scaled_values");
      for (int label = 1; label <= 2; label++) {
        Finding finding = conversion.samples().get(0).findings().get(label - 1);
        JsonNode part = values.get("labels").get(Integer.toString(label));
        assertThat(finding.regions()).containsExactly(turned(part, values.get("shape_ijk")));
      }
    }
  }

  /** Returns the box of a label in LPS, from indices in RAS with inclusive ends. */
  private static Box3d turned(JsonNode part, JsonNode shape) {
    JsonNode min = part.get("bbox_min_ijk");
    JsonNode max = part.get("bbox_max_ijk_inclusive");
    int nx = shape.get(0).asInt();
    int ny = shape.get(1).asInt();
    return new Box3d(
        nx - 1 - max.get(0).asInt(),
        ny - 1 - max.get(1).asInt(),
        min.get(2).asInt(),
        nx - min.get(0).asInt(),
        ny - min.get(1).asInt(),
        max.get(2).asInt() + 1);
  }
}
