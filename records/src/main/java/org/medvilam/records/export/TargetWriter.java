package org.medvilam.records.export;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.Manifest;

/** Writes records in the form of another system. */
interface TargetWriter {
  /**
   * Returns why a record of a still picture cannot be expressed, or null.
   *
   * @param instruction the record
   * @param medium all selected records of its picture
   * @param path the picture's path, as the target will state it
   */
  @Nullable Problem problem(
      InstructionRecord instruction, List<InstructionRecord> medium, String path);

  /**
   * Writes records of one picture.
   *
   * @param records those without problem, at least one
   * @param path the picture's path
   */
  void write(List<InstructionRecord> records, String path) throws IOException;

  /** Finishes the files and returns their entries. */
  List<Manifest.FileEntry> finish() throws IOException;

  /** Returns what a user must know of the files: columns, coordinates, rounding; in Markdown. */
  String card();
}
