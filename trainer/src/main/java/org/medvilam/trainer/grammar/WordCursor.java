package org.medvilam.trainer.grammar;

import java.util.List;

/** A place in one of several words. */
final class WordCursor implements Cursor {
  private final List<String> words;
  private String written;

  WordCursor(List<String> words) {
    this(words, "");
  }

  private WordCursor(List<String> words, String written) {
    this.words = words;
    this.written = written;
  }

  @Override
  public boolean take(char next, boolean more) {
    written += next;
    return words.stream().anyMatch(w -> w.startsWith(written));
  }

  @Override
  public boolean whole() {
    return words.contains(written);
  }

  @Override
  public Cursor copy() {
    return new WordCursor(words, written);
  }
}
