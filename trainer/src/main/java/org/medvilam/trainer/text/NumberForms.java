package org.medvilam.trainer.text;

import java.util.ArrayList;
import java.util.List;

/** The texts in which numbers are coordinates: bracketed lists and polygons. */
final class NumberForms {
  private static final String OPEN_POLYGON = "<BOS> ";
  private static final String CLOSE_POLYGON = " <EOS>";

  private NumberForms() {}

  /**
   * Adds the form that starts at {@code at} and returns its end, or {@code at} if there is none.
   */
  static int read(String text, int at, Tokenizer.Encoding out) {
    if (text.charAt(at) == '[') {
      return readList(text, at, out);
    }
    return text.startsWith(OPEN_POLYGON, at) ? readPolygon(text, at, out) : at;
  }

  private static int readList(String text, int start, Tokenizer.Encoding out) {
    List<Integer> numbers = new ArrayList<>();
    int at = start + 1;
    while (true) {
      int end = numberEnd(text, at);
      if (end == at) {
        return start;
      }
      numbers.add(Integer.parseInt(text, at, end, 10));
      if (text.startsWith("]", end)) {
        boolean box = numbers.size() == Tokenizer.BOX_COORDINATES;
        out.add(box ? Tokenizer.BOX : Tokenizer.LIST);
        out.addCoordinates(numbers);
        if (!box) {
          out.add(Tokenizer.LIST_END);
        }
        return end + 1;
      }
      if (!text.startsWith(", ", end)) {
        return start;
      }
      at = end + 2;
    }
  }

  private static int readPolygon(String text, int start, Tokenizer.Encoding out) {
    List<Integer> numbers = new ArrayList<>();
    int at = start + OPEN_POLYGON.length();
    while (true) {
      int end = numberEnd(text, at);
      if (end == at) {
        return start;
      }
      numbers.add(Integer.parseInt(text, at, end, 10));
      if (numbers.size() % 2 == 1) {
        if (!text.startsWith(",", end)) {
          return start;
        }
      } else if (text.startsWith(CLOSE_POLYGON, end)) {
        out.add(Tokenizer.POLYGON);
        out.addCoordinates(numbers);
        out.add(Tokenizer.POLYGON_END);
        return end + CLOSE_POLYGON.length();
      } else if (!text.startsWith(" ", end)) {
        return start;
      }
      at = end + 1;
    }
  }

  /** Returns the end of the plain number 0..1000 at {@code at}, or {@code at} if there is none. */
  private static int numberEnd(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    boolean plain = end > at && end - at <= 4 && (text.charAt(at) != '0' || end == at + 1);
    return plain && Integer.parseInt(text, at, end, 10) <= Tokenizer.LARGEST_COORDINATE ? end : at;
  }

  /** Returns what stands before the number with the given index in a form. */
  static String separator(int form, int index) {
    if (index == 0) {
      return "";
    }
    if (form == Tokenizer.POLYGON) {
      return index % 2 == 1 ? "," : " ";
    }
    return form == Tokenizer.BOX || form == Tokenizer.LIST ? ", " : " ";
  }

  /** Returns the text of a structure token. */
  static String mark(int token) {
    return switch (token) {
      case Tokenizer.BOX, Tokenizer.LIST -> "[";
      case Tokenizer.LIST_END -> "]";
      case Tokenizer.POLYGON -> OPEN_POLYGON;
      case Tokenizer.POLYGON_END -> CLOSE_POLYGON;
      default -> "";
    };
  }
}
