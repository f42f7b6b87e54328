package org.medvilam.converters.item;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.medvilam.records.store.Store;

/** Reads label files that are small by nature, up to a limit. */
public final class SmallFiles {
  private SmallFiles() {}

  /**
   * Returns a whole file.
   *
   * @param root the tree
   * @param path the file
   * @param most the most bytes it may have
   * @throws ItemException {@code missing-file} or {@code file-too-large}
   */
  public static byte[] read(Store root, String path, int most) throws IOException {
    try (InputStream in = root.read(path)) {
      byte[] data = in.readNBytes(most + 1);
      if (data.length > most) {
        throw new ItemException(
            path, "file-too-large", "expected at most %d bytes, found more".formatted(most));
      }
      return data;
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new ItemException(path, "missing-file", "expected the file " + path + ", found none");
    }
  }
}
