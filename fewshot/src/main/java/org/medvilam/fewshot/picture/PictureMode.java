package org.medvilam.fewshot.picture;

/** How pictures are compared. */
public enum PictureMode {
  /** Not at all; groups and the overlap register alone. */
  NONE,
  /** By the bytes of the file and by the decoded samples. */
  EXACT,
  /** As {@link #EXACT}, and by {@link NearMatch} for re-encoded or resized copies. */
  PERCEPTUAL
}
