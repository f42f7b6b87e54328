package org.medvilam.trainer.grammar;

import org.medvilam.trainer.nn.TokenChoice;
import org.medvilam.trainer.text.Spelling;
import org.medvilam.trainer.text.TextCodec;

/**
 * Takes the likeliest of the tokens whose text keeps an answer within a form.
 *
 * <p>A token is tried only if its score beats the best one allowed so far, and most fail at their
 * first character. Tokens that add no text are never taken: an answer could grow by them without
 * end.
 */
final class GrammarChoice implements TokenChoice {
  private final int end;
  private final int size;
  private final Spelling spelling;
  private final int longestItem;
  private Cursor cursor;
  private boolean blank;
  private int left;

  GrammarChoice(TextCodec codec, Cursor start, int limit, int longestItem) {
    end = codec.end();
    size = codec.size();
    spelling = codec.spelling();
    blank = spelling.dropsLeadingBlank();
    cursor = start;
    left = limit;
    this.longestItem = longestItem;
  }

  @Override
  public int next(float[] scores) {
    left--;
    int best = -1;
    for (int token = 0; token < size; token++) {
      boolean better = best < 0 || scores[token] > scores[best];
      if (better && (token == end ? cursor.whole() : after(token) != null)) {
        best = token;
      }
    }
    if (best < 0) {
      throw new IllegalStateException(
          "No token of the vocabulary goes on with the answer's form; expected one for each of its"
              + " characters.");
    }
    if (best != end) {
      cursor = after(best);
      blank = false;
      spelling.take(best);
    }
    return best;
  }

  /** Returns the place after a token, or null where it leaves the form. */
  private Cursor after(int token) {
    String text = spelling.adds(token);
    int from = blank && text.startsWith(" ") ? 1 : 0;
    if (text.isEmpty()) {
      return null;
    }
    boolean more = left >= longestItem;
    Cursor trial = cursor.copy();
    for (int i = from; i < text.length(); i++) {
      if (!trial.take(text.charAt(i), more)) {
        return null;
      }
    }
    return trial;
  }
}
