package org.medvilam.trainer.nn;

/**
 * How rows fall into sequences: row {@code b * length + t} is position {@code offset + t} of
 * sequence b.
 *
 * @param batch the number of sequences
 * @param length the rows of each
 * @param offset the position of the first row, above zero only while generating
 */
record Span(int batch, int length, int offset) {
  Span(int batch, int length) {
    this(batch, length, 0);
  }

  int rows() {
    return batch * length;
  }
}
