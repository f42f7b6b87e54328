package org.medvilam.fewshot.picture;

import java.util.HexFormat;
import org.medvilam.records.Hashing;

/**
 * The first 128 bits of a SHA-256: what stands for a name or a file in memory.
 *
 * <p>Two of a thousand million different names fall together with a probability below 1e-20.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
public record HashKey(long high, long low) {
  private static final int HEX_OF_64_BITS = 16;

  /** Returns the key of a text. */
  public static HashKey of(String text) {
    return ofSha256(Hashing.hex(text));
  }

  /**
   * Returns the key of a SHA-256 that is already there.
   *
   * @param hex at least 32 hex digits
   */
  public static HashKey ofSha256(String hex) {
    return new HashKey(
        HexFormat.fromHexDigitsToLong(hex, 0, HEX_OF_64_BITS),
        HexFormat.fromHexDigitsToLong(hex, HEX_OF_64_BITS, 2 * HEX_OF_64_BITS));
  }
}
