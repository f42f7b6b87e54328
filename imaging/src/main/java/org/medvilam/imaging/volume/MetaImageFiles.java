package org.medvilam.imaging.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The data files that a MetaImage header names: one, a {@code LIST} of lines after the header, or a
 * pattern such as {@code slice%03d.raw 1 60 1}.
 */
final class MetaImageFiles {
  /** More data files than any scan has slices. */
  private static final long MAX_FILES = 1 << 16;

  private static final Pattern LIST = Pattern.compile("LIST(\\s+(\\d{1,2})D?)?");
  private static final Pattern NUMBERED =
      Pattern.compile("([^%\\s]*)%(0?)([1-9]?)d([^%\\s]*)" + "(?:\\s+(-?\\d{1,9}))?".repeat(3));

  private final String path;
  private final long[] sizes;

  /**
   * Takes what the files are to hold.
   *
   * @param path file of the header
   * @param sizes number of voxels along each axis
   */
  MetaImageFiles(String path, long[] sizes) {
    this.path = path;
    this.sizes = sizes;
  }

  List<String> named(String data, HeaderLines rest) {
    Matcher list = LIST.matcher(data);
    if (list.matches()) {
      return listed(list.group(2) == null ? 0 : Integer.parseInt(list.group(2)), rest);
    }
    if (data.contains("%")) {
      return numbered(data);
    }
    return List.of(StoredFile.beside(path, HeaderLines.fileName(data)));
  }

  /** Reads a list of files that hold {@code axes} axes each, all but the last where not stated. */
  private List<String> listed(int axes, HeaderLines rest) {
    int each = axes < 1 || axes > sizes.length ? sizes.length - 1 : axes;
    long count = 1;
    for (int axis = each; axis < sizes.length; axis++) {
      count = Numbers.product(count, sizes[axis]);
    }
    checkCount(count);
    List<String> files = new ArrayList<>();
    while (files.size() < count) {
      String line = rest.next();
      if (line == null) {
        throw UnreadableVolumeException.truncated(
            path, "expected a list of %d data files, found %d".formatted(count, files.size()));
      }
      files.add(StoredFile.beside(path, HeaderLines.fileName(line)));
    }
    return files;
  }

  private List<String> numbered(String data) {
    Matcher pattern = NUMBERED.matcher(data);
    if (!pattern.matches()) {
      throw UnreadableVolumeException.unsupported(
          path,
          "expected data files named with one number such as %03d, its first, last and step,"
              + " found another pattern");
    }
    long count = sizes[sizes.length - 1];
    checkCount(count);
    long first = number(pattern.group(5), 1);
    long last = number(pattern.group(6), first + count - 1);
    long step = number(pattern.group(7), Math.max(1, (last - first) / Math.max(1, count - 1)));
    if (first + (count - 1) * step != last || first < 0 || step < 1) {
      throw UnreadableVolumeException.broken(
          path,
          "expected numbers of %d data files, found %d to %d by %d"
              .formatted(count, first, last, step));
    }
    String format = "%" + (pattern.group(3).isEmpty() ? "" : pattern.group(2) + pattern.group(3));
    List<String> files = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String number = String.format(Locale.ROOT, format + "d", first + i * step);
      String name = HeaderLines.fileName(pattern.group(1) + number + pattern.group(4));
      files.add(StoredFile.beside(path, name));
    }
    return files;
  }

  private static long number(@Nullable String word, long otherwise) {
    return word == null ? otherwise : Long.parseLong(word);
  }

  private void checkCount(long count) {
    if (count > MAX_FILES) {
      throw UnreadableVolumeException.tooLarge(
          path, "expected at most %d data files, found %d declared".formatted(MAX_FILES, count));
    }
  }
}
