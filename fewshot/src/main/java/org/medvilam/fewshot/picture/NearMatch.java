package org.medvilam.fewshot.picture;

/**
 * When two pictures are the same to the eye: their DCT hashes differ in at most {@value #MAX_BITS}
 * of 64 bits, and the mean squared error of the two, 32 x 32 pixels of mean 0 and variance 1, is at
 * most {@value #MAX_ERROR}.
 *
 * <p>torchxrayvision joins RSNA Pneumonia and ChestX-ray14 by a mean squared error of 8-bit
 * pictures: about 2 for copies, above 30 for others, cut at 10. At a standard deviation of 60,
 * which is common for radiographs, these are 0.0006, 0.008 and 0.003 of this scale.
 *
 * <p>Measured with {@code PictureRates} in the tests, on 51 real pictures of nine public datasets
 * and of generic fixtures, and on 300 phantoms each of five datasets:
 *
 * <ul>
 *   <li>real copies, as JPEG of quality 95, 75, 50 or 30, in 8 bits, in half size, in half size as
 *       JPEG 75, in double size, without colour: 459 of 459 found, at most 4 bits and an error of
 *       0.0033 apart; as JPEG 10: 47 of 51; in quarter size as JPEG 75: 45 of 51
 *   <li>phantom copies, as JPEG 95, 75 or 50, in 8 bits of their window, in double size, without
 *       colour: 9,000 of 9,000; as JPEG 30: 1,497 of 1,500; in half size, which takes the drawn
 *       speckle away: 1,477 of 1,500
 *   <li>different real pictures: 0 of 1,275 pairs taken for copies; different phantoms of one
 *       dataset: 0 of 224,250 pairs, of CT phantoms without their window 30 of 44,850
 * </ul>
 *
 * <p>16-bit CT that was reduced to 8 bits without a window keeps a few grey values, and is not
 * found.
 *
 * <p>Copies that were cropped, rotated, mirrored or inverted are not seen.
 */
public final class NearMatch {
  /** The most bits in which the hashes may differ. */
  public static final int MAX_BITS = 10;

  /** The greatest mean squared error, in variances of a picture. */
  public static final double MAX_ERROR = 0.01;

  private NearMatch() {}
}
