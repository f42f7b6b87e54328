package org.medvilam.converters.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.item.SmallFiles;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.store.Store;

/** The text file of a frame: a count, then as many lines of four numbers. */
final class LdPolypVideoBoxes {
  private static final int MAX_BYTES = 1 << 16;
  private static final String NUMBER = "(-?\\d{1,6}(?:\\.\\d{1,9})?)";
  private static final Pattern COUNT = Pattern.compile("\\d{1,4}");
  private static final Pattern BOX =
      Pattern.compile(NUMBER + "\\s+" + NUMBER + "\\s+" + NUMBER + "\\s+" + NUMBER);

  private LdPolypVideoBoxes() {}

  /**
   * A line of a box.
   *
   * @param number its number in the file, from 1
   * @param box the box as it stands, or null where the line is no box
   */
  record Line(int number, @Nullable Box box) {}

  /**
   * Reads a text file; empty lines do not count.
   *
   * @throws ItemException {@code bad-count} where it does not start with a count, {@code
   *     count-mismatch} where it has more or fewer lines than it counts, {@code file-too-large}
   */
  static List<Line> read(Store root, String path) throws IOException {
    String text = new String(SmallFiles.read(root, path, MAX_BYTES), StandardCharsets.UTF_8);
    List<Line> lines = new ArrayList<>();
    String count = null;
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty()) {
        continue;
      }
      if (count == null) {
        count = line;
      } else {
        lines.add(new Line(number, box(line)));
      }
    }
    if (count == null || !COUNT.matcher(count).matches()) {
      throw new ItemException(
          path, "bad-count", "expected the number of boxes in the first line, found none");
    }
    if (Integer.parseInt(count) != lines.size()) {
      throw new ItemException(
          path,
          "count-mismatch",
          "expected as many boxes as the first line counts, %s, found %d lines"
              .formatted(count, lines.size()));
    }
    return lines;
  }

  private static @Nullable Box box(String line) {
    Matcher m = BOX.matcher(line);
    return m.matches() ? new Box(number(m, 1), number(m, 2), number(m, 3), number(m, 4)) : null;
  }

  private static double number(Matcher m, int group) {
    return Double.parseDouble(m.group(group));
  }
}
