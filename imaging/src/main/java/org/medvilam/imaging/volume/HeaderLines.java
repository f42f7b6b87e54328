package org.medvilam.imaging.volume;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a header in text, a byte a letter; they end with LF or CR LF. */
final class HeaderLines {
  private final byte[] bytes;
  private int at;

  HeaderLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the next line without its end and trailing blanks; null after the last. */
  @Nullable String next() {
    if (at >= bytes.length) {
      return null;
    }
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
    at = end + 1;
    return line.stripTrailing();
  }

  /** Returns how many bytes the lines so far take. */
  int position() {
    return Math.min(at, bytes.length);
  }

  /** Returns the name of a file that a line gives in UTF-8. */
  static String fileName(String line) {
    return new String(line.strip().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
