package org.medvilam.pipelines.model;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.records.InstructionRecord;
import org.medvilam.trainer.RecordExamples;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.trainer.grammar.AnswerGrammar;
import org.medvilam.trainer.nn.AtOnce;

/**
 * Asks a model every question of some records, about several pictures at once where that is sooner.
 * A picture is read and looked at once, and forgotten after its last question.
 */
final class Answers {
  private final String what;
  private final VisionLanguageModel model;
  private final RecordExamples examples;
  private final boolean constrained;
  private final int total;
  private final Progress progress;
  private int done;

  private Answers(
      String what,
      VisionLanguageModel model,
      RecordExamples examples,
      boolean constrained,
      int total,
      PrintStream err) {
    this.what = what;
    this.model = model;
    this.examples = examples;
    this.constrained = constrained;
    this.total = total;
    progress = new Progress(err);
  }

  /** What became of a record's question. */
  private record Outcome(InstructionRecord of, String answer, @Nullable String problem) {}

  /**
   * Returns the answers in the order of the records; a record whose picture cannot be read has
   * none, and is named.
   *
   * @param what named in the progress line
   * @param constrained whether answers are held to the forms that the records ask for
   */
  static List<Prediction> of(
      String what,
      VisionLanguageModel model,
      RecordExamples examples,
      List<InstructionRecord> records,
      boolean constrained,
      PrintStream err) {
    Answers answers = new Answers(what, model, examples, constrained, records.size(), err);
    IdentityHashMap<InstructionRecord, Outcome> outcomes = answers.outcomes(records);
    List<Prediction> predictions = new ArrayList<>();
    for (InstructionRecord r : records) {
      Outcome outcome = outcomes.get(r);
      if (outcome.problem == null) {
        predictions.add(new Prediction(r.id(), outcome.answer));
      } else {
        err.printf("no answer for %s: %s%n", r.id(), outcome.problem);
      }
    }
    int unreadable = records.size() - predictions.size();
    answers.progress.end(
        what, predictions.size(), unreadable == 0 ? "" : unreadable + " without a picture");
    return predictions;
  }

  private IdentityHashMap<InstructionRecord, Outcome> outcomes(List<InstructionRecord> records) {
    List<List<InstructionRecord>> pictures = RecordExamples.byPicture(records);
    List<List<Outcome>> asked =
        model.isParallel()
            ? AtOnce.map(pictures, this::ask)
            : pictures.stream().map(this::ask).toList();
    IdentityHashMap<InstructionRecord, Outcome> outcomes = new IdentityHashMap<>();
    asked.forEach(picture -> picture.forEach(o -> outcomes.put(o.of, o)));
    return outcomes;
  }

  /** Asks all questions about one picture. */
  private List<Outcome> ask(List<InstructionRecord> records) {
    List<Outcome> outcomes = new ArrayList<>();
    try {
      VisionLanguageModel.Seen seen = model.see(examples.pixels(records.get(0)));
      for (InstructionRecord r : records) {
        AnswerGrammar form = constrained ? AnswerGrammar.of(r) : AnswerGrammar.free();
        outcomes.add(new Outcome(r, seen.answer(r.instruction(), form), null));
      }
    } catch (IOException | UnreadablePictureException e) {
      records.forEach(r -> outcomes.add(new Outcome(r, "", e.getMessage())));
    }
    count(outcomes.size());
    return outcomes;
  }

  private synchronized void count(int more) {
    done += more;
    progress.show(what, done, total, "");
  }
}
