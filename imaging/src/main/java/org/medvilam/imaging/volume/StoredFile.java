package org.medvilam.imaging.volume;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.medvilam.records.store.Store;
import org.medvilam.records.store.StoreUnavailableException;
import org.medvilam.records.store.UnsafePathException;

/**
 * A file of the dataset while it is decoded: tells a store that fails from a file that is broken,
 * and a broken file from one that ends too soon.
 */
final class StoredFile extends FilterInputStream {
  /** Channels copy a read through a buffer of its size outside the heap, and keep the buffer. */
  private static final int MOST_AT_ONCE = 1 << 18;

  private final String path;
  private boolean ended;

  private StoredFile(InputStream in, String path) {
    super(in);
    this.path = path;
  }

  /**
   * Opens a file.
   *
   * @throws UnreadableVolumeException {@code missing-file} or {@code unsafe-path}
   */
  static StoredFile open(Store store, String path) throws IOException {
    try {
      if (store.isFolder(path)) {
        throw missing(path, "a folder");
      }
      return new StoredFile(store.read(path), path);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw missing(path, "none");
    } catch (UnsafePathException e) {
      throw unsafe(path);
    }
  }

  private static UnreadableVolumeException missing(String path, String found) {
    return new UnreadableVolumeException(
        "missing-file", "expected the file %s, found %s".formatted(path, found));
  }

  private static UnreadableVolumeException unsafe(String path) {
    return new UnreadableVolumeException(
        "unsafe-path", "expected a path inside the dataset, found '%s'".formatted(path));
  }

  /**
   * Returns the path of a file that a header names.
   *
   * @param header path of the header
   * @param name what it says: a path relative to the folder of the header
   * @throws UnreadableVolumeException {@code unsafe-path} if it is absolute or climbs
   */
  static String beside(String header, String name) {
    boolean climbs = false;
    for (String step : name.split("[/\\\\]", -1)) {
      climbs |= step.equals("..");
    }
    boolean absolute = name.startsWith("/") || name.startsWith("\\") || name.matches("[A-Za-z]:.*");
    if (absolute || climbs || name.chars().anyMatch(c -> c < ' ')) {
      throw new UnreadableVolumeException(
          "unsafe-path",
          "%s: expected a data file beside or below the header, found a path that leaves its folder"
              .formatted(header));
    }
    return header.substring(0, header.lastIndexOf('/') + 1) + name;
  }

  @Override
  public int read() throws IOException {
    return noted(in.read());
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return noted(in.read(to, offset, Math.min(length, MOST_AT_ONCE)));
  }

  private int noted(int read) {
    ended |= read < 0;
    return read;
  }

  /**
   * Returns what it means that decoding threw.
   *
   * @throws StoreUnavailableException if it was the store that failed
   */
  UnreadableVolumeException trouble(Exception thrown) {
    if (thrown instanceof StoreUnavailableException ofTheStore) {
      throw ofTheStore;
    }
    boolean cut = ended || thrown instanceof EOFException;
    return new UnreadableVolumeException(
        cut ? "truncated-volume" : "unreadable-volume",
        "%s: expected whole voxel data, found: %s".formatted(path, cut ? "its end" : thrown),
        thrown);
  }
}
