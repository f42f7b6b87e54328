package org.medvilam.records.export;

import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;

/**
 * LLaVA's form (its guide to fine-tuning on custom data): {@code human} and {@code gpt} in turn,
 * the first question after {@code <image>} and a line break.
 *
 * <p>LLaVA has no coordinates of its own, so answers keep those of the records.
 */
final class LlavaDialect implements Dialect {
  private static final String IMAGE = "<image>";

  @Override
  public String asker() {
    return "human";
  }

  @Override
  public String answerer() {
    return "gpt";
  }

  @Override
  public boolean hasImageField() {
    return true;
  }

  @Override
  public String withPicture(String question, String path) {
    return IMAGE + "\n" + question;
  }

  @Override
  public String answer(InstructionRecord instruction) {
    return instruction.answer();
  }

  @Override
  public @Nullable Problem problem(InstructionRecord instruction, String path) {
    boolean tagged =
        instruction.instruction().contains(IMAGE) || instruction.answer().contains(IMAGE);
    return tagged
        ? new Problem("text-with-tag", "expected a text without " + IMAGE + ", found one with it")
        : null;
  }

  @Override
  public String card() {
    return """
        Files: `conversations/SPLIT.json`, a JSON array of samples with `id`, `image` and
        `conversations`; the first human turn begins with `<image>` and a line break.

        Coordinates: LLaVA has none of its own. Answers keep the toolkit's text: integers 0..1000 of
        the picture's width and height, rounded half up; boxes `[x1, y1, x2, y2]`, several joined by
        `; `; outlines `<BOS> x1,y1 ... <EOS>`. Score answers with `medvilam evaluate --space
        medvilam`.
        """;
  }
}
