package org.medvilam.trainer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A mirroring of a picture, its boxes and its words for sides. */
enum Flip {
  NONE(false, false),
  HORIZONTAL(true, false),
  VERTICAL(false, true),
  BOTH(true, true);

  private static final int GRID = 1000;
  private static final Comparator<int[]> NEAREST_FIRST =
      Comparator.<int[]>comparingInt(b -> b[0] * b[0] + b[1] * b[1])
          .thenComparingInt(b -> b[0])
          .thenComparingInt(b -> b[1]);
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

  /** Returns whether the answer of an example can follow its picture: boxes, or no numbers. */
  static boolean canFollow(TrainingExample example) {
    if (example.boxes().isEmpty()) {
      return example.answer().chars().noneMatch(Character::isDigit);
    }
    return example.answer().equals(text(example.boxes()));
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

  /** Returns the instruction with its words for sides exchanged. */
  String instruction(TrainingExample example) {
    return words(example.instruction());
  }

  /** Returns the answer for the mirrored picture. */
  String answer(TrainingExample example) {
    if (this == NONE) {
      return example.answer();
    }
    if (example.boxes().isEmpty()) {
      return words(example.answer());
    }
    return text(example.boxes().stream().map(this::box).sorted(NEAREST_FIRST).toList());
  }

  private int[] box(int[] box) {
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

  private String words(String text) {
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

  private static String text(List<int[]> boxes) {
    List<String> texts = new ArrayList<>();
    for (int[] box : boxes) {
      texts.add(String.format("[%d, %d, %d, %d]", box[0], box[1], box[2], box[3]));
    }
    return texts.stream().collect(Collectors.joining("; "));
  }
}
