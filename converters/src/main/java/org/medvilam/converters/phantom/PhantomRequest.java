package org.medvilam.converters.phantom;

import java.nio.file.Path;

/**
 * A wish for phantom data.
 *
 * @param output folder that receives the native tree
 * @param images number of pictures, at least 1
 * @param seed the same seed gives the same bytes
 */
public record PhantomRequest(Path output, int images, long seed) {
  /** Checks the number of pictures. */
  public PhantomRequest {
    if (images < 1) {
      throw new IllegalArgumentException("images must be at least 1, but was: " + images);
    }
  }
}
