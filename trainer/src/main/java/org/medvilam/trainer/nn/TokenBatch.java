package org.medvilam.trainer.nn;

import java.util.Arrays;
import java.util.List;

/**
 * The texts of a batch: for each example the tokens of the instruction and then of the answer. The
 * tokens from {@code answerStart} on are learnt, those before are only read.
 */
public final class TokenBatch {
  private final List<int[]> tokens;
  private final int[] answerStart;

  /**
   * Makes a batch.
   *
   * @param tokens the tokens of each example, instruction then answer
   * @param answerStart where each answer begins
   */
  public TokenBatch(List<int[]> tokens, int[] answerStart) {
    if (tokens.isEmpty() || tokens.size() != answerStart.length) {
      throw new IllegalArgumentException(
          "Expected as many texts as answer starts, but found "
              + tokens.size()
              + " and "
              + answerStart.length);
    }
    this.tokens = List.copyOf(tokens);
    this.answerStart = answerStart.clone();
  }

  /** Returns the number of examples. */
  public int size() {
    return answerStart.length;
  }

  /** Returns the length of the longest text. */
  public int longest() {
    return tokens.stream().mapToInt(t -> t.length).max().orElseThrow();
  }

  /** Returns the tokens padded with {@code padding} to the longest, text by text. */
  public int[] padded(int padding) {
    int length = longest();
    int[] all = new int[size() * length];
    for (int b = 0; b < size(); b++) {
      int[] text = tokens.get(b);
      for (int t = 0; t < length; t++) {
        all[b * length + t] = t < text.length ? text[t] : padding;
      }
    }
    return all;
  }

  /** Returns the tokens to be learnt, example by example. */
  public int[] targets() {
    int[] targets = new int[targetCount()];
    int at = 0;
    for (int b = 0; b < size(); b++) {
      int[] text = tokens.get(b);
      for (int t = answerStart[b]; t < text.length; t++) {
        targets[at++] = text[t];
      }
    }
    return targets;
  }

  /** Returns the weight of each target under which every answer counts the same; their sum is 1. */
  public double[] weights() {
    double[] weights = new double[targetCount()];
    int at = 0;
    for (int b = 0; b < size(); b++) {
      int count = tokens.get(b).length - answerStart[b];
      Arrays.fill(weights, at, at + count, 1.0 / count / size());
      at += count;
    }
    return weights;
  }

  /** Returns the row that predicts each target when {@code images} rows precede each text. */
  public int[] targetRows(int images) {
    int[] rows = new int[targetCount()];
    int length = images + longest();
    int at = 0;
    for (int b = 0; b < size(); b++) {
      for (int t = answerStart[b]; t < tokens.get(b).length; t++) {
        rows[at++] = b * length + images + t - 1;
      }
    }
    return rows;
  }

  /** Returns the texts of the examples from {@code from} up to {@code to}. */
  public TokenBatch part(int from, int to) {
    return new TokenBatch(tokens.subList(from, to), Arrays.copyOfRange(answerStart, from, to));
  }

  /** Returns the number of tokens to be learnt. */
  public int targetCount() {
    int count = 0;
    for (int b = 0; b < size(); b++) {
      count += tokens.get(b).length - answerStart[b];
    }
    return count;
  }
}
