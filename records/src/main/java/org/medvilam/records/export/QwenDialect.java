package org.medvilam.records.export;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;

/**
 * Qwen-VL's form (the README's section on fine-tuning): {@code user} and {@code assistant} in turn,
 * the picture between {@code <img>} tags, boxes as {@code
 * <ref>label</ref><box>(x1,y1),(x2,y2)</box>}.
 */
final class QwenDialect implements Dialect {
  private static final Pattern TAG = Pattern.compile("</?(?:img|ref|box|quad)>");

  @Override
  public String asker() {
    return "user";
  }

  @Override
  public String answerer() {
    return "assistant";
  }

  @Override
  public boolean hasImageField() {
    return false;
  }

  @Override
  public String withPicture(String question, String path) {
    return "Picture 1: <img>" + path + "</img>\n" + question;
  }

  @Override
  public String answer(InstructionRecord instruction) {
    if (instruction.task() != Task.LOCALIZATION) {
      return instruction.answer();
    }
    Media media = instruction.media();
    StringBuilder text = new StringBuilder("<ref>" + instruction.label() + "</ref>");
    for (Box b : instruction.nativeRegions().boxes()) {
      text.append("<box>(").append(QwenGrid.of(b.x1(), media.width()));
      text.append(',').append(QwenGrid.of(b.y1(), media.height()));
      text.append("),(").append(QwenGrid.of(b.x2(), media.width()));
      text.append(',').append(QwenGrid.of(b.y2(), media.height())).append(")</box>");
    }
    return text.toString();
  }

  @Override
  public @Nullable Problem problem(InstructionRecord instruction, String path) {
    if (instruction.task() == Task.SEGMENTATION) {
      return new Problem("no-form-for-outlines", "expected boxes or text, found outlines");
    }
    if (instruction.task() == Task.LOCALIZATION) {
      Problem problem = Regions.boxProblem(instruction);
      if (problem != null) {
        return problem;
      }
    }
    String all = instruction.label() + instruction.instruction() + instruction.answer() + path;
    return TAG.matcher(all).find()
        ? new Problem("text-with-tag", "expected texts and a path without Qwen's tags, found one")
        : null;
  }

  @Override
  public String card() {
    return """
        Files: `conversations/SPLIT.json`, a JSON array of samples with `id` and `conversations`;
        the first user turn names the picture between `<img>` and `</img>`.

        Coordinates: integers 0..999 of the picture's width and height, `floor(999 v / size + 0.5)`
        from the boxes in pixels, clamped. Qwen-VL's README gives the range [0, 1000), its
        evaluation divides by 999. Several boxes of one label follow each other after one
        `<ref>`. Score answers with `medvilam evaluate --space qwen`. Outlines have no form in
        Qwen-VL and are left out.
        """;
  }
}
