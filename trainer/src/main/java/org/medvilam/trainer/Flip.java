package org.medvilam.trainer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mirroring of pictures, boxes and words for sides. */
enum Flip {
  NONE(false, false),
  HORIZONTAL(true, false),
  VERTICAL(false, true),
  BOTH(true, true);

  private static final int GRID = 1000;
  private static final List<UnaryOperator<String>> FORMS =
      List.of(UnaryOperator.identity(), Flip::capitalised, word -> word.toUpperCase(Locale.ROOT));
  private static final Map<String, String> SIDES = pairs("left", "right", "leftmost", "rightmost");
  private static final Map<String, String> HEIGHTS =
      pairs("upper", "lower", "top", "bottom", "superior", "inferior", "above", "below");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private final boolean sideways;
  private final boolean upsideDown;

  Flip(boolean sideways, boolean upsideDown) {
    this.sideways = sideways;
    this.upsideDown = upsideDown;
  }

  /** Maps each word to its opposite and back, in lower case, capitalised and in capitals. */
  private static Map<String, String> pairs(String... words) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      for (UnaryOperator<String> form : FORMS) {
        pairs.put(form.apply(words[i]), form.apply(words[i + 1]));
        pairs.put(form.apply(words[i + 1]), form.apply(words[i]));
      }
    }
    return pairs;
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** Returns the flips allowed by the two switches. */
  static List<Flip> allowed(boolean horizontal, boolean vertical) {
    return List.of(values()).stream()
        .filter(f -> (horizontal || !f.sideways) && (vertical || !f.upsideDown))
        .toList();
  }

  /** Returns the pixels mirrored. */
  float[] pixels(float[] pixels, int size) {
    if (this == NONE) {
      return pixels;
    }
    float[] out = new float[pixels.length];
    for (int i = 0; i < out.length; i++) {
      int plane = i / (size * size) * size * size;
      int y = (i - plane) / size;
      int x = i % size;
      int fromY = upsideDown ? size - 1 - y : y;
      int fromX = sideways ? size - 1 - x : x;
      out[i] = pixels[plane + fromY * size + fromX];
    }
    return out;
  }

  /** Returns a box of 0..1000 mirrored. */
  int[] box(int[] box) {
    int[] out = box.clone();
    if (sideways) {
      out[0] = GRID - box[2];
      out[2] = GRID - box[0];
    }
    if (upsideDown) {
      out[1] = GRID - box[3];
      out[3] = GRID - box[1];
    }
    return out;
  }

  /** Returns a text with its words for sides exchanged. */
  String words(String text) {
    StringBuilder out = new StringBuilder();
    Matcher words = WORD.matcher(text);
    int at = 0;
    while (words.find()) {
      String word = words.group();
      String swapped = sideways ? SIDES.getOrDefault(word, word) : word;
      out.append(text, at, words.start());
      out.append(upsideDown ? HEIGHTS.getOrDefault(swapped, swapped) : swapped);
      at = words.end();
    }
    return out.append(text, at, text.length()).toString();
  }
}
