package org.medvilam.trainer.grammar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.trainer.nn.TokenChoice;
import org.medvilam.trainer.text.TextCodec;

/**
 * A form that an answer can be held to while it is generated: of the tokens that keep it within the
 * form, the likeliest is taken.
 *
 * <p>Boxes {@code [x1, y1, x2, y2]} joined by {@code "; "}, outlines {@code <BOS> x,y … <EOS>} of
 * so many points joined by a blank, {@code Yes} or {@code No}, or free text. Coordinates are whole
 * numbers 0..1000 without leading zeros; a box's second corner is not before its first. The form
 * speaks of characters, not of tokens, so it holds for any vocabulary that can write its
 * characters.
 */
public final class AnswerGrammar {
  private static final AnswerGrammar FREE = new AnswerGrammar(null, 0);
  private static final int BOX_NUMBERS = 4;
  private static final int POINT_NUMBERS = 2;

  /** A question that names no choice and starts with a verb is answered by yes or no. */
  private static final Pattern CLOSED =
      Pattern.compile(
          "(?i)(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\\b"
              + "(?!.*\\bor\\b).*",
          Pattern.DOTALL);

  private final @Nullable Supplier<Cursor> start;
  private final int longest;

  private AnswerGrammar(@Nullable Supplier<Cursor> start, int longest) {
    this.start = start;
    this.longest = longest;
  }

  /** Returns the form of any text. */
  public static AnswerGrammar free() {
    return FREE;
  }

  /** Returns the form of one box or more. */
  public static AnswerGrammar boxes() {
    return list(BOX_NUMBERS);
  }

  /** Returns the form of one point or more, {@code [x, y]} joined by {@code "; "}. */
  public static AnswerGrammar points() {
    return list(POINT_NUMBERS);
  }

  private static AnswerGrammar list(int numbers) {
    return items(new Items(marks("[", Collections.nCopies(numbers - 1, ", "), "]"), "; ", true));
  }

  /**
   * Returns the form of one outline or more.
   *
   * @param points the points of each
   */
  public static AnswerGrammar outlines(int points) {
    if (points < 1) {
      throw new IllegalArgumentException("An outline has at least 1 point, but was: " + points);
    }
    String between = " ,".repeat(points).substring(1);
    List<String> marks = between.chars().mapToObj(Character::toString).toList();
    return items(new Items(marks("<BOS> ", marks, " <EOS>"), " ", false));
  }

  private static List<String> marks(String first, List<String> between, String last) {
    List<String> marks = new ArrayList<>(between);
    marks.add(0, first);
    marks.add(last);
    return marks;
  }

  private static AnswerGrammar items(Items items) {
    return new AnswerGrammar(() -> new ItemsCursor(items), items.longest());
  }

  /** Returns the form of {@code Yes} and {@code No}. */
  public static AnswerGrammar yesNo() {
    List<String> words = List.of("Yes", "No");
    return new AnswerGrammar(() -> new WordCursor(words), 0);
  }

  /**
   * Returns the form that a record asks for: by its task, the kind of its regions and its question,
   * never by what its answer says.
   *
   * <p>Volumes' boxes, classes and reports are free text. A question of {@code vqa} that starts
   * with a verb and offers no {@code or} is one of yes or no.
   */
  public static AnswerGrammar of(InstructionRecord asked) {
    return switch (asked.task()) {
      case LOCALIZATION ->
          !asked.boxes3d().isEmpty() ? free() : asked.points().isEmpty() ? boxes() : points();
      case SEGMENTATION ->
          outlines(
              asked.polygons().isEmpty()
                  ? InstructionOptions.PAPER_POINTS
                  : asked.polygons().get(0).size());
      case VQA -> CLOSED.matcher(asked.instruction().strip()).matches() ? yesNo() : free();
      case CLASSIFICATION, REPORT_GENERATION -> free();
    };
  }

  /** Returns the most characters, and so tokens, that a begun item may still need. */
  public int longestItem() {
    return longest;
  }

  /**
   * Returns what picks the tokens of one answer.
   *
   * @param codec the vocabulary
   * @param limit the most tokens of the answer; no item is begun that might not fit
   */
  public TokenChoice choice(TextCodec codec, int limit) {
    return start == null
        ? TokenChoice.likeliest()
        : new GrammarChoice(codec, start.get(), limit, longest);
  }
}
