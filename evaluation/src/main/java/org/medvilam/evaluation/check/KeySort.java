package org.medvilam.evaluation.check;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;

/** Lines of text sorted outside memory, so that equal ones meet however many there are. */
public interface KeySort extends Closeable {
  /** Makes empty sets of lines. */
  @FunctionalInterface
  interface Scratch {
    /** Returns a new empty set. */
    KeySort create() throws IOException;
  }

  /** Adds a line, a text without a line break. */
  void add(String line) throws IOException;

  /** Sorts what was added, and opens it; nothing may be added after. */
  BufferedReader sorted() throws IOException;
}
