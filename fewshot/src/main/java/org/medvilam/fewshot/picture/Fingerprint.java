package org.medvilam.fewshot.picture;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a picture's content: a few small keys, so that gathering them can be spread over
 * machines.
 *
 * @param file the bytes of its file
 * @param pixels its decoded samples with size and number of channels; null where it was not decoded
 * @param blank whether it was decoded and shows nothing: blank pictures are all alike, which says
 *     nothing of their groups
 * @param hash its {@link PerceptualHash}; 0 without a thumbnail
 * @param thumbnail its {@link Thumbnail}; null where it is blank or was not looked at; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a kilobyte per picture, compared by Thumbnail alone
public record Fingerprint(
    HashKey file, @Nullable HashKey pixels, boolean blank, long hash, byte @Nullable [] thumbnail) {
  /** Returns the fingerprint of a file that was not decoded. */
  static Fingerprint ofFile(HashKey file) {
    return new Fingerprint(file, null, false, 0, null);
  }
}
