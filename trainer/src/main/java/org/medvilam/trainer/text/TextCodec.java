package org.medvilam.trainer.text;

/**
 * The vocabulary of a decoder: instructions and answers to tokens, and generated tokens to text.
 */
public interface TextCodec {
  /** Returns the number of tokens that it writes; a decoder must have at least as many. */
  int size();

  /** Returns a short text that changes whenever the vocabulary does. */
  String fingerprint();

  /** Returns the tokens that stand before an answer. */
  int[] prompt(String instruction);

  /** Returns the tokens of an answer, without the one that ends it. */
  int[] encode(String text);

  /** Returns the text of tokens; marks such as the end are left out. */
  String decode(int[] tokens);

  /** Returns the text of a new answer, to be followed token by token. */
  Spelling spelling();

  /** Returns the token that ends an answer. */
  int end();

  /** Returns the first coordinate token; above {@link #lastCoordinate()} where there is none. */
  int firstCoordinate();

  /** Returns the last coordinate token. */
  int lastCoordinate();
}
