package org.medvilam.records;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts: the one source of every order and draw in the toolkit. */
public final class Hashing {
  private Hashing() {}

  /** Returns a fresh SHA-256 digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Returns the lower-case hex SHA-256 of a text in UTF-8. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(digest(text));
  }

  /** Returns the first 8 bytes of the SHA-256 of a text as a fraction in [0, 1). */
  public static double fraction(String text) {
    return (head(text) >>> 11) * 0x1.0p-53;
  }

  /** Returns an index below {@code bound} that depends on the text alone. */
  public static int index(String text, int bound) {
    return (int) Long.remainderUnsigned(head(text), bound);
  }

  private static long head(String text) {
    return ByteBuffer.wrap(digest(text)).getLong();
  }

  private static byte[] digest(String text) {
    return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
