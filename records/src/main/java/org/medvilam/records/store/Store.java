package org.medvilam.records.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
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

  /** Returns the direct children of a folder, ordered by name; empty where there is no folder. */
  List<StoreEntry> list(String folder) throws IOException;

  /** Opens a file for reading. */
  InputStream read(String path) throws IOException;

  /**
   * Returns a whole file.
   *
   * @throws IOException if it is missing, or larger than {@link #MAX_WHOLE_FILE}
   */
  byte[] readAll(String path) throws IOException;

  /** Opens a new file for writing, with the folders above it; an old file is replaced. */
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
