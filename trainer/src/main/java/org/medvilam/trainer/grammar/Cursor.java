package org.medvilam.trainer.grammar;

/** A place in a form, moved by characters. */
interface Cursor {
  /**
   * Moves over a character.
   *
   * @param more whether another item may be begun
   * @return whether the form allows the character here; if not, the cursor must not be used again
   */
  boolean take(char next, boolean more);

  /** Tells whether an answer may end here. */
  boolean whole();

  /** Returns a cursor at the same place. */
  Cursor copy();
}
