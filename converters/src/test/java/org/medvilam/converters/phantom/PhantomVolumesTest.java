package org.medvilam.converters.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.Volume;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.imaging.volume.Volumes;
import org.medvilam.imaging.volume.VoxelType;
import org.medvilam.records.store.LocalStore;

final class PhantomVolumesTest {
  private static final VolumeGrid GRID =
      new VolumeGrid(
          3,
          4,
          5,
          new Vector3(-12.5, 3, -200.25),
          new Vector3(0, 0.75, 0),
          new Vector3(-0.5, 0, 0),
          new Vector3(0, 0, 2.5));

  @TempDir private Path folder;

  private PhantomVolumes volumes() {
    return new PhantomVolumes(new PhantomFiles(folder));
  }

  private static Volume counting(VoxelType type) {
    ByteBuffer voxels = ByteBuffer.allocate(60 * type.bytes());
    for (int n = 0; n < 60; n++) {
      type.put(voxels, n, n);
    }
    return Volume.of(GRID, type, voxels);
  }

  private void assertReadBack(String path, VoxelType type) throws IOException {
    Volume volume = Volumes.read(LocalStore.of(folder), path);
    assertThat(volume.grid()).isEqualTo(GRID);
    assertThat(volume.type()).isEqualTo(type);
    for (int n = 0; n < 60; n++) {
      assertThat(volume.value(n % 3, n / 3 % 4, n / 12)).isEqualTo(n);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeIsReadBack(VoxelType type) throws IOException {
    Volume volume = counting(type);
    volumes().nifti("a/v.nii", volume);
    volumes().nifti("a/v.nii.gz", volume);
    volumes().metaImage("a/raw.mhd", volume, false);
    volumes().metaImage("a/zlib.mhd", volume, true);
    for (String path : new String[] {"v.nii", "v.nii.gz", "raw.mhd", "zlib.mhd"}) {
      assertReadBack("a/" + path, type);
    }
    assertThat(folder.resolve("a/raw.raw")).hasSize(60L * type.bytes());
    assertThat(folder.resolve("a/zlib.zraw")).exists();
  }

  @Test
  void valuesAreWrittenAfterTheirScale() throws IOException {
    ByteBuffer voxels = ByteBuffer.allocate(120);
    VoxelType.INT16.put(voxels, 1, 7);
    Volume volume =
        Volume.of(GRID, VoxelType.INT16, voxels, new double[] {2}, new double[] {-1000});
    volumes().nifti("v.nii.gz", volume);
    Volume read = Volumes.read(LocalStore.of(folder), "v.nii.gz");
    assertThat(read.value(0, 0, 0)).isEqualTo(-1000);
    assertThat(read.stored(1, 0, 0)).isEqualTo(-986);
  }

  @Test
  void sameVolumeGivesTheSameBytes() throws IOException {
    Volume volume = counting(VoxelType.INT16);
    volumes().nifti("a.nii.gz", volume);
    volumes().nifti("b.nii.gz", volume);
    byte[] bytes = Files.readAllBytes(folder.resolve("a.nii.gz"));
    assertThat(bytes).isEqualTo(Files.readAllBytes(folder.resolve("b.nii.gz")));
    assertThat(new byte[] {bytes[4], bytes[5], bytes[6], bytes[7]}).containsOnly(0);
  }

  @Test
  void metaImageHeaderIsWrittenAsItksIs() throws IOException {
    volumes().metaImage("v.mhd", counting(VoxelType.INT16), false);
    assertThat(Files.readString(folder.resolve("v.mhd")))
        .isEqualTo(
            """
            ObjectType = Image
            NDims = 3
            BinaryData = True
            BinaryDataByteOrderMSB = False
            CompressedData = False
            TransformMatrix = 0 1 0 -1 0 0 0 0 1
            Offset = -12.5 3 -200.25
            CenterOfRotation = 0 0 0
            ElementSpacing = 0.75 0.5 2.5
            DimSize = 3 4 5
            ElementType = MET_SHORT
            ElementDataFile = v.raw
            """);
  }
}
