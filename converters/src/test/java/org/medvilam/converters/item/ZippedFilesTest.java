package org.medvilam.converters.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.store.LocalStore;
import org.medvilam.records.store.Store;

final class ZippedFilesTest {
  @TempDir Path folder;
  private Store root;

  @BeforeEach
  void openRoot() {
    root = LocalStore.of(folder);
  }

  private void zip(String... names) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("a.zip"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void filesAreListedWithoutWhatSystemsLeave() throws IOException {
    zip("x/", "x/one.png", "two.png", "__MACOSX/x/._one.png", "x/.DS_Store", "x/Thumbs.db");
    assertThat(ZippedFiles.list(root, "a.zip"))
        .containsExactly(
            new ZippedFiles.ZippedFile("x/one.png", true),
            new ZippedFiles.ZippedFile("two.png", true));
    assertThat(ZippedFiles.read(root, "a.zip", "x/one.png")).asString().isEqualTo("x/one.png");
  }

  @Test
  void namesThatLeaveTheFolderAreToldApart() throws IOException {
    zip("../up.png", "/top.png", "x/../../up.png", "c:\\up.png", "x/..png");
    assertThat(ZippedFiles.list(root, "a.zip"))
        .filteredOn(f -> f.safe())
        .extracting(f -> f.name())
        .isEmpty();
    assertThat(ZippedFiles.list(root, "a.zip")).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void archiveThatIsCutIsNoListing() throws IOException {
    zip("one.png", "two.png");
    byte[] whole = Files.readAllBytes(folder.resolve("a.zip"));
    for (int length : List.of(0, 10, whole.length / 2, whole.length - 1)) {
      Files.write(folder.resolve("a.zip"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ZippedFiles.list(root, "a.zip"))
          .as("%d bytes", length)
          .isInstanceOf(ListingException.class)
          .hasMessageContaining("a.zip");
    }
  }

  @Test
  void fileThatInflatesBeyondTheLimitIsRefused() throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("a.zip"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("bomb.png"));
      byte[] zeros = new byte[1 << 20];
      for (long written = 0; written <= ZippedFiles.MAX_BYTES; written += zeros.length) {
        zip.write(zeros);
      }
    }
    assertThat(Files.size(folder.resolve("a.zip"))).isLessThan(1 << 20);
    assertThat(reason("bomb.png")).isEqualTo("file-too-large");
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    zip("one.png");
    assertThat(reason("two.png")).isEqualTo("missing-file");
    Files.delete(folder.resolve("a.zip"));
    assertThat(reason("one.png")).isEqualTo("missing-file");
  }

  private String reason(String name) {
    return catchThrowableOfType(ItemException.class, () -> ZippedFiles.read(root, "a.zip", name))
        .reason();
  }
}
