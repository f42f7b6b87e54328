package org.medvilam.imaging.dicom;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.medvilam.imaging.Pictures;

/** Inflates what is deflated without a header (RFC 1951; PS3.5, annex A.5). */
final class Inflated {
  private Inflated() {}

  /**
   * Returns the inflated bytes, at most as many as the toolkit decodes.
   *
   * <p>They are counted first and kept only then.
   *
   * @param data bytes of which those from an offset on are deflated
   * @param at the offset
   * @param name file name, for messages
   */
  static byte[] of(byte[] data, int at, String name) {
    byte[] inflated = new byte[size(data, at, name)];
    Inflater inflater = inflater(data, at);
    try {
      int length = 0;
      while (length < inflated.length) {
        length += inflater.inflate(inflated, length, inflated.length - length);
      }
    } catch (DataFormatException e) {
      throw broken(name);
    } finally {
      inflater.end();
    }
    return inflated;
  }

  private static int size(byte[] data, int at, String name) {
    Inflater inflater = inflater(data, at);
    byte[] scratch = new byte[1 << 16];
    long size = 0;
    try {
      while (!inflater.finished()) {
        int count = inflater.inflate(scratch);
        size += count;
        if (count == 0 && !inflater.finished()) {
          throw Problem.truncated(
              name, "expected the end of deflated data, found that of the file");
        }
        if (size > Pictures.MAX_DECODED) {
          throw Problem.tooLarge(
              name,
              "expected at most %d inflated bytes, found more".formatted(Pictures.MAX_DECODED));
        }
      }
    } catch (DataFormatException e) {
      throw broken(name);
    } finally {
      inflater.end();
    }
    return (int) size;
  }

  private static Inflater inflater(byte[] data, int at) {
    Inflater inflater = new Inflater(true);
    inflater.setInput(data, at, data.length - at);
    return inflater;
  }

  private static RuntimeException broken(String name) {
    return Problem.unreadable(name, "expected deflated data (RFC 1951), found something else");
  }
}
