package org.medvilam.fewshot.picture;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Finds the 64-bit hashes within a few bits of another, without comparing all.
 *
 * <p>Multi-index hashing (Norouzi, Punjani, Fleet: Fast Search in Hamming Space with Multi-Index
 * Hashing, CVPR 2012): a hash is cut into four bands of 16 bits, each of which is a table of its
 * own. Where two hashes differ in at most r bits, some band differs in at most r/4, so only the
 * buckets of a band that near are looked at. Memory: 24 bytes per hash.
 */
final class HammingIndex {
  private static final int BANDS = 4;
  private static final int BAND_BITS = 16;
  private static final int BUCKETS = 1 << BAND_BITS;

  private final long[] hashes;
  private final int[][] starts = new int[BANDS][];
  private final int[][] members = new int[BANDS][];

  /** Builds the tables of some hashes; the array is kept. */
  HammingIndex(long[] hashes) {
    this.hashes = hashes;
    for (int b = 0; b < BANDS; b++) {
      starts[b] = new int[BUCKETS + 1];
      for (long h : hashes) {
        starts[b][band(h, b) + 1]++;
      }
      Arrays.parallelPrefix(starts[b], Integer::sum);
      int[] next = starts[b].clone();
      members[b] = new int[hashes.length];
      for (int i = 0; i < hashes.length; i++) {
        members[b][next[band(hashes[i], b)]++] = i;
      }
    }
  }

  /**
   * Passes over the hashes near another.
   *
   * @param hash the other
   * @param maxBits the most bits in which they may differ
   * @param found takes the position of each near hash, once, in no order that matters
   */
  void near(long hash, int maxBits, IntConsumer found) {
    for (int b = 0; b < BANDS; b++) {
      visit(b, hash, band(hash, b), maxBits / BANDS, 0, maxBits, found);
    }
  }

  /**
   * Looks into the bucket of a band's value, and of all that differ in bits from {@code bit} on.
   */
  private void visit(
      int b, long hash, int value, int flips, int bit, int maxBits, IntConsumer found) {
    for (int k = starts[b][value]; k < starts[b][value + 1]; k++) {
      int i = members[b][k];
      long difference = hashes[i] ^ hash;
      if (Long.bitCount(difference) <= maxBits && !inEarlierBand(difference, b, maxBits / BANDS)) {
        found.accept(i);
      }
    }
    for (int next = bit; flips > 0 && next < BAND_BITS; next++) {
      visit(b, hash, value ^ 1 << next, flips - 1, next + 1, maxBits, found);
    }
  }

  private static boolean inEarlierBand(long difference, int b, int bandBits) {
    for (int earlier = 0; earlier < b; earlier++) {
      if (Integer.bitCount(band(difference, earlier)) <= bandBits) {
        return true;
      }
    }
    return false;
  }

  private static int band(long hash, int b) {
    return (int) (hash >>> b * BAND_BITS) & BUCKETS - 1;
  }
}
