package org.medvilam.pipelines.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreEntry;
import org.medvilam.records.store.UnsafePathException;

/** What every tree promises, local or remote. */
abstract class StoreContract {
  private Store store;

  /** Returns an empty tree, below a folder that holds nothing else. */
  abstract Store create(String folder) throws IOException;

  @BeforeEach
  void openAnEmptyTree(TestInfo test) throws IOException {
    String folder = Integer.toHexString(test.getDisplayName().hashCode());
    store = create(test.getTestMethod().orElseThrow().getName() + folder);
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
    assertThatThrownBy(() -> store.move(path, "a")).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.move("a", path)).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.below(path)).isInstanceOf(UnsafePathException.class);
  }

  /** Globs, escapes, blanks and letters beyond ASCII are names like others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "benign (1).png",
        "a*b?c[d]{e}",
        "50% + 1.png",
        "a#b",
        "Läsion/größer.png",
        "..hidden",
        "a..b/..c",
        "a/b/../c"
      })
  void anyNameIsAName(String path) throws IOException {
    write(path, "x");
    assertThat(read(path)).isEqualTo("x");
    assertThat(store.exists(path)).isTrue();
    assertThat(store.isFolder(path)).isFalse();
    store.move(path, "moved " + path.replace("/", ""));
    assertThat(store.exists(path)).isFalse();
    assertThat(names("")).contains("moved " + path.replace("/", ""));
    store.delete("moved " + path.replace("/", ""));
    assertThat(names("")).doesNotContain("moved " + path.replace("/", ""));
  }

  @Test
  void stepBackInsideTheTreeIsFollowed() throws IOException {
    write("a/x", "1");
    assertThat(read("b/../a/x")).isEqualTo("1");
  }

  @Test
  void subtreeDoesNotReachItsParent() throws IOException {
    write("a/b", "1");
    Store below = store.below("a");
    assertThatThrownBy(() -> below.read("../a/../x")).isInstanceOf(UnsafePathException.class);
  }

  @Test
  void capitalsAndDigitsAreOrderedAsCharacters() throws IOException {
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
  void listingIsOrderedByName() throws IOException {
    write("b.png", "12");
    write("a.png", "1");
    write("a/deep/er.txt", "123");
    write("ab.png", "");
    assertThat(store.list(""))
        .containsExactly(
            new StoreEntry("a", true, 0),
            new StoreEntry("a.png", false, 1),
            new StoreEntry("ab.png", false, 0),
            new StoreEntry("b.png", false, 2));
    assertThat(store.list("a")).containsExactly(new StoreEntry("deep", true, 0));
    assertThat(store.list("a/")).isEqualTo(store.list("a"));
    List<StoreEntry> visited = new ArrayList<>();
    store.visit("", visited::add);
    assertThat(visited).containsExactlyInAnyOrderElementsOf(store.list(""));
  }

  @Test
  void missingFolderIsEmpty() throws IOException {
    assertThat(store.list("none")).isEmpty();
    assertThat(store.exists("none")).isFalse();
    assertThat(store.isFolder("none")).isFalse();
    assertThat(store.exists("")).isEqualTo(store.isFolder(""));
  }

  @Test
  void folderIsNoFileAndFileNoFolder() throws IOException {
    write("folder/file", "x");
    write("folder2", "x");
    assertThat(store.isFolder("")).isTrue();
    assertThat(store.isFolder("folder")).isTrue();
    assertThat(store.exists("folder")).isTrue();
    assertThat(store.isFolder("folder/file")).isFalse();
    assertThat(store.exists("fold")).isFalse();
    assertThat(store.list("folder/file")).isEmpty();
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> store.readAll("none/a.png"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none/a.png");
    assertThatThrownBy(
            () -> {
              try (InputStream in = store.read("none/a.png")) {
                in.read();
              }
            })
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void writingReplacesTheOldFile() throws IOException {
    write("a", "a long text");
    write("a", "short");
    assertThat(read("a")).isEqualTo("short");
  }

  @Test
  void movedFileReplacesTheOldOne() throws IOException {
    write("a", "new");
    write("deep/b", "old");
    store.move("a", "deep/b");
    assertThat(read("deep/b")).isEqualTo("new");
    assertThat(store.exists("a")).isFalse();
    write("c", "c");
    store.move("c", "of/its/own/c");
    assertThat(read("of/its/own/c")).isEqualTo("c");
  }

  @Test
  void folderIsDeletedWithAllBelow() throws IOException {
    for (int i = 0; i < 12; i++) {
      write("folder/sub" + i % 3 + "/" + i, "x");
    }
    write("folder-too", "x");
    store.delete("folder");
    assertThat(store.list("")).containsExactly(new StoreEntry("folder-too", false, 1));
    store.delete("folder");
    assertThat(store.exists("folder-too")).isTrue();
    store.delete("folder-too");
    assertThat(names("")).isEmpty();
  }

  @Test
  void bytesComeBackWhereverOneStarts() throws IOException {
    byte[] data = new byte[20_000_000];
    new Random(1).nextBytes(data);
    try (OutputStream out = store.write("big")) {
      out.write(data[0]);
      out.write(data, 1, data.length - 1);
    }
    assertThat(store.readAll("big")).isEqualTo(data);
    try (InputStream in = store.read("big")) {
      assertThat(in.readNBytes(1000)).isEqualTo(java.util.Arrays.copyOf(data, 1000));
      in.skipNBytes(15_000_000);
      assertThat(in.read()).isEqualTo(data[15_001_000] & 0xff);
      in.skipNBytes(data.length - 15_001_002);
      assertThat(in.read()).isEqualTo(data[data.length - 1] & 0xff);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.skip(1)).isEqualTo(0);
    }
  }

  @Test
  void emptyFileIsAFile() throws IOException {
    store.write("_SUCCESS").close();
    assertThat(store.exists("_SUCCESS")).isTrue();
    assertThat(store.readAll("_SUCCESS")).isEmpty();
    try (InputStream in = store.read("_SUCCESS")) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void treeBelowAndTreeOnAnotherMachineAreTheSame() throws Exception {
    write("a/b", "x");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(store.below("a"));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Store there = (Store) in.readObject();
      assertThat(there.uri()).isEqualTo(store.uri() + "/a");
      assertThat(there.readAll("b")).containsExactly('x');
    }
  }

  private void write(String path, String text) throws IOException {
    try (OutputStream out = store.write(path)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String read(String path) throws IOException {
    return new String(store.readAll(path), StandardCharsets.UTF_8);
  }

  private List<String> names(String folder) throws IOException {
    return store.list(folder).stream().map(StoreEntry::name).toList();
  }
}
