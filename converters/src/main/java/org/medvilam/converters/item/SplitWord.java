package org.medvilam.converters.item;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medvilam.records.Split;

/**
 * The part of a dataset that a label file speaks of, by a word in its name or folder.
 *
 * @param split the part
 * @param word the word as the owners write it, e.g. {@code valid}; often a folder of pictures
 */
public record SplitWord(Split split, String word) {
  private static final Map<String, Split> WORDS = words();
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

  /**
   * Returns the part that a path names: the file's stem decides, then its folders from the nearest
   * on. A name that holds words of two parts decides nothing.
   */
  public static Optional<SplitWord> of(String path) {
    String rest = path;
    while (!rest.isEmpty()) {
      int slash = rest.lastIndexOf('/');
      Map<Split, String> found = found(rest.substring(slash + 1));
      if (found.size() == 1) {
        Map.Entry<Split, String> only = found.entrySet().iterator().next();
        return Optional.of(new SplitWord(only.getKey(), only.getValue()));
      }
      rest = slash < 0 ? "" : rest.substring(0, slash);
    }
    return Optional.empty();
  }

  private static Map<Split, String> found(String name) {
    Map<Split, String> found = new LinkedHashMap<>();
    Matcher words = WORD.matcher(name);
    while (words.find()) {
      Split split = WORDS.get(words.group().toLowerCase(Locale.ROOT));
      if (split != null) {
        found.put(split, words.group());
      }
    }
    return found;
  }

  private static Map<String, Split> words() {
    Map<String, Split> words = new HashMap<>();
    words.put("train", Split.TRAIN);
    words.put("val", Split.VALIDATION);
    words.put("valid", Split.VALIDATION);
    words.put("validation", Split.VALIDATION);
    words.put("test", Split.TEST);
    return Map.copyOf(words);
  }
}
