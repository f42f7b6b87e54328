package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.medvilam.records.geometry.Box3d;

final class VolumeTest {
  private static final Vector3 X = new Vector3(1, 0, 0);
  private static final Vector3 Y = new Vector3(0, 1, 0);
  private static final Vector3 Z = new Vector3(0, 0, 1);
  private static final Vector3 ORIGIN = new Vector3(0, 0, 0);

  private static VolumeGrid grid(int ni, int nj, int nk, Vector3 dk) {
    return new VolumeGrid(ni, nj, nk, ORIGIN, X, Y, dk);
  }

  private static ByteBuffer counting(int count) {
    return ByteBuffer.wrap(Written.counting(count));
  }

  @Test
  void eachSliceHasItsOwnScale() {
    double[] slopes = {1, 10, 100};
    double[] intercepts = {0, 0.5, -1};
    Volume volume =
        Volume.of(grid(2, 2, 3, Z.times(-2)), VoxelType.UINT8, counting(12), slopes, intercepts);
    assertThat(volume.value(1, 1, 0)).isEqualTo(3);
    assertThat(volume.value(0, 0, 1)).isEqualTo(40.5);
    assertThat(volume.value(1, 1, 2)).isEqualTo(1099);
    assertThat(volume.stored(1, 1, 2)).isEqualTo(11);
    assertThat(volume.canonical().value(1, 1, 0)).isEqualTo(1099);
    assertThat(volume.slice(SliceAxis.AXIAL, 1).values()).containsExactly(40.5, 50.5, 60.5, 70.5);
    assertThat(volume.slice(SliceAxis.SAGITTAL, 0).values())
        .containsExactly(0, 2, 40.5, 60.5, 799, 999);
  }

  @Test
  void boxReachesOnePastTheLastVoxel() {
    Volume volume = Volume.of(grid(2, 3, 4, Z.times(-1)), VoxelType.UINT8, counting(24));
    assertThat(volume.box(v -> v == 9 || v == 20)).contains(new Box3d(0, 1, 1, 2, 2, 4));
    assertThat(volume.canonical().box(v -> v == 9 || v == 20))
        .contains(new Box3d(0, 1, 0, 2, 2, 3));
    assertThat(volume.box(v -> true)).contains(new Box3d(0, 0, 0, 2, 3, 4));
    assertThat(volume.box(v -> v > 23)).isEmpty();
  }

  @Test
  void scalesAreCopied() {
    double[] slopes = {2};
    Volume volume =
        Volume.of(grid(1, 1, 2, Z), VoxelType.UINT8, counting(2), slopes, new double[] {0});
    slopes[0] = 9;
    assertThat(volume.value(0, 0, 1)).isEqualTo(2);
  }

  @Test
  void voxelsOfAnotherNumberAreRefused() {
    VolumeGrid grid = grid(2, 2, 3, Z);
    assertThatThrownBy(() -> Volume.of(grid, VoxelType.UINT8, counting(11)))
        .hasMessageContaining("2 x 2 x 3");
    assertThatThrownBy(() -> Volume.of(grid, VoxelType.INT16, counting(12)))
        .hasMessageContaining("24 bytes");
    assertThatThrownBy(
            () ->
                Volume.of(
                    grid, VoxelType.UINT8, counting(12), new double[] {1, 1}, new double[] {0, 0}))
        .hasMessageContaining("one for each of 3 slices");
  }

  @Test
  void gridThatIsNoneIsRefused() {
    assertThatThrownBy(() -> grid(0, 1, 1, Z)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> grid(1, 1, 1, X)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> grid(1, 1, 1, ORIGIN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> grid(1, 1, 1, Z.times(Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> grid(1, 1, 1, Z.times(Double.POSITIVE_INFINITY)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void centreOfVoxelIsAtItsIndex() {
    VolumeGrid grid =
        new VolumeGrid(9, 9, 9, new Vector3(-10, 5, 2), X.times(2), Y.times(-3), Z.times(0.5));
    assertThat(grid.worldOf(new Vector3(1, 2, 3))).isEqualTo(new Vector3(-8, -1, 3.5));
    assertThat(grid.indexOf(new Vector3(-8, -1, 3.5))).isEqualTo(new Vector3(1, 2, 3));
    assertThat(grid.worldOf(new Vector3(-0.5, -0.5, -0.5))).isEqualTo(new Vector3(-11, 6.5, 1.75));
  }

  @Test
  void equallyObliqueAxesAreStillNamedOnceEach() {
    VolumeGrid grid =
        new VolumeGrid(1, 1, 1, ORIGIN, new Vector3(1, 1, 0), new Vector3(-1, 1, 0), Z);
    assertThat(grid.orientation()).isEqualTo("LPS");
    VolumeGrid cube =
        new VolumeGrid(
            1, 1, 1, ORIGIN, new Vector3(1, 1, 1), new Vector3(1, 1, 0.9), new Vector3(1, 0.9, 1));
    assertThat(cube.orientation().chars().sorted().toArray()).containsExactly('L', 'P', 'S');
  }

  @Test
  void integersBeyondTheirRangeAreCutOff() {
    ByteBuffer voxels = ByteBuffer.allocate(4);
    VoxelType.UINT32.put(voxels, 0, 4294967295.0);
    assertThat(VoxelType.UINT32.get(voxels, 0)).isEqualTo(4294967295.0);
    VoxelType.UINT8.put(voxels, 2, 255.9);
    assertThat(VoxelType.UINT8.get(voxels, 2)).isEqualTo(255);
    assertThat(VoxelType.INT8.get(voxels, 2)).isEqualTo(-1);
  }
}
