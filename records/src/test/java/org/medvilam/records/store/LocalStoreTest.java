package org.medvilam.records.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalStoreTest {
  @TempDir private Path folder;
  private LocalStore store;

  @BeforeEach
  void openBelowTheFolder() throws IOException {
    Files.writeString(folder.resolve("secret"), "not yours");
    store = LocalStore.of(folder.resolve("root"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "..",
        "a/../../secret",
        "a/b/../../../secret",
        "/etc/passwd",
        "//host/share",
        "..\\secret",
        "a\\..\\..\\secret",
        "a/..\\..\\secret",
        "\\\\host\\share",
        "a\0b"
      })
  void pathThatLeavesTheRootIsNeverFollowed(String path) {
    assertThatThrownBy(() -> store.read(path)).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.readAll(path)).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.write(path)).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.exists(path)).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.isFolder(path)).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.list(path)).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.delete(path)).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.below(path)).isInstanceOf(UnsafePathException.class);
  }

  @Test
  void moveLeavesTheRootOnNeitherSide() throws IOException {
    write("a", "1");
    assertThatThrownBy(() -> store.move("a", "../a")).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.move("../secret", "b")).isInstanceOf(UnsafePathException.class);
  }

  @Test
  void siblingWithTheSameBeginningIsOutside() throws IOException {
    Files.writeString(folder.resolve("root2"), "other");
    assertThatThrownBy(() -> store.read("../root2")).isInstanceOf(UnsafePathException.class);
  }

  @Test
  void subtreeDoesNotReachItsParent() throws IOException {
    write("a/b", "1");
    Store below = store.below("a");
    assertThatThrownBy(() -> below.read("../a/../x")).isInstanceOf(UnsafePathException.class);
  }

  @Test
  void dotsInsideTheTreeAreAName() throws IOException {
    write("a..b/..c", "1");
    assertThat(read("a..b/..c")).isEqualTo("1");
  }

  @Test
  void stepBackInsideTheTreeIsFollowed() throws IOException {
    write("a/x", "1");
    assertThat(read("b/../a/x")).isEqualTo("1");
  }

  @Test
  void listingIsOrderedByName() throws IOException {
    write("d/b.png", "22");
    write("d/a10.png", "1");
    write("d/a9.png", "1");
    write("d/Z.png", "1");
    write("d/c/x", "1");
    assertThat(store.list("d"))
        .containsExactly(
            new StoreEntry("Z.png", false, 1),
            new StoreEntry("a10.png", false, 1),
            new StoreEntry("a9.png", false, 1),
            new StoreEntry("b.png", false, 2),
            new StoreEntry("c", true, 0));
  }

  @Test
  void missingFolderIsEmpty() throws IOException {
    assertThat(store.list("nowhere")).isEmpty();
  }

  @Test
  void fileIsNoFolder() throws IOException {
    write("a", "1");
    assertThat(store.list("a")).isEmpty();
    assertThat(store.isFolder("a")).isFalse();
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> store.readAll("nowhere"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void writingReplacesTheOldFile() throws IOException {
    write("a", "long text");
    write("a", "short");
    assertThat(read("a")).isEqualTo("short");
  }

  @Test
  void movedFileReplacesTheOldOne() throws IOException {
    write("a.tmp", "new");
    write("out/a", "old");
    store.move("a.tmp", "out/a");
    assertThat(read("out/a")).isEqualTo("new");
    assertThat(store.exists("a.tmp")).isFalse();
  }

  @Test
  void movingMakesTheFolder() throws IOException {
    write("a", "1");
    store.move("a", "new/folder/a");
    assertThat(read("new/folder/a")).isEqualTo("1");
  }

  @Test
  void folderIsDeletedWithAllBelow() throws IOException {
    write("d/a/b", "1");
    write("e", "1");
    store.delete("d");
    assertThat(store.list("")).containsExactly(new StoreEntry("e", false, 1));
  }

  @Test
  void linkIsDeletedButNotWhatItPointsTo() throws IOException {
    write("d/a", "1");
    Files.createSymbolicLink(folder.resolve("root/d/link"), folder.resolve("secret"));
    store.delete("d");
    assertThat(folder.resolve("secret")).exists();
  }

  @Test
  void deletingNothingDoesNothing() throws IOException {
    write("a", "1");
    store.delete("b");
    assertThat(store.exists("a")).isTrue();
  }

  private void write(String path, String text) throws IOException {
    try (OutputStream out = store.write(path)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String read(String path) throws IOException {
    return new String(store.readAll(path), StandardCharsets.UTF_8);
  }
}
