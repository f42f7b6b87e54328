package org.medvilam.records.export;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordJson;
import org.medvilam.records.store.Store;

/** Names and counts the records that a target cannot express: {@code left-out.jsonl}. */
final class LeftOut {
  static final String FILE = "left-out.jsonl";

  private final ExportFile file;
  private final SortedMap<String, Long> byReason = new TreeMap<>();

  /** One line. */
  private record Line(String id, String reason, String detail) {}

  LeftOut(Store output) throws IOException {
    file = new ExportFile(output, FILE);
  }

  void add(InstructionRecord instruction, Problem problem) throws IOException {
    byReason.merge(problem.reason(), 1L, Long::sum);
    file.line(
        RecordJson.mapper()
            .writeValueAsString(new Line(instruction.id(), problem.reason(), problem.detail())));
  }

  long count() {
    return file.entries();
  }

  SortedMap<String, Long> byReason() {
    return byReason;
  }

  Manifest.FileEntry finish() throws IOException {
    return file.finish();
  }
}
