package org.medvilam.fewshot.picture;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where the fingerprints of pictures come from. */
public interface Fingerprints extends Closeable {
  /**
   * A picture as it was found.
   *
   * @param picture what was asked for
   * @param fingerprint its fingerprint, of the file alone where it cannot be decoded, or null where
   *     it cannot be read
   * @param problem why it cannot be read or decoded, a short stable key, or null
   */
  record Seen(PictureRef picture, @Nullable Fingerprint fingerprint, @Nullable String problem) {}

  /** Takes pictures as they were found. */
  interface Taker {
    /** Takes the next picture. */
    void take(Seen seen) throws IOException;
  }

  /**
   * Asks for a picture, in the order of the records.
   *
   * <p>The taker is called on this thread, now or in a later call, in the order of asking.
   */
  void read(PictureRef picture, Taker then) throws IOException;

  /** Ends one passage over the records: everything asked for is taken. */
  void finish() throws IOException;
}
