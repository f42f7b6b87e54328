package org.medvilam.records;

import org.jspecify.annotations.Nullable;

/**
 * Where a label stands in the owner's files.
 *
 * @param file path relative to the dataset root
 * @param record position inside the file, e.g. {@code row 17}, or null for the whole file
 */
public record Source(String file, @Nullable String record) {
  @Override
  public String toString() {
    return record == null ? file : file + "#" + record;
  }
}
