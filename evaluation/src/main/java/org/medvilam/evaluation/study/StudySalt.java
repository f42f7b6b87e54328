package org.medvilam.evaluation.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import org.medvilam.records.Hashing;

/**
 * What codes, sides and orders are drawn from: a hash of the seed and of every answer of every
 * system.
 *
 * @param value the hash, in hex
 */
record StudySalt(String value) {
  private static final int CODE_LENGTH = 12;

  /**
   * Returns the salt of a study.
   *
   * @param answers answers by system and record id
   */
  static StudySalt of(SortedMap<String, SortedMap<String, String>> answers, long seed) {
    MessageDigest digest = Hashing.sha256();
    for (Map.Entry<String, SortedMap<String, String>> system : answers.entrySet()) {
      update(digest, system.getKey());
      for (Map.Entry<String, String> answer : system.getValue().entrySet()) {
        update(digest, answer.getKey());
        update(digest, answer.getValue());
      }
    }
    return new StudySalt(Hashing.hex(seed + "|" + HexFormat.of().formatHex(digest.digest())));
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /**
   * Returns a code that says nothing of what it stands for.
   *
   * @param prefix a letter and a dash, so that no spreadsheet takes the code for a number
   */
  String code(String prefix, String... parts) {
    return prefix + hash(prefix, parts).substring(0, CODE_LENGTH);
  }

  /** Tells whether a rater sees the first system of a pair on the right. */
  boolean swaps(String rater, String code) {
    return Hashing.index(hash("side", rater, code), 2) == 1;
  }

  /** Returns what an item of a rater's page is ordered by. */
  String place(String rater, String code) {
    return hash("order", rater, code);
  }

  private String hash(String purpose, String... parts) {
    return Hashing.hex(value + "|" + purpose + "|" + String.join("|", parts));
  }
}
