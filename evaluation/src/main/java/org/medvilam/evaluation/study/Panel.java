package org.medvilam.evaluation.study;

import org.medvilam.evaluation.report.Drawing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Task;

/**
 * An answer as a rater sees it.
 *
 * <p>Places are drawn and not spelled out: coordinates mean nothing to a reader, and how a system
 * writes them would give it away.
 *
 * @param name what it is called on the page
 * @param text the answer in words
 * @param path the places it names as path data, or empty
 * @param style how they are drawn
 */
record Panel(String name, String text, String path, String style) {

  static Panel answer(String name, InstructionRecord record, String answer) {
    return of(name, record, answer, Drawing.answered(record, answer), "answer");
  }

  static Panel reference(InstructionRecord record) {
    return of("Reference", record, record.answer(), Drawing.truth(record), "truth");
  }

  private static Panel of(
      String name, InstructionRecord record, String answer, String path, String style) {
    long shapes = path.chars().filter(c -> c == 'Z').count();
    if (shapes > 0) {
      String shape = record.task() == Task.SEGMENTATION ? "outline" : "box";
      String many = record.task() == Task.SEGMENTATION ? "outlines" : "boxes";
      String text = "%d %s, drawn on the picture".formatted(shapes, shapes == 1 ? shape : many);
      return new Panel(name, text, path, style);
    }
    return new Panel(name, answer.isBlank() ? "(empty answer)" : answer, "", style);
  }
}
