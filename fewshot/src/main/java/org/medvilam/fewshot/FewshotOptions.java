package org.medvilam.fewshot;

/**
 * What subset to draw.
 *
 * @param shots images per label (or per dataset), at least 1; 20 in the paper
 * @param seed another seed is another draw
 * @param perDataset draw once per dataset instead of once per label
 */
public record FewshotOptions(int shots, long seed, boolean perDataset) {
  /** Checks the number of shots. */
  public FewshotOptions {
    if (shots < 1) {
      throw new IllegalArgumentException("shots must be at least 1, but was: " + shots);
    }
  }
}
