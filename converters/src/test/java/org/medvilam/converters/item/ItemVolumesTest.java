package org.medvilam.converters.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomVolumes;
import org.medvilam.imaging.volume.SliceAxis;
import org.medvilam.imaging.volume.Vector3;
import org.medvilam.imaging.volume.Volume;
import org.medvilam.imaging.volume.VolumeGrid;
import org.medvilam.imaging.volume.VoxelType;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

final class ItemVolumesTest {
  @TempDir private Path folder;
  private Store root;

  @BeforeEach
  void write() throws IOException {
    root = LocalStore.of(folder);
    VolumeGrid grid =
        new VolumeGrid(
            2,
            2,
            3,
            new Vector3(0, 0, 0),
            new Vector3(1, 0, 0),
            new Vector3(0, 1, 0),
            new Vector3(0, 0, 1));
    Volume volume = Volume.of(grid, VoxelType.UINT8, ByteBuffer.allocate(12));
    new PhantomVolumes(new PhantomFiles(folder)).nifti("v.nii", volume);
    new PhantomFiles(folder).text("broken.nii", "no volume");
  }

  @Test
  void volumeIsPassedOn() throws IOException {
    assertThat(ItemVolumes.probe(root, "v.nii").grid().nk()).isEqualTo(3);
    assertThat(ItemVolumes.read(root, "v.nii").value(1, 1, 2)).isZero();
    List<Integer> visited = new ArrayList<>();
    ItemVolumes.slices(root, "v.nii", SliceAxis.AXIAL, k -> k > 0, s -> visited.add(s.index()));
    assertThat(visited).containsExactly(1, 2);
  }

  @Test
  void brokenVolumeRejectsTheItem() {
    assertRejected(() -> ItemVolumes.probe(root, "broken.nii"));
    assertRejected(() -> ItemVolumes.read(root, "broken.nii"));
    assertRejected(
        () -> ItemVolumes.slices(root, "broken.nii", SliceAxis.AXIAL, k -> true, s -> {}));
  }

  private static void assertRejected(ThrowingCallable call) {
    ItemException e = catchThrowableOfType(ItemException.class, call);
    assertThat(e.source()).isEqualTo("broken.nii");
    assertThat(e.reason()).isEqualTo("truncated-volume");
  }
}
