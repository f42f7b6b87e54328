package org.medvilam.trainer.text;

import java.util.List;

/** The text of tokens that add the same wherever they stand. */
record FixedSpelling(List<String> texts) implements Spelling {
  @Override
  public String adds(int token) {
    return texts.get(token);
  }

  @Override
  public void take(int token) {}

  @Override
  public boolean dropsLeadingBlank() {
    return true;
  }
}
