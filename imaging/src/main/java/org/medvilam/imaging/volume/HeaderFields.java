package org.medvilam.imaging.volume;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a header in text; messages name them and repeat numbers alone, as words may be
 * about the patient.
 *
 * @param path file, for messages
 * @param values text by name
 */
record HeaderFields(String path, Map<String, String> values) {
  private static final int MAX_AXES = 16;

  /** Returns the text of a field, or of the first of its synonyms that is there. */
  @Nullable String text(String... names) {
    for (String name : names) {
      String value = values.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw UnreadableVolumeException.broken(
          path, "expected the field '%s', found none".formatted(name));
    }
    return value;
  }

  /** Returns a whole number. */
  long integer(String name, long otherwise) {
    String value = text(name);
    return value == null ? otherwise : integers(name, value, 1)[0];
  }

  /** Returns a number of axes. */
  int axes(String name) {
    long axes = integers(name, required(name), 1)[0];
    if (axes < 1 || axes > MAX_AXES) {
      throw UnreadableVolumeException.broken(
          path, "expected 1 to %d axes, found %d".formatted(MAX_AXES, axes));
    }
    return (int) axes;
  }

  /** Returns the number of voxels along each axis. */
  long[] sizes(String name, int axes) {
    long[] sizes = integers(name, required(name), axes);
    for (long size : sizes) {
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw UnreadableVolumeException.broken(
            path, "expected positive numbers of voxels in '%s', found %d".formatted(name, size));
      }
    }
    return sizes;
  }

  private long[] integers(String name, String value, int count) {
    String[] words = words(name, value, count);
    long[] numbers = new long[count];
    try {
      for (int i = 0; i < count; i++) {
        numbers[i] = Long.parseLong(words[i]);
      }
    } catch (NumberFormatException e) {
      throw noNumber(name);
    }
    return numbers;
  }

  /**
   * Returns numbers apart by blanks.
   *
   * @param name name of the field, for messages
   */
  double[] numbers(String name, String value, int count) {
    String[] words = words(name, value, count);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(name, words[i]);
    }
    return numbers;
  }

  double number(String name, String word) {
    try {
      return Numbers.real(word);
    } catch (NumberFormatException e) {
      throw noNumber(name);
    }
  }

  private String[] words(String name, String value, int count) {
    String[] words = value.strip().split("\\s+");
    if (words.length != count) {
      throw UnreadableVolumeException.broken(
          path, "expected %d numbers in '%s', found %d".formatted(count, name, words.length));
    }
    return words;
  }

  private UnreadableVolumeException noNumber(String name) {
    return UnreadableVolumeException.broken(
        path, "expected a number in '%s', found something else".formatted(name));
  }
}
