package org.medvilam.transforms.store;

import java.io.IOException;
import org.medvilam.records.store.Store;

/** What Beam's filesystems do not know: folders. */
interface Folders {
  /** Tells whether a file is there. */
  boolean isFile(StorePlace place) throws IOException;

  /** Tells whether a folder is there: one with something in it, where storage has no other. */
  boolean isFolder(StorePlace place) throws IOException;

  /** Passes over the children of a folder. */
  void visit(StorePlace folder, Store.Visitor visitor) throws IOException;

  /** Deletes a folder with all below it. */
  void deleteFolder(StorePlace folder) throws IOException;

  /** Renames a file; an old one is replaced. */
  void move(StorePlace from, StorePlace to) throws IOException;

  /**
   * Tells whether a file is seen from its first byte on, so that one whose writing failed is to be
   * closed like any other. Where it is seen once it is closed, it must not be closed then.
   */
  boolean seenWhileWritten();
}
