package org.medvilam.trainer.text;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The text of the project's own tokens, whose numbers are written as the form they stand in. */
final class OwnSpelling implements Spelling {
  private final Tokenizer tokenizer;
  private int form = Tokenizer.END;
  private int numbers;

  OwnSpelling(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Returns the bytes that a token adds. */
  byte[] bytes(int token) {
    if (Tokenizer.isCoordinate(token)) {
      String number = Integer.toString(token - Tokenizer.FIRST_COORDINATE);
      String closed = closesBox() ? number + "]" : number;
      return (NumberForms.separator(form, numbers) + closed).getBytes(UTF_8);
    }
    return token < Tokenizer.FIRST_COORDINATE
        ? NumberForms.mark(token).getBytes(UTF_8)
        : tokenizer.plain(token);
  }

  private boolean closesBox() {
    return form == Tokenizer.BOX && numbers + 1 == Tokenizer.BOX_COORDINATES;
  }

  @Override
  public String adds(int token) {
    return new String(bytes(token), UTF_8);
  }

  @Override
  public void take(int token) {
    if (Tokenizer.isCoordinate(token)) {
      form = closesBox() ? Tokenizer.END : form;
      numbers++;
    } else if (token < Tokenizer.FIRST_COORDINATE) {
      form = token;
      numbers = 0;
    }
  }

  @Override
  public boolean dropsLeadingBlank() {
    return false;
  }
}
