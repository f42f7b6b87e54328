package org.medvilam.evaluation.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.medvilam.evaluation.score.Evaluation;
import org.medvilam.evaluation.score.Outcome;
import org.medvilam.evaluation.score.ScoredRecord;
import org.medvilam.records.Hashing;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Grid;

/**
 * The records shown with their pictures, a draw that depends on their ids alone.
 *
 * @param shown how many are shown
 * @param total of how many
 * @param cards what is shown, in the order of SHA-256 of the record ids
 */
record PictureGrid(String shown, String total, List<Card> cards) {

  /**
   * One record.
   *
   * @param id the record's id
   * @param instruction the question
   * @param alt the picture in words
   * @param data base64 of the PNG, or null
   * @param width width of the image frame
   * @param height height of the image frame
   * @param scale transform from the grid to the image frame
   * @param truth the true regions as path data
   * @param answer the true answer
   * @param answers an answer for each run
   */
  record Card(
      String id,
      String instruction,
      String alt,
      @Nullable String data,
      String width,
      String height,
      String scale,
      String truth,
      String answer,
      List<Answer> answers) {}

  /**
   * A run's answer.
   *
   * @param run name of the run
   * @param style which of the line styles it is drawn in, from 0
   * @param text the answer
   * @param verdict how good it is, in words
   * @param right whether every target was hit
   * @param path the predicted regions as path data
   */
  record Answer(String run, int style, String text, String verdict, boolean right, String path) {}

  static PictureGrid of(List<Evaluation> runs, int count, PictureSource source) throws IOException {
    List<ScoredRecord> first = runs.get(0).records();
    List<Integer> chosen =
        IntStream.range(0, first.size())
            .boxed()
            .sorted(Comparator.comparing(i -> Hashing.hex(first.get(i).record().id())))
            .limit(count)
            .toList();
    List<Card> cards = new ArrayList<>();
    for (int i : chosen) {
      cards.add(card(runs.stream().map(run -> run.records().get(i)).toList(), runs, source));
    }
    return new PictureGrid(Format.count(cards.size()), Format.count(first.size()), cards);
  }

  private static Card card(List<ScoredRecord> scored, List<Evaluation> runs, PictureSource source)
      throws IOException {
    InstructionRecord record = scored.get(0).record();
    List<Answer> answers = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      answers.add(answer(runs.get(r).name(), r, scored.get(r)));
    }
    Media media = record.media();
    int width = media.width() == null ? Grid.MAX : media.width();
    int height = media.height() == null ? Grid.MAX : media.height();
    String scale = "scale(%s %s)".formatted(width / (double) Grid.MAX, height / (double) Grid.MAX);
    return new Card(
        record.id(),
        record.instruction(),
        "%s picture %s of %s".formatted(record.modality(), media.id(), record.dataset()),
        source.png(record).map(Base64.getEncoder()::encodeToString).orElse(null),
        Integer.toString(width),
        Integer.toString(height),
        scale,
        Drawing.truth(record),
        record.answer(),
        answers);
  }

  private static Answer answer(String run, int index, ScoredRecord scored) {
    boolean right = scored.score().hits() == scored.score().targets();
    String text = scored.answer() == null ? "no answer" : scored.answer();
    return new Answer(
        run,
        index % Drawing.STYLES,
        text,
        verdict(scored, right),
        right,
        Drawing.predicted(scored));
  }

  private static String verdict(ScoredRecord scored, boolean right) {
    if (scored.outcome() == Outcome.MISSING) {
      return "missing";
    }
    if (scored.outcome() == Outcome.UNPARSABLE) {
      return "unparsable";
    }
    if (scored.record().task() == Task.CLASSIFICATION) {
      return right ? "right" : "wrong";
    }
    List<String> ious = scored.ious().stream().map(Format::shortIou).toList();
    String extra = scored.score().extra() > 0 ? ", " + scored.score().extra() + " extra" : "";
    return "IoU " + String.join(", ", ious) + extra;
  }
}
