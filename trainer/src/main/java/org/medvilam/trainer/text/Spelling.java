package org.medvilam.trainer.text;

/** The text of one answer as it grows token by token. */
public interface Spelling {
  /**
   * Returns the text that a token would add here; empty for a mark, and with a replacement
   * character where a token is only a part of one.
   */
  String adds(int token);

  /** Goes on behind a token. */
  void take(int token);

  /** Tells whether a blank at the start of an answer is no part of its text. */
  boolean dropsLeadingBlank();
}
