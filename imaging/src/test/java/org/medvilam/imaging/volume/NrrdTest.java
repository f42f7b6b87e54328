package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NrrdTest {
  private static final byte[] VOXELS = Written.counting(24);
  private static final String HEADER = "NRRD0005\ntype: uchar\ndimension: 3\nsizes: 2 3 4\n";
  private static final String RAW = "encoding: raw\n";

  @TempDir private Path folder;
  private Written files;

  @BeforeEach
  void start() {
    files = new Written(folder);
    files.bytes("v.raw", VOXELS);
  }

  private String write(String header, byte[] data) {
    return files.bytes("v.nrrd", Written.ascii(header + "\n"), data);
  }

  private String reason(String field) {
    return files.reason(write(HEADER + RAW + field + "\n", VOXELS));
  }

  private VolumeGrid grid(String fields) {
    return files.probe(write(HEADER + RAW + fields, VOXELS)).grid();
  }

  private void assertCounted(String path) {
    Volume volume = files.read(path);
    for (int n = 0; n < 24; n++) {
      assertThat(volume.value(n % 2, n / 2 % 3, n / 6)).isEqualTo(n);
    }
  }

  private static String ascii() {
    StringBuilder text = new StringBuilder();
    for (int n = 0; n < 24; n++) {
      text.append(n).append(n % 3 == 0 ? ", " : n % 3 == 1 ? "\n" : "\t ");
    }
    return text.toString();
  }

  @Test
  void everyEncodingIsRead() {
    assertCounted(write(HEADER + RAW, VOXELS));
    assertCounted(write(HEADER + "encoding: gzip\n", Written.gzip(VOXELS)));
    assertCounted(write(HEADER + "encoding: gz\n", Written.gzip(VOXELS)));
    assertCounted(write(HEADER + "encoding: bzip2\n", Written.bzip2(VOXELS)));
    assertCounted(write(HEADER + "Encoding: BZ2\n", Written.bzip2(VOXELS)));
    assertCounted(write(HEADER + "encoding: ascii\n", Written.ascii(ascii())));
    assertCounted(write(HEADER + "encoding: txt\n", Written.ascii(ascii())));
    assertThat(files.reason(write(HEADER + "encoding: hex\n", Written.ascii("00"))))
        .isEqualTo("unsupported-volume");
  }

  @Test
  void linesEndWithOrWithoutCarriageReturn() {
    assertCounted(write((HEADER + RAW).replace("\n", "\r\n") + "\r", VOXELS));
  }

  @Test
  void detachedDataIsBesideTheHeader() {
    assertCounted(files.text("v.nhdr", HEADER + RAW + "data file: v.raw\n"));
    assertCounted(files.text("v.nhdr", HEADER + RAW + "datafile: ./v.raw\n\n"));
    assertThat(files.reason(files.text("v.nhdr", HEADER + RAW + "data file: none.raw")))
        .isEqualTo("missing-file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../v.raw", "a/../../b", "C:/v.raw"})
  void dataFileThatLeavesTheFolderIsNeverRead(String name) {
    assertThat(files.reason(files.text("v.nhdr", HEADER + RAW + "data file: " + name)))
        .isEqualTo("unsafe-path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "LIST 2", "SKIPLIST", "s%03d.raw 1 4 1"})
  void severalDataFilesAreUnsupported(String name) {
    assertThat(files.reason(files.text("v.nhdr", HEADER + RAW + "data file: " + name)))
        .isEqualTo("unsupported-volume");
  }

  @Test
  void linesAreSteppedOverBeforeAndBytesAfterDecompression() {
    byte[] padded = Written.joined(new byte[7], VOXELS);
    byte[] lines = Written.ascii("one\n\nthree\n");
    String skips = "line skip: 3\nbyte skip: 7\n";
    assertCounted(write(HEADER + RAW + skips, Written.joined(lines, padded)));
    assertCounted(
        write(HEADER + "encoding: gzip\n" + skips, Written.joined(lines, Written.gzip(padded))));
    assertCounted(write(HEADER + "encoding: bzip2\nbyteskip: 7\n", Written.bzip2(padded)));
    assertThat(files.reason(write(HEADER + RAW + "line skip: 30\n", VOXELS)))
        .isEqualTo("truncated-volume");
  }

  @Test
  void negativeByteSkipCountsFromTheEnd() {
    byte[] padded = Written.joined(new byte[1000], VOXELS);
    assertCounted(write(HEADER + RAW + "byte skip: -1\n", padded));
    assertCounted(write(HEADER + "encoding: gzip\nbyte skip: -1\n", Written.gzip(padded)));
    byte[] tail = Written.joined(padded, new byte[4]);
    assertCounted(write(HEADER + RAW + "byte skip: -5\n", tail));
    assertCounted(write(HEADER + "encoding: bzip2\nbyte skip: -5\n", Written.bzip2(tail)));
    assertThat(files.reason(files.text("v.nhdr", HEADER + RAW + "byte skip: -5\ndata file: v.raw")))
        .isEqualTo("truncated-volume");
  }

  @Test
  void keysOfUsersAreNoFields() {
    assertCounted(
        write(HEADER + RAW + "byte skip:= -1\nsizes:=9 9 9\na: b:=c\n# sizes: 1\n", VOXELS));
  }

  @ParameterizedTest
  @CsvSource({
    "signed char, INT8",
    "int8_t, INT8",
    "unsigned char, UINT8",
    "short, INT16",
    "signed short int, INT16",
    "ushort, UINT16",
    "int, INT32",
    "unsigned int, UINT32",
    "long long int, INT64",
    "unsigned long long int, UINT64",
    "float, FLOAT32",
    "double, FLOAT64"
  })
  void everyTypeIsReadInEitherOrderAndInAscii(String name, VoxelType type) {
    String header = HEADER.replace("uchar", name);
    assertCounted(
        write(
            header + RAW + "endian: little\n",
            Written.counting(24, type, ByteOrder.LITTLE_ENDIAN)));
    assertCounted(
        write(header + RAW + "endian: big\n", Written.counting(24, type, ByteOrder.BIG_ENDIAN)));
    assertThat(files.probe("v.nrrd").type()).isEqualTo(type);
    assertCounted(write(header + "encoding: ascii\n", Written.ascii(ascii())));
  }

  @ParameterizedTest
  @CsvSource({
    "uchar, 256, unreadable-volume",
    "uchar, -1, unreadable-volume",
    "uchar, 1.5, unreadable-volume",
    "uchar, x, unreadable-volume",
    "short, 32768, unreadable-volume",
    "unsigned int, 4294967296, unreadable-volume",
    "unsigned int, 4294967295, ''",
    "unsigned long long, 18446744073709551615, ''",
    "long long, 9223372036854775808, unreadable-volume",
    "float, nan, ''",
    "float, -inf, ''",
    "double, 1e300, ''",
    "double, 1e3x, unreadable-volume"
  })
  void numbersInAsciiMustFitTheType(String type, String number, String reason) {
    String text = ascii().replace("23", number);
    String header = HEADER.replace("uchar", type) + "encoding: ascii\n";
    assertThat(files.reason(write(header, Written.ascii(text)))).isEqualTo(reason);
  }

  @Test
  void bytesBeforeNumbersInAsciiAreUnsupported() {
    String header = HEADER + "encoding: ascii\nbyte skip: 4\n";
    assertThat(files.reason(write(header, Written.ascii(ascii())))).isEqualTo("unsupported-volume");
  }

  @Test
  void numbersInAsciiThatEndTooSoonAreTruncated() {
    String text = ascii().replace("23", "");
    assertThat(files.reason(write(HEADER + "encoding: ascii\n", Written.ascii(text))))
        .isEqualTo("truncated-volume");
    String word = "1".repeat(1000);
    assertThat(files.reason(write(HEADER + "encoding: ascii\n", Written.ascii(word))))
        .isEqualTo("unreadable-volume");
  }

  @Test
  void spacingsAloneAreAlongTheAxesOfTheWorld() {
    VolumeGrid grid = grid("spacings: 2 nan 0.5\n");
    assertThat(grid.spacing()).containsExactly(2.0, 1.0, 0.5);
    assertThat(grid.orientation()).isEqualTo("LPS");
    assertThat(grid.origin()).isEqualTo(new Vector3(0, 0, 0));
  }

  @Test
  void spaceOfNoPatientIsTakenAsItStands() {
    String vectors = "space directions: (2,0,0) (0,0,3) (0,4,0)\nspace origin: (1,2,3)\n";
    for (String space : new String[] {"space dimension: 3\n", "space: 3D-right-handed\n"}) {
      assertThat(grid(space + vectors).orientation()).isEqualTo("LSP");
      assertThat(grid(space + vectors).origin()).isEqualTo(new Vector3(1, 2, 3));
    }
  }

  @Test
  void axesWithoutDirectionAreFrames() throws Exception {
    String header =
        HEADER.replace("dimension: 3", "dimension: 4").replace("2 3 4", "2 3 2 2")
            + RAW
            + "space: RAS\nspace directions: (1,0,0) (0,1,0) (0,0,1) none\n"
            + "kinds: domain domain domain list\n";
    String path = write(header, VOXELS);
    assertThat(files.probe(path).frames()).isEqualTo(2);
    assertThat(files.probe(path).grid().orientation()).isEqualTo("RAS");
    assertThat(Volumes.read(files.store(), path, 1).value(0, 0, 0)).isEqualTo(12);
  }

  @Test
  void sliceInSpaceHasItsNormalAsThirdAxis() {
    String header =
        HEADER.replace("dimension: 3", "dimension: 2").replace("2 3 4", "2 12")
            + RAW
            + "space: LPS\nspace directions: (0,2,0) (0,0,-3)\nspace origin: (5,6,7)\n";
    VolumeGrid grid = files.read(write(header, VOXELS)).grid();
    assertThat(grid.nk()).isEqualTo(1);
    assertThat(grid.dk().minus(new Vector3(-1, 0, 0)).length()).isCloseTo(0, Offset.offset(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kinds: RGB-color domain domain; unsupported-volume",
        "kinds: domain domain 3-vector; unsupported-volume",
        "space directions: none (1,0,0) (0,1,0); unsupported-volume",
        "space directions: (1,0,0) none none; unsupported-volume",
        "space directions: (1,0,0) (0,1,0); unreadable-volume",
        "space directions: (1,0,0) (0,1,0) (0,0,x); unreadable-volume",
        "space directions: (1,0,0) (0,1,0) (0,0,1; unreadable-volume",
        "space directions: (1,0,0) (0,1,0) (1,1,0); unreadable-volume",
        "space directions: (1,0,0,0) (0,1,0,0) (0,0,1,0); unsupported-volume",
        "space directions: (nan,0,0) (0,1,0) (0,0,1); unreadable-volume",
        "space: RAS; unsupported-volume",
        "space dimension: 3; unsupported-volume",
        "spacings: 1 2; unreadable-volume",
        "spacings: 1 2 0; unreadable-volume",
        "space units: \"mm\" \"mm\" \"um\"; unsupported-volume",
        "space units: \"mm\" \"mm\" \"mm\"; ''",
        "byte skip: 99999999999; unreadable-volume",
        "byte skip: -9223372036854775808; unreadable-volume",
        "byte skip: x; unreadable-volume",
        "line skip: -1; unreadable-volume",
        "nothing of the kind; unreadable-volume",
        "encoding: raw; unreadable-volume"
      })
  void fieldsThatCannotBeAreNamed(String field, String reason) {
    assertThat(reason(field)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "uchar, block, unsupported-volume",
    "uchar, short, unreadable-volume",
    "dimension: 3, dimension: 17, unreadable-volume",
    "2 3 4, 2 3 4 5, unreadable-volume",
    "2 3 4, 2 3 -4, unreadable-volume",
    "2 3 4, 2 3 5, truncated-volume",
    "2 3 4, 1024 1024 1025, volume-too-large",
    "sizes, sides, unreadable-volume",
    "NRRD0005, NRRD0006, unsupported-volume",
    "NRRD0005, NRRD1004, unsupported-volume",
    "NRRD0005, NRRD00.01, ''"
  })
  void headersThatCannotBeAreNamed(String old, String now, String reason) {
    assertThat(files.reason(write((HEADER + RAW).replace(old, now), VOXELS))).isEqualTo(reason);
  }

  @Test
  void headerWithoutEndIsTruncated() {
    assertThat(files.reason(files.text("v.nrrd", HEADER + RAW))).isEqualTo("truncated-volume");
    assertThat(files.reason(files.text("v.nrrd", "NRRD"))).isEqualTo("truncated-volume");
  }
}
