package org.medvilam.fewshot.picture;

import java.util.Comparator;

/**
 * A held-out picture that is the same as another one.
 *
 * @param kind how it is the same
 * @param heldOut the held-out picture
 * @param bits bits in which the DCT hashes differ, 0 unless {@link Kind#LOOKS}
 * @param error mean squared error in variances of a picture, 0 unless {@link Kind#LOOKS}
 */
public record PictureMatch(Kind kind, PictureRef heldOut, int bits, double error) {
  /**
   * The strongest match first; where two are as strong, the name decides, not the order of input.
   */
  static final Comparator<PictureMatch> STRONGEST =
      Comparator.comparing(PictureMatch::kind)
          .thenComparingDouble(PictureMatch::error)
          .thenComparing(m -> m.heldOut().name())
          .thenComparing(m -> m.heldOut().media().uri());

  /** How two pictures are the same, the surest first. */
  public enum Kind {
    /** Their files have the same bytes. */
    FILE("has the same file as"),
    /** They decode to the same samples. */
    PIXELS("has the same pixels as"),
    /** They look the same: {@link NearMatch}. */
    LOOKS("looks the same as");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns the kind in words, e.g. {@code has the same file as}. */
    public String words() {
      return words;
    }
  }
}
