package org.medvilam.pipelines.model;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.medvilam.evaluation.prediction.Prediction;
import org.medvilam.imaging.UnreadablePictureException;
import org.medvilam.pipelines.run.Progress;
import org.medvilam.records.InstructionRecord;
import org.medvilam.trainer.RecordExamples;
import org.medvilam.trainer.TrainingExample;
import org.medvilam.trainer.VisionLanguageModel;
import org.medvilam.trainer.grammar.AnswerGrammar;

/** Asks a model every question of some records. */
final class Answers {
  private Answers() {}

  /**
   * Returns the answers; a record whose picture cannot be read has none, and is named.
   *
   * @param what named in the progress line
   * @param constrained whether answers are held to the forms that the records ask for
   */
  static List<Prediction> of(
      String what,
      VisionLanguageModel model,
      RecordExamples examples,
      Collection<InstructionRecord> records,
      boolean constrained,
      PrintStream err)
      throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    Progress progress = new Progress(err);
    int unreadable = 0;
    for (InstructionRecord r : records) {
      try {
        TrainingExample example = examples.example(r);
        AnswerGrammar form = constrained ? AnswerGrammar.of(r) : AnswerGrammar.free();
        String answer = model.answer(example.pixels(), r.instruction(), form);
        predictions.add(new Prediction(r.id(), answer));
      } catch (IOException | UnreadablePictureException e) {
        unreadable++;
        err.printf("no answer for %s: %s%n", r.id(), e.getMessage());
      }
      progress.show(what, predictions.size(), records.size(), "");
    }
    progress.end(
        what, predictions.size(), unreadable == 0 ? "" : unreadable + " without a picture");
    return predictions;
  }
}
