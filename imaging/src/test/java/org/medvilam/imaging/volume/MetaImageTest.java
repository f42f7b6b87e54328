package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MetaImageTest {
  private static final byte[] VOXELS = Written.counting(24);
  private static final String HEADER = "NDims = 3\nDimSize = 2 3 4\nElementType = MET_UCHAR\n";
  private static final String LOCAL = "ElementDataFile = LOCAL\n";

  @TempDir private Path folder;
  private Written files;

  @BeforeEach
  void start() {
    files = new Written(folder);
    files.bytes("v.raw", VOXELS);
  }

  private Volume read(String header) {
    return files.read(files.text("v.mhd", header));
  }

  private String reason(String header) {
    return files.reason(files.text("v.mhd", header));
  }

  private VolumeGrid grid(String fields) {
    return files.probe(files.text("v.mhd", HEADER + fields + "ElementDataFile = v.raw\n")).grid();
  }

  private void assertCounted(Volume volume) {
    for (int n = 0; n < 24; n++) {
      assertThat(volume.value(n % 2, n / 2 % 3, n / 6)).isEqualTo(n);
    }
  }

  @Test
  void leastHeaderIsEnough() {
    Volume volume = read(HEADER + "ElementDataFile = v.raw");
    assertCounted(volume);
    assertThat(volume.grid().orientation()).isEqualTo("LPS");
    assertThat(volume.grid().origin()).isEqualTo(new Vector3(0, 0, 0));
    assertThat(volume.grid().spacing()).containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void headerIsToldByContentWhateverTheName() {
    files.text("scan.txt", "ObjectType = Image\r\n" + HEADER + "ElementDataFile = v.raw\r\n");
    assertCounted(files.read("scan.txt"));
  }

  @Test
  void transformMatrixHoldsTheDirectionsOfTheAxes() {
    VolumeGrid grid =
        grid(
            """
            TransformMatrix = 0 1 0 0 0 -1 1 0 0
            Offset = 1 2 3
            ElementSpacing = 2 3 4
            AnatomicalOrientation = ???
            """);
    assertThat(grid.di()).isEqualTo(new Vector3(0, 2, 0));
    assertThat(grid.dj()).isEqualTo(new Vector3(0, 0, -3));
    assertThat(grid.dk()).isEqualTo(new Vector3(4, 0, 0));
    assertThat(grid.orientation()).isEqualTo("PIL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Offset", "Position", "Origin", "ImagePosition"})
  void positionHasSynonyms(String name) {
    assertThat(grid(name + " = 1 2.5 -3\n").origin()).isEqualTo(new Vector3(1, 2.5, -3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TransformMatrix", "Rotation", "Orientation"})
  void directionHasSynonyms(String name) {
    assertThat(grid(name + " = -1 0 0 0 -1 0 0 0 1\n").orientation()).isEqualTo("RAS");
  }

  @Test
  void elementSizeStandsInForSpacing() {
    assertThat(grid("ElementSize = 1 2 3\n").spacing()).containsExactly(1.0, 2.0, 3.0);
    assertThat(grid("ElementSize = 1 2 3\nElementSpacing = 4 5 6\n").spacing())
        .containsExactly(4.0, 5.0, 6.0);
  }

  @ParameterizedTest
  @CsvSource({
    "MET_CHAR, INT8",
    "MET_UCHAR, UINT8",
    "MET_SHORT, INT16",
    "MET_USHORT, UINT16",
    "MET_INT, INT32",
    "MET_UINT, UINT32",
    "MET_LONG, INT32",
    "MET_ULONG, UINT32",
    "MET_LONG_LONG, INT64",
    "MET_ULONG_LONG, UINT64",
    "MET_FLOAT, FLOAT32",
    "MET_DOUBLE, FLOAT64"
  })
  void everyTypeIsReadInEitherOrder(String name, VoxelType type) {
    String header = HEADER.replace("MET_UCHAR", name);
    files.bytes("v.raw", Written.counting(24, type, ByteOrder.LITTLE_ENDIAN));
    assertCounted(read(header + "ElementDataFile = v.raw"));
    files.bytes("v.raw", Written.counting(24, type, ByteOrder.BIG_ENDIAN));
    assertCounted(read(header + "BinaryDataByteOrderMSB = True\nElementDataFile = v.raw"));
    assertCounted(read(header + "ElementByteOrderMSB = True\nElementDataFile = v.raw"));
    assertThat(files.probe("v.mhd").type()).isEqualTo(type);
  }

  @Test
  void compressedDataIsZlibOrGzip() {
    String header = HEADER + "CompressedData = True\nElementDataFile = v.zraw\n";
    files.bytes("v.zraw", Written.zlib(VOXELS));
    assertCounted(read(header));
    files.bytes("v.zraw", Written.gzip(VOXELS));
    assertCounted(read(header));
  }

  @Test
  void localDataFollowsTheHeader() {
    assertCounted(files.read(files.bytes("v.mha", Written.ascii(HEADER + LOCAL), VOXELS)));
    byte[] header = Written.ascii(HEADER + "CompressedData = True\n" + LOCAL);
    assertCounted(files.read(files.bytes("v.mha", header, Written.zlib(VOXELS))));
  }

  @Test
  void headerSizeIsSteppedOver() {
    files.bytes("v.raw", new byte[100], VOXELS);
    assertCounted(read(HEADER + "HeaderSize = 100\nElementDataFile = v.raw\n"));
    files.bytes("v.raw", new byte[77], VOXELS);
    assertCounted(read(HEADER + "HeaderSize = -1\nElementDataFile = v.raw\n"));
    assertThat(reason(HEADER + "HeaderSize = 1000\nElementDataFile = v.raw\n"))
        .isEqualTo("truncated-volume");
    assertThat(reason(HEADER + "HeaderSize = -2\nElementDataFile = v.raw\n"))
        .isEqualTo("unreadable-volume");
  }

  @Test
  void numbersInAsciiAreRead() {
    StringBuilder text = new StringBuilder(HEADER + "BinaryData = False\n" + LOCAL);
    for (int n = 0; n < 24; n++) {
      text.append(n).append(n % 5 == 4 ? "\n" : " ");
    }
    assertCounted(files.read(files.text("v.mha", text.toString())));
  }

  @Test
  void listNamesFilesOfSlices() {
    StringBuilder list = new StringBuilder(HEADER + "ElementDataFile = LIST\n");
    for (int k = 0; k < 4; k++) {
      files.bytes("s/%d.raw".formatted(k), Arrays.copyOfRange(VOXELS, 6 * k, 6 * k + 6));
      list.append("s/").append(k).append(".raw\r\n");
    }
    assertCounted(read(list.toString()));
    assertCounted(read(list.toString().replace("LIST", "LIST 2")));
    files.delete("s/2.raw");
    assertThat(reason(list.toString())).isEqualTo("missing-file");
    String cut = list.substring(0, list.length() - 10);
    assertThat(reason(cut)).isEqualTo("truncated-volume");
    assertThat(reason(list.toString().replace("s/3", "../3"))).isEqualTo("unsafe-path");
  }

  @Test
  void listOfRowsOrOfTheWholeIsRead() {
    StringBuilder rows = new StringBuilder(HEADER + "ElementDataFile = LIST 1\n");
    for (int n = 0; n < 12; n++) {
      files.bytes("r%d".formatted(n), Arrays.copyOfRange(VOXELS, 2 * n, 2 * n + 2));
      rows.append('r').append(n).append('\n');
    }
    assertCounted(read(rows.toString()));
    assertCounted(read(HEADER + "ElementDataFile = LIST 3\nv.raw\n"));
  }

  @ParameterizedTest
  @CsvSource({"1 4 1, 1, 1", "7 10 1, 7, 1", "0 6 2, 0, 2", "3, 3, 1", "1 4, 1, 1", "'', 1, 1"})
  void patternNamesFilesOfSlices(String range, int first, int step) {
    for (int k = 0; k < 4; k++) {
      files.bytes(
          "s%03d.zraw".formatted(first + k * step),
          Written.zlib(Arrays.copyOfRange(VOXELS, 6 * k, 6 * k + 6)));
    }
    assertCounted(
        read(HEADER + "CompressedData = True\nElementDataFile = s%03d.zraw " + range + "\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "s%03d.raw 1 9 1, unreadable-volume",
    "s%03d.raw 4 1 -1, unreadable-volume",
    "s%s.raw 1 4 1, unsupported-volume",
    "s%d%d.raw 1 4 1, unsupported-volume",
    "s%00d.raw 1 4 1, unsupported-volume",
    "s%99d.raw 1 4 1, unsupported-volume",
    "%n, unsupported-volume",
    "../s%d.raw 1 4 1, unsafe-path"
  })
  void otherPatternsAreNamed(String name, String reason) {
    assertThat(reason(HEADER + "ElementDataFile = " + name)).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../v.raw",
        "a/../../v.raw",
        "a/../v.raw",
        "..",
        "..\\v.raw",
        "\\\\host\\share",
        "C:\\v.raw",
        "C:v.raw",
        "a\0b"
      })
  void dataFileThatLeavesTheFolderIsNeverRead(String name) {
    assertThat(reason(HEADER + "ElementDataFile = " + name)).isEqualTo("unsafe-path");
  }

  @Test
  void dataFileBelowTheHeaderIsRead() {
    files.bytes("a/b/ü 1.raw", VOXELS);
    assertCounted(files.read(files.text("a/v.mhd", HEADER + "ElementDataFile = ./b/ü 1.raw")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.raw", ".", ""})
  void dataFileThatIsNoneIsMissing(String name) {
    assertThat(reason(HEADER + "ElementDataFile = " + name)).isEqualTo("missing-file");
  }

  @Test
  void linesThatAreNoFieldsAreSteppedOver() {
    assertCounted(
        read("woohoo\n\n# x\n" + HEADER + "PatientName = A B\nElementDataFile = v.raw\nx"));
  }

  @ParameterizedTest
  @CsvSource({
    "DimSize = 2 3, unreadable-volume",
    "DimSize = 2 3 x, unreadable-volume",
    "DimSize = 2 3 0, unreadable-volume",
    "DimSize = 2 3 -4, unreadable-volume",
    "DimSize = 2 3 4.0, unreadable-volume",
    "DimSize = 2 3 5, truncated-volume",
    "DimSize = 70000 70000 1, volume-too-large",
    "DimSize = 2000000000 2000000000 2000000000, volume-too-large",
    "NDims = 0, unreadable-volume",
    "NDims = 99, unreadable-volume",
    "ElementType = MET_STRING, unsupported-volume",
    "ElementType = MET_FLOAT_ARRAY, unsupported-volume",
    "ElementNumberOfChannels = 3, unsupported-volume",
    "ElementSpacing = 1 0 1, unreadable-volume",
    "ElementSpacing = 1 NaN 1, unreadable-volume",
    "ElementSpacing = 1 1, unreadable-volume",
    "TransformMatrix = 1 0 0 0 1 0 0 1 0, unreadable-volume",
    "Offset = 1 2 Infinity, unreadable-volume",
    "ElementToIntensityFunctionSlope = 2, unsupported-volume",
    "ElementToIntensityFunctionOffset = -1024, unsupported-volume"
  })
  void fieldsThatCannotBeAreNamed(String field, String reason) {
    assertThat(reason(HEADER + field + "\nElementDataFile = v.raw\n")).isEqualTo(reason);
  }

  @Test
  void identityFunctionIsAllowed() {
    assertCounted(
        read(
            HEADER
                + "ElementToIntensityFunctionSlope = 1\nElementToIntensityFunctionOffset = 0\n"
                + "ElementDataFile = v.raw\n"));
  }

  @Test
  void headerWithoutEndIsTruncated() {
    assertThat(reason(HEADER)).isEqualTo("truncated-volume");
    assertThat(files.reason(files.text("e.mhd", ""))).isEqualTo("truncated-volume");
  }

  @Test
  void fieldThatMustBeThereIsNamed() {
    assertThatThrownBy(() -> read("NDims = 3\nDimSize = 2 3 4\nElementDataFile = v.raw"))
        .isInstanceOf(UnreadableVolumeException.class)
        .hasMessage("v.mhd: expected the field 'ElementType', found none");
  }

  @Test
  void framesFollowTheVolume() throws Exception {
    String header = HEADER.replace("NDims = 3", "NDims = 4").replace("2 3 4", "2 3 2 2");
    String path = files.text("v.mhd", header + "ElementDataFile = v.raw\n");
    assertThat(files.probe(path).frames()).isEqualTo(2);
    assertThat(Volumes.read(files.store(), path, 1).value(0, 0, 0)).isEqualTo(12);
  }
}
