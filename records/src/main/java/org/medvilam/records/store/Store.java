package org.medvilam.records.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A tree of files under one root.
 *
 * <p>Paths are relative, with {@code /} between names; the empty path is the root itself. A path
 * that leaves the root throws {@link UnsafePathException} from every method.
 */
public interface Store extends Serializable {
  /** Returns where the root is, for messages and manifests. */
  String uri();

  /** Tells whether a file or folder is there. */
  boolean exists(String path) throws IOException;

  /** Tells whether a folder is there. */
  boolean isFolder(String path) throws IOException;

  /** Takes the children of a folder one by one. */
  @FunctionalInterface
  interface Visitor {
    /** Takes a child. */
    void entry(StoreEntry entry) throws IOException;
  }

  /**
   * Passes over the direct children of a folder, in no order; over none where there is no folder.
   *
   * <p>Memory does not grow with their number.
   */
  void visit(String folder, Visitor visitor) throws IOException;

  /**
   * Returns the direct children of a folder, ordered by name; empty where there is no folder.
   *
   * <p>Memory: the names, once.
   */
  default List<StoreEntry> list(String folder) throws IOException {
    List<StoreEntry> entries = new ArrayList<>();
    visit(folder, entries::add);
    entries.sort(Comparator.comparing(StoreEntry::name));
    return Collections.unmodifiableList(entries);
  }

  /**
   * Opens a file for reading.
   *
   * <p>What is thrown, then or while it is read, tells the two apart: an {@link IOException} where
   * there is no such file or it may not be read, a {@link StoreUnavailableException} where the
   * storage fails.
   */
  InputStream read(String path) throws IOException;

  /**
   * Returns a whole file.
   *
   * @throws IOException if it is missing, or larger than {@link #MAX_WHOLE_FILE}
   * @throws StoreUnavailableException if the storage fails
   */
  byte[] readAll(String path) throws IOException;

  /**
   * Opens a new file for writing, with the folders above it; an old file is replaced.
   *
   * <p>Closing the stream after a failure of one's own may leave a file with what was written so
   * far, so whoever writes more than can be lost writes under a temporary name and moves it.
   */
  OutputStream write(String path) throws IOException;

  /** Renames a file within this tree; an old one is replaced. */
  void move(String from, String to) throws IOException;

  /** Deletes a file or a whole folder; nothing happens where there is none. */
  void delete(String path) throws IOException;

  /** Returns the tree below a folder of this one. */
  Store below(String folder);

  /** The largest file read as a whole, in bytes: 512 MiB. */
  long MAX_WHOLE_FILE = 512L << 20;
}
