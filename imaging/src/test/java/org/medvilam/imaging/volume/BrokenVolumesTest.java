package org.medvilam.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreUnavailableException;

final class BrokenVolumesTest {
  private static final Set<String> REASONS =
      Set.of(
          "missing-file",
          "unsafe-path",
          "unknown-format",
          "unsupported-volume",
          "unreadable-volume",
          "truncated-volume",
          "volume-too-large");

  private static final int VOXELS = 4 * 5 * 6;

  @TempDir private Path folder;
  private Written files;

  @BeforeEach
  void start() {
    files = new Written(folder);
  }

  /** Returns noise, which does not become shorter when it is compressed. */
  private static byte[] noise() {
    byte[] voxels = new byte[VOXELS];
    new Random(3).nextBytes(voxels);
    return voxels;
  }

  /** Returns whole files by name. */
  private static Map<String, byte[]> whole() {
    WrittenNifti nifti = new WrittenNifti();
    nifti.dim = new long[] {3, 4, 5, 6, 1, 1, 1, 1};
    WrittenNifti two = new WrittenNifti();
    two.two = true;
    two.dim = nifti.dim;
    String meta = "NDims = 3\nDimSize = 4 5 6\nElementType = MET_UCHAR\n";
    String nrrd = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 4 5 6\nencoding: ";
    String local = "ElementDataFile = LOCAL\n";
    byte[] voxels = noise();
    Map<String, byte[]> whole = new LinkedHashMap<>();
    whole.put("a.nii", nifti.file(voxels));
    whole.put("a.nii.gz", Written.gzip(nifti.file(voxels)));
    whole.put("b.nii", two.file(voxels));
    whole.put("b.nii.gz", Written.gzip(two.file(voxels)));
    whole.put("c.mha", Written.joined(Written.ascii(meta + local), voxels));
    whole.put(
        "d.mha",
        Written.joined(
            Written.ascii(meta + "CompressedData = True\n" + local), Written.zlib(voxels)));
    whole.put("e.nrrd", Written.joined(Written.ascii(nrrd + "raw\n\n"), voxels));
    whole.put("f.nrrd", Written.joined(Written.ascii(nrrd + "gzip\n\n"), Written.gzip(voxels)));
    whole.put("g.nrrd", Written.joined(Written.ascii(nrrd + "bzip2\n\n"), Written.bzip2(voxels)));
    return whole;
  }

  static Set<String> names() {
    return whole().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void wholeFilesAreRead(String name) {
    assertNoise(files.read(files.bytes(name, whole().get(name))));
  }

  private static void assertNoise(Volume volume) {
    byte[] voxels = noise();
    for (int n = 0; n < VOXELS; n++) {
      assertThat(volume.value(n % 4, n / 4 % 5, n / 20)).isEqualTo(voxels[n] & 0xff);
    }
  }

  /** A header in text that is cut may still be one, of other files; what follows never is. */
  @ParameterizedTest
  @MethodSource("names")
  void everyCutIsNamed(String name) {
    byte[] file = whole().get(name);
    boolean text = name.endsWith(".mha") || name.endsWith(".nrrd");
    for (int length = 0; length < file.length; length++) {
      files.bytes(name, Arrays.copyOf(file, length));
      Set<String> named =
          text && length < file.length - VOXELS ? REASONS : Set.of("truncated-volume");
      assertThat(named).as("%d of %d bytes", length, file.length).contains(files.reason(name));
      for (SliceAxis axis : List.of(SliceAxis.AXIAL, SliceAxis.CORONAL)) {
        UnreadableVolumeException e =
            catchThrowableOfType(
                UnreadableVolumeException.class,
                () -> Volumes.slices(files.store(), name, axis, k -> false, s -> {}));
        assertThat(named).as("%d of %d bytes", length, file.length).contains(e.reason());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void damageNeverThrowsAnythingElse(String name) throws IOException {
    byte[] whole = whole().get(name);
    Random random = new Random(name.hashCode());
    for (int n = 0; n < 250; n++) {
      byte[] file = n % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int k = 0; k <= n % 3 && file.length > 0; k++) {
        int at = random.nextInt(n % 2 == 0 ? Math.min(file.length, 400) : file.length);
        file[at] ^= (byte) (1 << random.nextInt(8));
      }
      files.bytes(name, file);
      String reason = files.reason(name);
      assertThat(reason.isEmpty() || REASONS.contains(reason)).as(reason).isTrue();
      try {
        Volumes.slices(files.store(), name, SliceAxis.AXIAL, k -> true, s -> {});
      } catch (UnreadableVolumeException e) {
        assertThat(REASONS).contains(e.reason());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.nii.gz", "d.mha", "f.nrrd", "g.nrrd"})
  void flippedBitInCompressedVoxelsIsNeverTakenForVoxels(String name) {
    byte[] whole = whole().get(name);
    for (int at = whole.length - VOXELS; at < whole.length; at++) {
      byte[] file = whole.clone();
      file[at] ^= 0x10;
      files.bytes(name, file);
      if (files.reason(name).isEmpty()) {
        assertNoise(files.read(name));
      }
    }
  }

  @Test
  void longerDataIsToleratedAsByTheOwners() {
    whole()
        .forEach(
            (name, file) ->
                assertThat(files.reason(files.bytes(name, file, new byte[100]))).isEmpty());
    byte[] longer = Written.joined(noise(), new byte[5000]);
    String nrrd = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 4 5 6\nencoding: ";
    byte[] gzip = Written.ascii(nrrd + "gzip\n\n");
    assertThat(files.reason(files.bytes("l.nrrd", gzip, Written.gzip(longer)))).isEmpty();
    byte[] bzip2 = Written.ascii(nrrd + "bzip2\n\n");
    assertThat(files.reason(files.bytes("l.nrrd", bzip2, Written.bzip2(longer)))).isEmpty();
  }

  @Test
  void dataThatGoesOnAndOnIsNotExpanded() {
    byte[] zeros = new byte[8 << 20];
    WrittenNifti nifti = new WrittenNifti();
    assertThat(files.reason(files.bytes("bomb.nii.gz", Written.gzip(nifti.file(zeros)))))
        .isEqualTo("volume-too-large");
    String meta =
        """
        NDims = 3
        DimSize = 4 5 6
        ElementType = MET_UCHAR
        CompressedData = True
        ElementDataFile = LOCAL
        """;
    assertThat(files.reason(files.bytes("bomb.mha", Written.ascii(meta), Written.zlib(zeros))))
        .isEqualTo("volume-too-large");
    String nrrd = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 4 5 6\nencoding: ";
    byte[] bzip2 = Written.ascii(nrrd + "bzip2\n\n");
    assertThat(files.reason(files.bytes("bomb.nrrd", bzip2, Written.bzip2(zeros))))
        .isEqualTo("volume-too-large");
    byte[] fromEnd = Written.ascii(nrrd + "gzip\nbyte skip: -1\n\n");
    byte[] more = Written.gzip(new byte[65 << 20]);
    assertThat(files.reason(files.bytes("bomb.nrrd", fromEnd, more))).isEqualTo("volume-too-large");
  }

  @Test
  void declaredSizeIsComparedWithTheFileBeforeMemoryIsAskedFor() {
    WrittenNifti nifti = new WrittenNifti();
    nifti.dim = new long[] {3, 1024, 1024, 1024, 1, 1, 1, 1};
    String gz = files.bytes("huge.nii.gz", Written.gzip(nifti.file(noise())));
    String raw = files.bytes("huge.nii", nifti.file(noise()));
    long before = allocated();
    assertThat(files.reason(gz)).isEqualTo("truncated-volume");
    assertThat(files.reason(raw)).isEqualTo("truncated-volume");
    assertThat(allocated() - before).isLessThan(64 << 20);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  @Test
  void otherFilesAreOfUnknownFormat() {
    assertThat(files.reason(files.text("a.txt", "hello, world"))).isEqualTo("unknown-format");
    assertThat(files.reason(files.text("a.nii", "<html>".repeat(100))))
        .isEqualTo("unreadable-volume");
    assertThat(files.reason(files.text("a.nrrd", "<html>".repeat(100))))
        .isEqualTo("unreadable-volume");
    assertThat(files.reason(files.bytes("a.gz", Written.gzip(new byte[1000]))))
        .isEqualTo("unknown-format");
    assertThat(files.reason(files.text("empty", ""))).isEqualTo("truncated-volume");
  }

  @Test
  void missingAndUnsafeFilesAreNamed() {
    assertThat(files.reason("nowhere.nii")).isEqualTo("missing-file");
    files.text("folder/x", "");
    assertThat(files.reason("folder")).isEqualTo("missing-file");
    assertThat(files.reason("../secret.nii")).isEqualTo("unsafe-path");
  }

  @Test
  void headerTextIsNeverRepeated() {
    String free = "Doe^Jane 19700101";
    WrittenNifti nifti = new WrittenNifti();
    nifti.free = free;
    nifti.datatype = 128;
    assertNeverRepeated(files.bytes("v.nii", nifti.file(noise())));
    String meta = "NDims = 3\nDimSize = 4 5 6\nElementType = MET_UCHAR\n";
    for (String field :
        List.of("NDims", "DimSize", "ElementType", "ElementSpacing", "Offset", "HeaderSize")) {
      String line = field + " = " + free + "\n";
      assertNeverRepeated(files.text("v.mha", meta + line + "ElementDataFile = LOCAL\n"));
    }
    String nrrd = "type: uchar\ndimension: 3\nsizes: 4 5 6\nencoding: raw\n";
    for (String field :
        List.of("type", "dimension", "sizes", "encoding", "space directions", "kinds", "space")) {
      String others = nrrd.replaceAll("(?m)^" + field + ":.*\n", "");
      assertNeverRepeated(
          files.text(
              "v.nrrd",
              "NRRD0004\n" + others + field + ": " + free + "\nspace origin: (1,2,3)\n\n"));
    }
    assertNeverRepeated(files.text("v.nrrd", "NRRD0004\n" + nrrd + free + "\n\n"));
    assertNeverRepeated(files.text("v.nrrd", "NRRD " + free + "\n" + nrrd + "\n"));
    assertNeverRepeated(
        files.bytes(
            "v.nrrd", Written.ascii("NRRD0004\n" + nrrd.replace("raw", "ascii") + "\n" + free)));
  }

  private void assertNeverRepeated(String path) {
    assertThatThrownBy(() -> files.read(path))
        .isInstanceOf(UnreadableVolumeException.class)
        .satisfies(e -> assertThat(e.getMessage()).startsWith(path).doesNotContain("Doe", "1970"));
  }

  @Test
  void storeThatFailsIsNoBrokenFile() {
    whole()
        .forEach(
            (name, file) -> {
              files.bytes(name, file);
              for (int after : new int[] {0, file.length / 2, file.length - 20}) {
                Store failing = new FailingStore(files.store(), after);
                assertThatThrownBy(() -> Volumes.read(failing, name))
                    .as("%s after %d bytes", name, after)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("the disk is gone");
              }
            });
  }
}
