package org.medvilam.records.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void linkIsDeletedButNotWhatItPointsTo() throws IOException {
    store.write("d/a").close();
    Files.createSymbolicLink(folder.resolve("root/d/link"), folder.resolve("secret"));
    store.delete("d");
    assertThat(folder.resolve("secret")).exists();
  }
}
