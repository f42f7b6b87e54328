package org.medvilam.evaluation.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.MediaType;
import org.medvilam.records.Task;
import org.medvilam.records.instruction.AnswerText;

/**
 * Looks at the texts of a record against its fields; says which differ, never what a text says.
 *
 * <p>An answer is read back by the rule of its task: boxes, 3D boxes or outlines; a classification
 * answers its label; other texts must not be blank.
 */
final class AnswerChecks {
  private static final Set<Task> GROUNDED = Set.of(Task.LOCALIZATION, Task.SEGMENTATION);
  private static final Pattern MEDIUM =
      Pattern.compile(
          Arrays.stream(MediaType.values())
              .map(MediaType::key)
              .collect(Collectors.joining("|", "\\bthis (", ")\\b")));

  private final Tally tally;

  AnswerChecks(Tally tally) {
    this.tally = tally;
  }

  void look(InstructionRecord r) {
    tally.examined(Check.UNPARSABLE_ANSWER);
    tally.examined(Check.ANSWER_MISMATCH);
    tally.examined(Check.INSTRUCTION_MISMATCH);
    if (GROUNDED.contains(r.task())) {
      grounded(r);
    } else {
      text(r);
    }
    instruction(r);
  }

  private void grounded(InstructionRecord r) {
    String rendered = AnswerText.of(r.boxes(), r.polygons(), r.boxes3d(), r.points());
    if (!rendered.isEmpty() && rendered.equals(r.answer())) {
      readable(r);
    } else if (r.points().isEmpty()) {
      Optional<? extends List<?>> answered = parse(r);
      if (answered.isEmpty()) {
        unparsable(r);
      } else if (!answered.get().equals(regions(r))) {
        mismatch(r, "%d regions".formatted(regions(r).size()), answered.get().size() + " others");
      }
    } else {
      mismatch(r, "the regions of the fields", "another text");
    }
  }

  /**
   * Looks whether a text that is as the toolkit writes it can be read: numbers may be too large.
   */
  private void readable(InstructionRecord r) {
    boolean oneKind = r.points().isEmpty() && regions(r).size() == all(r);
    if (oneKind && parse(r).isEmpty()) {
      unparsable(r);
    }
  }

  private static int all(InstructionRecord r) {
    return r.boxes().size() + r.polygons().size() + r.boxes3d().size() + r.points().size();
  }

  private static List<?> regions(InstructionRecord r) {
    if (r.task() == Task.SEGMENTATION) {
      return r.polygons();
    }
    return r.boxes3d().isEmpty() ? r.boxes() : r.boxes3d();
  }

  private static Optional<? extends List<?>> parse(InstructionRecord r) {
    if (r.task() == Task.SEGMENTATION) {
      return AnswerText.parseOutlines(r.answer());
    }
    return r.boxes3d().isEmpty()
        ? AnswerText.parseBoxes(r.answer())
        : AnswerText.parseBoxes3d(r.answer());
  }

  private void unparsable(InstructionRecord r) {
    String form =
        r.task() == Task.SEGMENTATION ? "outlines" : r.boxes3d().isEmpty() ? "boxes" : "3D boxes";
    tally.found(
        Check.UNPARSABLE_ANSWER,
        r.id(),
        "expected %s within 0..1000, found another text".formatted(form));
  }

  private void text(InstructionRecord r) {
    if (r.answer().isBlank()) {
      tally.found(Check.UNPARSABLE_ANSWER, r.id(), "expected a text, found none");
    } else if (r.task() == Task.CLASSIFICATION && !r.answer().equals(r.label())) {
      mismatch(r, "the label as answer", "another text");
    }
  }

  private void mismatch(InstructionRecord r, String expected, String found) {
    tally.found(Check.ANSWER_MISMATCH, r.id(), "expected %s, found %s".formatted(expected, found));
  }

  private void instruction(InstructionRecord r) {
    String asked = r.instruction().toLowerCase(Locale.ROOT);
    Matcher medium = MEDIUM.matcher(asked);
    if (asked.isBlank()) {
      tally.found(Check.INSTRUCTION_MISMATCH, r.id(), "expected a question, found none");
    } else if (GROUNDED.contains(r.task()) && !asked.contains(r.label().toLowerCase(Locale.ROOT))) {
      tally.found(
          Check.INSTRUCTION_MISMATCH,
          r.id(),
          "expected a question for '%s', found no such word".formatted(r.label()));
    } else if (medium.find() && !medium.group(1).equals(r.media().type().key())) {
      tally.found(
          Check.INSTRUCTION_MISMATCH,
          r.id(),
          "expected a question about this %s, found '%s'"
              .formatted(r.media().type().key(), medium.group()));
    }
  }
}
