package org.medvilam.records.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a disk has; the rest is the contract of all trees, in {@code pipelines}. */
final class LocalStoreTest {
  @TempDir private Path folder;
  private LocalStore store;

  @BeforeEach
  void openBelowTheFolder() throws IOException {
    Files.writeString(folder.resolve("secret"), "not yours");
    store = LocalStore.of(folder.resolve("root"));
  }

  @Test
  void fileThatIsThereOutsideIsNotReached() throws IOException {
    store.write("a").close();
    assertThatThrownBy(() -> store.read("../secret")).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.move("a", "../a")).isInstanceOf(UnsafePathException.class);
    assertThatThrownBy(() -> store.move("../secret", "b")).isInstanceOf(UnsafePathException.class);
  }

  @Test
  void siblingWithTheSameBeginningIsOutside() throws IOException {
    Files.writeString(folder.resolve("root2"), "other");
    assertThatThrownBy(() -> store.read("../root2")).isInstanceOf(UnsafePathException.class);
  }

  @Test
  void nameThatNoFileCanHaveIsNoFaultOfTheDisk() throws IOException {
    store.write("d/a").close();
    Files.createSymbolicLink(folder.resolve("root/loop"), Path.of("loop"));
    for (String path : List.of("none", "d", "d/a/b", "d/a/b/c", "loop", "x".repeat(256))) {
      assertThatThrownBy(() -> store.readAll(path)).as(path).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> store.read(path).readAllBytes())
          .as(path)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void diskThatFailsIsNoFaultOfTheFile() throws IOException {
    Path failing = Path.of("/proc/self/mem");
    assumeThat(failing).as("a file of Linux whose reading is an I/O error").exists();
    Files.createDirectories(folder.resolve("root"));
    Files.createSymbolicLink(folder.resolve("root/a"), failing);
    assertThatThrownBy(() -> store.readAll("a"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("root/a")
        .hasMessageContaining("Input/output error");
    assertThatThrownBy(() -> store.read("a").read()).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void linkIsDeletedButNotWhatItPointsTo() throws IOException {
    store.write("d/a").close();
    Files.createSymbolicLink(folder.resolve("root/d/link"), folder.resolve("secret"));
    store.delete("d");
    assertThat(folder.resolve("secret")).exists();
  }
}
