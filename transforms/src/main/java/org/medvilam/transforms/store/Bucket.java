package org.medvilam.transforms.store;

import java.io.IOException;

/** Listing of a bucket, page by page. */
interface Bucket {
  /** Takes what a listing finds. */
  interface Found {
    /**
     * Takes an object, or a common beginning, which ends in a slash.
     *
     * @return whether to go on
     */
    boolean take(String key, long bytes) throws IOException;
  }

  /** Tells whether there is an object of exactly this key. */
  boolean has(String key) throws IOException;

  /**
   * Passes over the objects whose keys begin with a prefix, one page of them in memory at a time.
   *
   * @param deep whether objects beyond a further slash come themselves; otherwise what their keys
   *     have in common up to that slash comes, once
   */
  void list(String prefix, boolean deep, Found found) throws IOException;
}
