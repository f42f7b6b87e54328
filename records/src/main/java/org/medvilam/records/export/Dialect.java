package org.medvilam.records.export;

import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/** How a system writes a conversation about a picture. */
interface Dialect {
  /** Returns who asks. */
  String asker();

  /** Returns who answers. */
  String answerer();

  /** Tells whether a sample states its picture in a field {@code image} of its own. */
  boolean hasImageField();

  /** Returns the first question of a conversation, with the picture. */
  String withPicture(String question, String path);

  /** Returns the answer of a record. */
  String answer(InstructionRecord instruction);

  /** Returns why a record cannot be expressed, or null. */
  @Nullable Problem problem(InstructionRecord instruction, String path);

  /** Returns what a user must know, in Markdown. */
  String card();
}
