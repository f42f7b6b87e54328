package org.medvilam.fewshot;

import java.io.Serializable;
import java.util.Locale;
import org.medvilam.fewshot.picture.PictureMode;

/**
 * What subset to draw.
 *
 * @param shots pictures or instances per label (or per dataset), at least 1; 20 in the paper
 * @param method what a shot is
 * @param perDataset draw once per dataset instead of once per label; {@link DrawMethod#LABEL} only
 * @param pictures how training pictures are compared with held-out ones
 */
public record FewshotOptions(int shots, DrawMethod method, boolean perDataset, PictureMode pictures)
    implements Serializable {
  /** Checks the number of shots, and what goes together. */
  public FewshotOptions {
    if (shots < 1) {
      throw new IllegalArgumentException("shots must be at least 1, but was: " + shots);
    }
    if (perDataset && method != DrawMethod.LABEL) {
      throw new IllegalArgumentException(
          "a draw per dataset must be one of pictures (label), but was: " + method);
    }
  }

  /** Returns the paper's draw: 20 pictures per label; pictures are compared in every way. */
  public static FewshotOptions standard() {
    return new FewshotOptions(20, DrawMethod.LABEL, false, PictureMode.PERCEPTUAL);
  }

  /** Returns the same draw of another number of shots, at least 1. */
  public FewshotOptions withShots(int number) {
    return new FewshotOptions(number, method, perDataset, pictures);
  }

  /** Returns the same draw by another method. */
  public FewshotOptions withMethod(DrawMethod other) {
    return new FewshotOptions(shots, other, perDataset, pictures);
  }

  /** Returns the same draw, once per dataset whatever the labels. */
  public FewshotOptions withPerDataset() {
    return new FewshotOptions(shots, method, true, pictures);
  }

  /** Returns the same draw with another comparison of pictures. */
  public FewshotOptions withPictures(PictureMode mode) {
    return new FewshotOptions(shots, method, perDataset, mode);
  }

  /** Returns the method as it is written on the command line. */
  String methodName() {
    return method.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the comparison of pictures as it is written on the command line. */
  String comparison() {
    return pictures.name().toLowerCase(Locale.ROOT);
  }

  /** Returns {@code label} or {@code dataset}. */
  String per() {
    return perDataset ? "dataset" : "label";
  }
}
