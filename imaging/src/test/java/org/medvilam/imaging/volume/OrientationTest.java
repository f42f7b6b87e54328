package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One volume written in all 48 orders of its axes. */
final class OrientationTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };
  private static final String[] LETTERS = {"LR", "PA", "SI"};

  /** The volume of orientation LPS that all are to be. */
  private static final VolumeGrid TRUTH =
      new VolumeGrid(
          3,
          4,
          5,
          new Vector3(-10, 20.5, -300.25),
          new Vector3(0.5, 0, 0),
          new Vector3(0, 0.75, 0),
          new Vector3(0, 0, 2));

  @TempDir private Path folder;

  /** The truth, numbered in another order. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Turned(String letters, VolumeGrid grid, byte[] voxels) {}

  private static double truth(int x, int y, int z) {
    return 100 * z + 10 * y + x - 250;
  }

  private static List<Turned> all(VolumeGrid lps) {
    List<Turned> all = new ArrayList<>();
    for (int[] order : ORDERS) {
      for (int flips = 0; flips < 8; flips++) {
        all.add(turned(lps, order, flips));
      }
    }
    return all;
  }

  private static Turned turned(VolumeGrid lps, int[] order, int flips) {
    int[] size = {lps.ni(), lps.nj(), lps.nk()};
    Vector3[] steps = {lps.di(), lps.dj(), lps.dk()};
    Vector3 origin = lps.origin();
    Vector3[] turned = new Vector3[3];
    StringBuilder letters = new StringBuilder();
    for (int axis = 0; axis < 3; axis++) {
      int world = order[axis];
      boolean flip = (flips >> world & 1) == 1;
      turned[axis] = flip ? steps[world].times(-1) : steps[world];
      origin = flip ? origin.plus(steps[world].times(size[world] - 1)) : origin;
      letters.append(LETTERS[world].charAt(flip ? 1 : 0));
    }
    VolumeGrid grid =
        new VolumeGrid(
            size[order[0]],
            size[order[1]],
            size[order[2]],
            origin,
            turned[0],
            turned[1],
            turned[2]);
    ByteBuffer voxels = ByteBuffer.allocate(2 * 3 * 4 * 5).order(ByteOrder.LITTLE_ENDIAN);
    int[] at = new int[3];
    for (int n = 0; n < 60; n++) {
      int[] index = {n % grid.ni(), n / grid.ni() % grid.nj(), n / grid.ni() / grid.nj()};
      for (int axis = 0; axis < 3; axis++) {
        int world = order[axis];
        at[world] = (flips >> world & 1) == 1 ? size[world] - 1 - index[axis] : index[axis];
      }
      VoxelType.INT16.put(voxels, n, truth(at[0], at[1], at[2]));
    }
    return new Turned(letters.toString(), grid, voxels.array());
  }

  private List<String> written(Turned turned) {
    Written files = new Written(folder);
    WrittenNifti nifti = new WrittenNifti().at(turned.grid);
    nifti.datatype = 4;
    String name = turned.letters;
    byte[] voxels = turned.voxels;
    files.bytes(name + "/v.zraw", Written.zlib(voxels));
    return List.of(
        files.bytes(name + "/v.nii", nifti.file(voxels)),
        files.bytes(name + "/v.nii.gz", Written.gzip(nifti.file(voxels))),
        files.text(
            name + "/v.mhd",
            Written.metaImage(turned.grid, "MET_SHORT")
                + "CompressedData = True\nElementDataFile = v.zraw\n"),
        nrrd(files, turned, "right-anterior-superior"),
        nrrd(files, turned, "left-anterior-superior"),
        nrrd(files, turned, "left-posterior-superior"));
  }

  private static String nrrd(Written files, Turned turned, String space) {
    String header = Written.nrrd(turned.grid, "short", space) + "encoding: raw\n\n";
    return files.bytes(
        turned.letters + "/" + space + ".nrrd", Written.ascii(header), turned.voxels);
  }

  @Test
  void every48OrdersGiveTheSameCanonicalVolume() {
    Written files = new Written(folder);
    List<Turned> all = all(TRUTH);
    assertThat(all.stream().map(Turned::letters).distinct()).hasSize(48);
    for (Turned turned : all) {
      for (String path : written(turned)) {
        Volume volume = files.read(path);
        assertThat(volume.grid().orientation()).as(path).isEqualTo(turned.letters);
        assertThat(volume.grid()).as(path).isEqualTo(turned.grid);
        Volume lps = volume.canonical();
        assertThat(lps.grid()).as(path).isEqualTo(TRUTH);
        for (int n = 0; n < 60; n++) {
          int x = n % 3;
          int y = n / 3 % 4;
          int z = n / 12;
          assertThat(lps.value(x, y, z)).as(path).isEqualTo(truth(x, y, z));
          assertThat(lps.stored(x, y, z)).as(path).isEqualTo((long) truth(x, y, z));
        }
      }
    }
  }

  @Test
  void every48OrdersGiveTheSameSlicesFromMemoryAndFromTheStream() throws IOException {
    Written files = new Written(folder);
    for (Turned turned : all(TRUTH)) {
      for (String path : written(turned)) {
        Volume volume = files.read(path);
        for (SliceAxis axis : SliceAxis.values()) {
          Map<Integer, Slice> streamed = new TreeMap<>();
          Volumes.slices(files.store(), path, axis, k -> true, s -> streamed.put(s.index(), s));
          assertThat(streamed).as(path).hasSize(axis.count(volume.grid()));
          for (Slice slice : streamed.values()) {
            assertThat(slice.axis()).isEqualTo(axis);
            assertThat(slice.values()).as(path).isEqualTo(truth(axis, slice.index()));
            assertThat(volume.slice(axis, slice.index()).values()).isEqualTo(slice.values());
            assertThat(slice.width()).isEqualTo(axis.width(volume.grid()));
            assertThat(slice.height()).isEqualTo(axis.height(volume.grid()));
          }
        }
      }
    }
  }

  /** Says each layout once more, in words of the screen. */
  private static double[] truth(SliceAxis axis, int index) {
    int width = axis == SliceAxis.SAGITTAL ? 4 : 3;
    int height = axis == SliceAxis.AXIAL ? 4 : 5;
    double[] values = new double[width * height];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        values[row * width + column] =
            switch (axis) {
              case AXIAL -> truth(column, row, index);
              case CORONAL -> truth(column, index, 4 - row);
              case SAGITTAL -> truth(index, column, 4 - row);
            };
      }
    }
    return values;
  }

  @Test
  void obliqueVolumeKeepsItsPlaceInTheWorld() {
    double turn = Math.toRadians(30);
    Vector3 left = new Vector3(Math.cos(turn), Math.sin(turn), 0);
    Vector3 back = new Vector3(-Math.sin(turn), Math.cos(turn), 0.2);
    VolumeGrid oblique =
        new VolumeGrid(
            3, 4, 5, new Vector3(7, 8, 9), left, back.times(0.5), left.cross(back).times(3));
    for (Turned turned : all(oblique)) {
      VolumeGrid grid = turned.grid;
      assertThat(grid.orientation()).isEqualTo(turned.letters);
      VolumeGrid lps = grid.canonical();
      assertClose(lps.origin(), oblique.origin());
      assertClose(lps.di(), oblique.di());
      assertClose(lps.dj(), oblique.dj());
      assertClose(lps.dk(), oblique.dk());
      Vector3 place = new Vector3(0.3, 1.7, 2.2);
      assertClose(grid.indexOf(grid.worldOf(place)), place);
    }
  }

  @Test
  void canonicalOfCanonicalIsTheSame() {
    for (Turned turned : all(TRUTH)) {
      assertThat(turned.grid.canonical().canonical()).isEqualTo(TRUTH);
    }
  }

  private static void assertClose(Vector3 actual, Vector3 expected) {
    assertThat(actual.minus(expected).length()).isCloseTo(0, EXACT);
  }
}
