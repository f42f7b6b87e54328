package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NiftiTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-6);
  private static final byte[] VOXELS = Written.counting(24);

  @TempDir private Path folder;
  private Written files;
  private WrittenNifti nifti;

  @BeforeEach
  void start() {
    files = new Written(folder);
    nifti = new WrittenNifti();
  }

  private Volume read() {
    return files.read(files.bytes("v.nii", nifti.file(VOXELS)));
  }

  private String reason() {
    return files.reason(files.bytes("v.nii", nifti.file(VOXELS)));
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, 256, -128, 127",
    "UINT8, 2, 0, 255",
    "INT16, 4, -32768, 32767",
    "UINT16, 512, 0, 65535",
    "INT32, 8, -2147483648, 2147483647",
    "UINT32, 768, 0, 4294967295",
    "INT64, 1024, -9007199254740993, 9007199254740993",
    "UINT64, 1280, 0, -1"
  })
  void integersAreExactInEitherOrder(VoxelType type, int datatype, long least, long most) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      for (boolean two : new boolean[] {false, true}) {
        nifti.order = order;
        nifti.two = two;
        nifti.datatype = datatype;
        nifti.dim = new long[] {3, 2, 1, 1, 1, 1, 1, 1};
        ByteBuffer voxels = ByteBuffer.allocate(2 * type.bytes()).order(order);
        if (type.bytes() == 8) {
          voxels.putLong(least).putLong(most);
        } else {
          type.put(voxels, 0, (double) least);
          type.put(voxels, 1, (double) most);
        }
        Volume volume = files.read(files.bytes("v.nii", nifti.file(voxels.array())));
        assertThat(volume.type()).isEqualTo(type);
        assertThat(volume.stored(0, 0, 0)).isEqualTo(least);
        assertThat(volume.stored(1, 0, 0)).isEqualTo(most);
        assertThat(volume.value(0, 0, 0)).isEqualTo((double) least);
        double value = type == VoxelType.UINT64 ? 0x1p64 : (double) most;
        assertThat(volume.value(1, 0, 0)).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 16, 26896.988", "FLOAT64, 64, 0.1"})
  void realsAreExactInEitherOrder(VoxelType type, int datatype, double odd) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      nifti.order = order;
      nifti.datatype = datatype;
      nifti.dim = new long[] {3, 2, 1, 1, 1, 1, 1, 1};
      ByteBuffer voxels = ByteBuffer.allocate(2 * type.bytes()).order(order);
      type.put(voxels, 0, odd);
      type.put(voxels, 1, Double.NaN);
      Volume volume = files.read(files.bytes("v.nii", nifti.file(voxels.array())));
      double stored = type == VoxelType.FLOAT32 ? (float) odd : odd;
      assertThat(volume.value(0, 0, 0)).isEqualTo(stored);
      assertThat(volume.value(1, 0, 0)).isNaN();
      assertThatThrownBy(() -> volume.stored(0, 0, 0))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void firstIndexGrowsFastest() {
    Volume volume = read();
    assertThat(volume.value(1, 0, 0)).isEqualTo(1);
    assertThat(volume.value(0, 1, 0)).isEqualTo(2);
    assertThat(volume.value(0, 0, 1)).isEqualTo(6);
    assertThat(volume.value(1, 2, 3)).isEqualTo(23);
    assertThatThrownBy(() -> volume.value(2, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, -7, 5.5",
    "0, 100, 5",
    "NaN, 100, 5",
    "Infinity, 100, 5",
    "0, NaN, 5",
    "-1, 0, -5"
  })
  void scalingIsThatOfNibabel(double slope, double intercept, double value) {
    for (boolean two : new boolean[] {false, true}) {
      nifti.two = two;
      nifti.slope = slope;
      nifti.intercept = intercept;
      assertThat(read().value(1, 2, 0)).isEqualTo(value);
      assertThat(read().stored(1, 2, 0)).isEqualTo(5);
    }
  }

  @Test
  void slopeWithoutFiniteInterceptIsRefused() {
    nifti.slope = 2;
    nifti.intercept = Double.POSITIVE_INFINITY;
    assertThat(reason()).isEqualTo("unreadable-volume");
  }

  @Test
  void sformGoesBeforeQform() {
    nifti.qform = 1;
    nifti.sform = 1;
    nifti.rows = new double[] {2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30};
    VolumeGrid grid = read().grid();
    assertThat(grid.origin()).isEqualTo(new Vector3(-10, -20, 30));
    assertThat(grid.spacing()).containsExactly(2.0, 3.0, 4.0);
    assertThat(grid.orientation()).isEqualTo("RAS");
  }

  @Test
  void qformTurnsTheAxes() {
    nifti.qform = 1;
    double half = Math.sqrt(0.5);
    nifti.quaternion = new double[] {0, 0, half, 10, 20, 30};
    nifti.pixdim = new double[] {0, 2, 3, 4, 0, 0, 0, 0};
    VolumeGrid grid = read().grid();
    assertClose(grid.origin(), new Vector3(-10, -20, 30));
    assertClose(grid.di(), new Vector3(0, -2, 0));
    assertClose(grid.dj(), new Vector3(3, 0, 0));
    assertClose(grid.dk(), new Vector3(0, 0, 4));
    nifti.pixdim[0] = -1;
    assertClose(read().grid().dk(), new Vector3(0, 0, -4));
    assertThat(read().grid().orientation()).isEqualTo("ALI");
  }

  @Test
  void quaternionLongerThanOneIsRefused() {
    nifti.qform = 1;
    nifti.quaternion = new double[] {0.8, 0.8, 0, 0, 0, 0};
    assertThat(reason()).isEqualTo("unreadable-volume");
    nifti.quaternion = new double[] {Double.NaN, 0, 0, 0, 0, 0};
    assertThat(reason()).isEqualTo("unreadable-volume");
  }

  @Test
  void withoutAnyFormTheVolumeIsCentredAndGrowsToTheLeft() {
    nifti.pixdim = new double[] {1, 2, -3, 0, 0, 0, 0, 0};
    VolumeGrid grid = read().grid();
    assertThat(grid.orientation()).isEqualTo("LAS");
    assertThat(grid.spacing()).containsExactly(2.0, 3.0, 1.0);
    assertClose(grid.worldOf(new Vector3(0.5, 1, 1.5)), new Vector3(0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1000", "2, 1", "3, 0.001", "10, 1", "17, 1000"})
  void lengthsAreTurnedToMillimetres(int units, double factor) {
    for (boolean two : new boolean[] {false, true}) {
      nifti.two = two;
      nifti.units = units;
      nifti.pixdim = new double[] {1, 2, 2, 2, 0, 0, 0, 0};
      assertThat(read().grid().spacing().get(0)).isCloseTo(2 * factor, CLOSE);
    }
  }

  @Test
  void flatSformIsRefused() {
    nifti.sform = 1;
    assertThat(reason()).isEqualTo("unreadable-volume");
    nifti.rows = new double[] {1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0};
    assertThat(reason()).isEqualTo("unreadable-volume");
    nifti.rows = new double[] {1, 0, 0, Double.NaN, 0, 1, 0, 0, 0, 0, 1, 0};
    assertThat(reason()).isEqualTo("unreadable-volume");
  }

  @Test
  void framesAreReadByNumber() throws Exception {
    nifti.dim = new long[] {5, 2, 3, 1, 2, 2, 9, 9};
    String path = files.bytes("v.nii.gz", Written.gzip(nifti.file(VOXELS)));
    assertThat(files.probe(path).frames()).isEqualTo(4);
    assertThat(Volumes.read(files.store(), path, 3).value(1, 2, 0)).isEqualTo(23);
    assertThat(Volumes.read(files.store(), path, 0).value(1, 2, 0)).isEqualTo(5);
    assertThat(files.reason(path)).isEqualTo("unsupported-volume");
    assertThatThrownBy(() -> Volumes.read(files.store(), path, 4))
        .isInstanceOf(UnreadableVolumeException.class);
  }

  @Test
  void axesThatAreNotCountedAreIgnored() {
    nifti.dim = new long[] {2, 2, 3, 77, -5, 0, 0, 0};
    Volume volume = read();
    assertThat(volume.grid().nk()).isEqualTo(1);
    assertThat(volume.value(1, 2, 0)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 3, unreadable-volume",
    "8, 2, 3, unreadable-volume",
    "-3, 2, 3, unreadable-volume",
    "3, 0, 3, unreadable-volume",
    "3, -2, 3, unreadable-volume",
    "3, 32767, 32767, volume-too-large",
    "3, 30000, 3, truncated-volume"
  })
  void impossibleSizesAreRefused(int axes, int ni, int nj, String reason) {
    nifti.dim[0] = axes;
    nifti.dim[1] = ni;
    nifti.dim[2] = nj;
    assertThat(reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 1L << 31, Integer.MAX_VALUE})
  void sizesThatOverflowAreRefused(long size) {
    nifti.two = true;
    nifti.dim = new long[] {7, size, size, size, size, size, size, size};
    assertThat(reason()).isIn("unreadable-volume", "volume-too-large");
    nifti.dim = new long[] {4, 2, 3, 4, size, 1, 1, 1};
    assertThat(reason()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 348, 351, 1e30})
  void voxelsThatOverlapTheHeaderAreRefused(double offset) {
    byte[] file = nifti.file(VOXELS);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(108, (float) offset);
    assertThat(files.reason(files.bytes("v.nii", file))).isEqualTo("unreadable-volume");
  }

  @Test
  void extensionIsSteppedOver() {
    nifti.offset = 352 + 48;
    assertThat(read().value(1, 0, 0)).isEqualTo(1);
    nifti.two = true;
    nifti.offset = 544 + 16;
    assertThat(read().value(1, 0, 0)).isEqualTo(1);
  }

  @Test
  void pairIsReadByEitherName() {
    nifti.pair = true;
    files.bytes("a/v.hdr", nifti.header());
    assertThat(files.probe("a/v.hdr").format()).isEqualTo("nifti");
    assertThat(files.reason("a/v.hdr")).isEqualTo("missing-file");
    files.bytes("a/v.img", VOXELS);
    assertThat(files.read("a/v.hdr").value(1, 2, 3)).isEqualTo(23);
    assertThat(files.read("a/v.img").value(1, 2, 3)).isEqualTo(23);
    files.delete("a/v.img");
    files.bytes("a/v.img.gz", Written.gzip(VOXELS));
    assertThat(files.read("a/v.hdr").value(1, 2, 3)).isEqualTo(23);
    files.delete("a/v.hdr");
    files.bytes("a/v.hdr.gz", Written.gzip(nifti.header()));
    assertThat(files.read("a/v.img.gz").value(1, 2, 3)).isEqualTo(23);
    files.bytes("B.HDR", nifti.header());
    files.bytes("B.IMG", VOXELS);
    assertThat(files.read("B.HDR").value(1, 2, 3)).isEqualTo(23);
  }

  @Test
  void pairHeaderOfAnotherNameIsRefused() {
    nifti.pair = true;
    assertThat(files.reason(files.bytes("v.nii", nifti.header()))).isEqualTo("unreadable-volume");
  }

  @Test
  void imageWithoutHeaderIsMissing() {
    assertThat(files.reason(files.bytes("v.img", VOXELS))).isEqualTo("missing-file");
    assertThat(files.reason(files.bytes("v.Img", VOXELS))).isEqualTo("unknown-format");
  }

  @Test
  void analyzeHeaderIsUnsupported() {
    byte[] header = nifti.header();
    ByteBuffer.wrap(header).putInt(344, 0);
    files.bytes("v.img", VOXELS);
    assertThat(files.reason(files.bytes("v.hdr", header))).isEqualTo("unsupported-volume");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32, 128, 1536, 1792, 2048, 2304, -5})
  void voxelsThatAreNoPlainNumberAreUnsupported(int datatype) {
    nifti.datatype = datatype;
    assertThat(reason()).isEqualTo("unsupported-volume");
  }

  @Test
  void compressionIsToldByContent() {
    byte[] file = nifti.file(VOXELS);
    assertThat(files.read(files.bytes("v.nii", Written.gzip(file))).value(1, 2, 3)).isEqualTo(23);
    assertThat(files.read(files.bytes("v.nii.gz", file)).value(1, 2, 3)).isEqualTo(23);
    byte[] members = Written.joined(Written.gzip(cut(file, 0, 360)), Written.gzip(cut(file, 360)));
    assertThat(files.read(files.bytes("m.nii.gz", members)).value(1, 2, 3)).isEqualTo(23);
  }

  private static byte[] cut(byte[] bytes, int from, int... to) {
    return Arrays.copyOfRange(bytes, from, to.length == 0 ? bytes.length : to[0]);
  }

  private static void assertClose(Vector3 actual, Vector3 expected) {
    assertThat(actual.minus(expected).length()).isCloseTo(0, CLOSE);
  }
}
